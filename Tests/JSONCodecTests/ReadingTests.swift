import CodecTestSupport
import Foundation
import JSONCodec
import Testing

@Suite("What the codec reads")
struct ReadingTests {
    private func read(_ text: String) throws -> Form { try Form(json: Array(text.utf8)) }

    @Test("Members may stand in any order, among white space and members that nobody knows")
    func order() throws {
        let form = try read(
            """
            \t{ "list" : [ 1 ,\n2 ] , "later" : {"a":[1.5,-0,2E+7,null,{"b":"\\u00e9"}]}, "isOpen": true,\r
            "count":-7,"id":"x", "inner":null, "note" : "n" }\n
            """)
        #expect(form.list == [1, 2])
        #expect(form.isOpen && form.count == -7 && form.id == "x" && form.inner == nil && form.note == "n")
    }

    @Test("An escaped name is the name that it stands for, for known members, unknown ones and dictionaries")
    func escapedNames() throws {
        let form = try read(#"{"\u0069d":"a","c\u006funt":1,"isOpen":false,"l\u0069\u0073t":[],"\u00e9\n":0}"#)
        #expect(form.id == "a" && form.count == 1)
        let twice = #expect(throws: JSONError.self) {
            try read(#"{"id":"a","\u0069d":"b","count":1,"isOpen":false,"list":[]}"#)
        }
        #expect(twice?.reason == .duplicate("id"))
        #expect(throws: JSONError.self) { try read(#"{"\ud800":0,"id":"a","count":1,"isOpen":false,"list":[]}"#) }
    }

    @Test(
        "Every escape of RFC 8259 is undone",
        arguments: [
            (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"), (#"\u00E9\u00e9"#, "éé"), (#"\ud83d\ude00"#, "😀"),
            (#"\uDBFF\uDFFF"#, "\u{10FFFF}"), (#"\u0000"#, "\0"), (#"\uFFFF"#, "\u{FFFF}"), ("é😀", "é😀"),
        ])
    func escapes(written: String, meant: String) throws {
        let form = try read(#"{"id":"\#(written)","count":1,"isOpen":false,"list":[]}"#)
        #expect(Array(form.id.unicodeScalars) == Array(meant.unicodeScalars))
    }

    @Test("An object of 64 members is read; a type with more stops the program when it is first used")
    func width() async throws {
        #expect(try Wide<Widest>(json: Array(#"{"last":3}"#.utf8)).value == 3)
        #expect(throws: JSONError.self) { try Wide<Widest>(json: Array(#"{"last":3,"last":3}"#.utf8)) }
        #expect(throws: JSONError.self) { try Wide<Widest>(json: Array("{}".utf8)) }
        await #expect(processExitsWith: .failure) {
            _ = try Wide<TooWide>(json: Array(#"{"last":3}"#.utf8))
        }
    }

    @Test("Values nest 64 deep and no deeper, in members that nobody knows too")
    func depth() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            let inside = String(repeating: open, count: depth - 1) + "0" + String(repeating: close, count: depth - 1)
            return #"{"id":"","count":0,"isOpen":false,"list":[],"later":\#(inside)}"#
        }
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            #expect(throws: Never.self) { try read(nested(64, open, close)) }
            for depth in [65, 100_000] {
                let error = #expect(throws: JSONError.self) { try read(nested(depth, open, close)) }
                #expect(error?.reason == .tooDeep)
            }
            let unclosed = Array((#"{"later":"# + String(repeating: open, count: 100_000)).utf8)
            #expect(throws: JSONError.self) { try Form(json: unclosed) }
        }
    }

    @Test("What our codec and Foundation's read and write is the same", arguments: 0..<400)
    func agreement(seed: Int) throws {
        let choice = SampleWriter.Choice.allCases[seed % 3]
        var samples = SampleWriter(of: Form.self, choice, seed: UInt64(seed))
        #expect(try disagreement(about: Form.self, samples.sample()) == nil)
    }

    @Test("Noise and mutated documents are read or refused, and what is read is written and read again")
    func mutations() throws {
        var random = SeededRandom(7)
        var read = 0
        for seed in 0..<8_000 {
            var samples = SampleWriter(of: Form.self, .random, seed: UInt64(seed))
            let text = seed % 4 == 0 ? noise(using: &random) : mutated(samples.sample(), using: &random)
            guard let form = try? Form(json: text) else { continue }
            read += 1
            #expect(try Form(json: form.jsonBytes()) == form)
        }
        #expect(read > 100)
    }

    @Test("An error about a long string is short, also when it is one character of a thousand scalars")
    func shortErrors() throws {
        for text in [String(repeating: "x", count: 50_000), "e" + String(repeating: "\u{301}", count: 50_000)] {
            let error = #expect(throws: JSONError.self) {
                try read(#"{"id":"","count":0,"isOpen":false,"list":[],"inner":{"colour":"\#(text)"}}"#)
            }
            #expect("\(try #require(error))".utf8.count < 300)
        }
    }
}
