import CodecTestSupport
import Deliberations
import Foundation
import JSONCodec
import Testing

@Suite("The forms of values")
struct ValueFormTests {
    private func obligation(due: String) throws -> Obligation {
        try Obligation(json: Array(#"{"id":"o1","kind":"report","what":"bilan","due":\#(due)}"#.utf8))
    }

    private static let day = CivilDate(year: 2025, month: 4, day: 30) ?? CivilDate(daysSince1970: 0)

    private static let dues: [(String, Due)] = [
        (#"{"on":"2025-04-30"}"#, .on(day)), (#"{"before":"2025-04-30"}"#, .before(day)),
        (#"{"after":"signature","clear":false}"#, .after(Delay(after: .signature))),
        (#"{"after":"publication","months":2,"clear":false}"#, .after(Delay(after: .publication, months: 2))),
        (#"{"after":"notification","days":5,"clear":true}"#, .after(Delay(after: .notification, days: 5, clear: true))),
        (#"{"after":"yearEnd","years":10,"clear":false}"#, .after(Delay(after: .yearEnd, years: 10))),
        (#"{"after":"2025-04-30","days":15,"clear":false}"#, .after(Delay(after: .date(day), days: 15))),
        (
            #"{"after":{"event":"fin des travaux"},"months":6,"clear":false}"#,
            .after(Delay(after: .event("fin des travaux"), months: 6))
        ),
        (#"{"after":{"event":"signature"},"clear":false}"#, .after(Delay(after: .event("signature")))),
        (#"{"every":{"month":2,"day":29}}"#, .every(month: 2, day: 29)),
        (#"{"every":{"month":12,"day":31}}"#, .every(month: 12, day: 31)),
        (#"{"whenever":"au fil de l’eau"}"#, .whenever("au fil de l’eau")),
    ]

    @Test("Each form of a due date is read and written", arguments: dues)
    func due(text: String, due: Due) throws {
        let obligation = try obligation(due: text)
        #expect(obligation.due == due)
        let written = #"{"id":"o1","kind":"report","what":"bilan","due":\#(text)}"#
        #expect(String(decoding: obligation.jsonBytes(), as: UTF8.self) == written)
        #expect(try disagreement(about: Obligation.self, Array(written.utf8)) == nil)
    }

    @Test(
        "A due date that says nothing, two things or an impossible day is refused",
        arguments: [
            "{}", "null", "[]", #""2025-04-30""#, #"{"on":"2025-02-30"}"#,
            #"{"on":"2025-04-30","before":"2025-05-01"}"#,
            #"{"whenever":"x","every":{"month":1,"day":1}}"#, #"{"months":2,"clear":false}"#,
            #"{"after":"signature","months":2}"#, #"{"after":"someday","clear":false}"#,
            #"{"after":{"happening":"x"},"clear":false}"#, #"{"after":"","clear":false}"#,
            #"{"every":{"month":2,"day":30}}"#, #"{"every":{"month":13,"day":1}}"#, #"{"every":{"month":0,"day":1}}"#,
            #"{"every":{"month":4,"day":31}}"#, #"{"every":{"month":4,"day":0}}"#, #"{"every":{"month":4}}"#,
            #"{"on":null}"#, #"{"later":1}"#,
        ])
    func refusedDue(_ text: String) {
        #expect(throws: JSONError.self) { try obligation(due: text) }
        let whole = #"{"id":"o1","kind":"report","what":"bilan","due":\#(text)}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Obligation.self, from: Data(whole.utf8)) }
    }

    @Test("A range is two numbers in order", arguments: ["[0,0]", "[3,9]", "[ 3 , 9 ]", "[0,9223372036854775807]"])
    func range(_ text: String) throws {
        let whole = Array(#"{"code":"c","message":"m","range":\#(text)}"#.utf8)
        #expect(try disagreement(about: ReadingWarning.self, whole) == nil)
    }

    @Test(
        "A range that is reversed, negative, short or long is refused",
        arguments: [
            "[9,3]", "[-1,3]", "[-3,-1]", "[3]", "[]", "[],3]", "[3,9,12]", "[3,9.0]", "[3,\"9\"]", "3", "{}",
            "[3,null]",
            "[3,9",
        ])
    func refusedRange(_ text: String) {
        let whole = #"{"code":"c","message":"m","range":\#(text)}"#
        #expect(throws: JSONError.self) { try ReadingWarning(json: Array(whole.utf8)) }
    }

    @Test("Foundation's decoder refuses the same ranges", arguments: ["[9,3]", "[-1,3]", "[3]", "[3,9,12]"])
    func foundationRange(_ text: String) {
        let whole = Data(#"{"code":"c","message":"m","range":\#(text)}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ReadingWarning.self, from: whole) }
    }

    @Test("Citations of a list are found by their numbers, or that of the list")
    func citedLists() {
        var provenance = Provenance()
        provenance.cite("/list", TextRange(0, 9_999))
        for index in 0..<1_200 { provenance.cite("/list", index, TextRange(index, index + 1)) }
        for citations in [provenance, provenance.indexed()] {
            for index in [0, 9, 10, 99, 100, 1_199] {
                #expect(citations["/list", index] == TextRange(index, index + 1))
                #expect(citations["/list/\(index)"] == TextRange(index, index + 1))
                #expect(citations.nearest("/list", index) == TextRange(index, index + 1))
            }
            #expect(citations["/list", 1_200] == nil)
            #expect(citations.nearest("/list", 12_345) == TextRange(0, 9_999))
            #expect(citations.nearest("/other", 1) == nil)
        }
    }

    @Test("Citations are equal in any order, and no pointer stands twice")
    func provenance() throws {
        func read(_ text: String) throws -> Provenance {
            var bytes = Array(text.utf8)
            return try bytes.withUnsafeMutableBufferPointer { buffer in
                var reader = JSONReader(UnsafeBufferPointer(buffer))
                return try Provenance.read(from: &reader)
            }
        }
        let one = try read(#"{"/a":[0,1],"\/b\u002f0":[2,3]}"#)
        let other = try read(#"{"/b/0":[2,3],"/a":[0,1]}"#)
        #expect(one == other && one.hashValue == other.hashValue)
        #expect(one["/b/0"] == TextRange(2, 3))
        #expect(try read(#"{"/a":[0,1]}"#) != one)
        #expect(try read(#"{"/a":[0,2],"/b/0":[2,3]}"#) != one)
        #expect(throws: JSONError.self) { try read(#"{"/a":[0,1],"/a":[0,1]}"#) }
        #expect(throws: JSONError.self) { try read(#"{"/a":[0,1],"\u002fa":[0,1]}"#) }
    }
}
