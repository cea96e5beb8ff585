import Foundation
import Testing

@testable import Mail

@Suite struct EncodingTests {
    private struct Batch: Codable {
        var words: [String] = []
        var bodies: [String] = []
        var base64: [String] = []
    }

    @Test("Python reads back random Unicode from encoded words, quoted-printable and base64")
    func roundTrips() throws {
        var random = RandomTexts(seed: 20_250_430)
        let headers = (0..<400).map { _ in HeaderText(random.text(maximum: 120, lineEnds: false)).text }
        let bodies = (0..<400).map { _ in random.text(maximum: 300, lineEnds: true) }
        var batch = Batch()
        for header in headers { batch.words.append(EncodedWord.words(header, firstLimit: 60).joined(separator: "\n ")) }
        for body in bodies {
            batch.bodies.append(String(decoding: QuotedPrintable.encode(Array(body.utf8)), as: UTF8.self))
            batch.base64.append(String(decoding: Base64.encodeLines(Array(body.utf8)), as: UTF8.self))
        }
        let read = try Python.run("decode_words.py", JSONEncoder().encode(batch), as: Batch.self)
        #expect(read.words == headers)
        #expect(read.bodies == bodies.map(Self.normalized))
        #expect(read.base64 == bodies)
    }

    /// The lines of a body, each ended by CRLF.
    private static func normalized(_ body: String) -> String {
        QuotedPrintable.normalizedLines(Array(body.utf8)).map { String(decoding: $0, as: UTF8.self) + "\r\n" }.joined()
    }

    @Test("Encoded words stay within 75 bytes and each is whole UTF-8")
    func boundsWords() throws {
        var random = RandomTexts(seed: 7)
        for _ in 0..<500 {
            let text = HeaderText(random.text(maximum: 150, lineEnds: false)).text
            for word in EncodedWord.words(text) {
                #expect(word.utf8.count <= 75 && word.utf8.allSatisfy { (0x21...0x7E).contains($0) })
                #expect(!Self.payload(word).contains("\u{FFFD}"), "\(word)")
            }
        }
    }

    private static func payload(_ word: String) -> String {
        let body = word.dropFirst("=?utf-8?Q?".count).dropLast(2)
        if word.hasPrefix("=?utf-8?B?") {
            return String(decoding: Data(base64Encoded: String(body)) ?? Data([0xFF]), as: UTF8.self)
        }
        let percent = body.replacing("_", with: " ").replacing("%", with: "=25").replacing("=", with: "%")
        return percent.removingPercentEncoding ?? "\u{FFFD}"
    }

    @Test("Lines of quoted-printable and of headers keep to their limits")
    func boundsLines() throws {
        var random = RandomTexts(seed: 99)
        for _ in 0..<300 {
            let encoded = QuotedPrintable.encode(Array(random.text(maximum: 400, lineEnds: true).utf8))
            #expect(encoded.isEmpty || encoded.suffix(2) == [13, 10])
            for line in QuotedPrintable.normalizedLines(encoded) {
                #expect(line.count <= 76 && line.allSatisfy { (0x20...0x7E).contains($0) } && line.last != 0x20)
                #expect(line.first != UInt8(ascii: "."))
            }
            let field = HeaderField("Subject", text: HeaderText(random.text(maximum: 200, lineEnds: true)))
            for line in QuotedPrintable.normalizedLines(field.bytes) { #expect(line.count <= 78) }
        }
    }

    @Test(
        "The encoding fits the text",
        arguments: [
            ("Bonjour,\nun texte sans accent.\n", TransferEncoding.sevenBit), ("Bonjour, déjà.\n", .quotedPrintable),
            ("日本語文字テスト", .base64), (String(repeating: "x", count: 77), .quotedPrintable), ("fin \n", .quotedPrintable),
            ("From moi", .quotedPrintable), (".", .quotedPrintable), ("--=_mixed_1", .quotedPrintable),
            ("a\u{0}b", .quotedPrintable),
        ])
    func choosesEncoding(_ text: String, _ encoding: TransferEncoding) {
        #expect(TransferEncoding.fitting(Array(text.utf8)) == encoding)
    }

    @Test("An all-ASCII subject that looks like an encoded word is encoded, so that it reads as written")
    func hidesFalseWords() {
        #expect(EncodedWord.isNeeded("=?utf-8?Q?x?="))
        #expect(!EncodedWord.isNeeded("J-7: rapport"))
    }
}
