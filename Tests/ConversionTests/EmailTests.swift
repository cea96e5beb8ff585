import Foundation
import Testing

@testable import Conversion

@Suite("E-mails")
struct EmailTests {
    private let act = "Séance du 12 mars 2031 : le conseil délibère.\n"
    private let head = "From: mairie@valbrune.example\r\nSubject: Acte\r\nMIME-Version: 1.0\r\n"

    private func convert(_ message: String) throws -> ConvertedDocument {
        try Converter().convert(Array(message.utf8))
    }

    private func mixed(_ parts: [String]) -> String {
        let body = parts.map { "--b1\r\n\($0)\r\n" }.joined()
        return head
            + "Content-Type: multipart/mixed;\r\n boundary=\"b1\"\r\n\r\nPréambule\r\n\(body)--b1--\r\nAprès\r\n"
    }

    private var attachment: String {
        "Content-Type: text/plain; name=\"acte.txt\"\r\nContent-Disposition: attachment\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Data(act.utf8).base64EncodedString(options: [.lineLength64Characters, .endLineWithCarriageReturn])
    }

    @Test("The attachment is the document; the letter around it and its pictures are not")
    func attachmentAlone() throws {
        let letter = "Content-Type: text/plain\r\n\r\nVeuillez trouver ci-joint."
        let logo = "Content-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\n\r\nPNG"
        let signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMII"
        let document = try convert(mixed([letter, logo, attachment, signature]))
        #expect(document.format == .email && document.utf8 == Array(act.utf8))
        #expect(document.parts.map(\.name) == ["acte.txt"] && document.warnings.isEmpty)
    }

    @Test("Without attachment the text is the document, the plain form before the page")
    func letter() throws {
        #expect(try convert(head + "\r\n" + act).utf8 == Array(act.utf8))
        let page = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>\(act)</p>"
        let plain =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nS=C3=A9=\r\nance"
        #expect(try convert(mixed([page, plain])).utf8 == Array("Séance".utf8))
        #expect(try convert(mixed([page])).utf8 == Array(act.utf8))
    }

    @Test(
        "Names are decoded in every form that mail programs write",
        arguments: [
            ("filename=\"délib.txt\"", "délib.txt"), ("filename=acte.txt", "acte.txt"),
            ("filename=\"=?UTF-8?Q?d=C3=A9lib_7=2Etxt?=\"", "délib 7.txt"),
            ("filename=\"=?iso-8859-1?B?ZOlsaWI=?= =?utf-8?b?LnR4dA==?=\"", "délib.txt"),
            ("filename*=UTF-8''d%C3%A9lib.txt", "délib.txt"), ("filename*=iso-8859-1'fr'd%E9lib.txt", "délib.txt"),
            ("filename*0=\"dé\";\r\n filename*1=\"lib.txt\"", "délib.txt"),
            ("filename=\"a;b \\\"c\\\".txt\"", "a;b \"c\".txt"), ("filename=\"=?inconnu\"", "=?inconnu"),
        ])
    func names(parameter: String, name: String) throws {
        let part = "Content-Type: text/plain\r\nContent-Disposition: attachment; \(parameter)\r\n\r\n\(act)"
        #expect(try convert(mixed([part])).parts.map(\.name) == [name])
    }

    @Test(
        "What was written around an attachment is kept beside it, and is the document where no attachment is readable")
    func letterBesideAttachment() throws {
        let letter = "Content-Type: text/plain; charset=utf-8\r\n\r\n\(act)"
        let both = try convert(mixed([letter, attachment]))
        #expect(both.parts.map(\.name) == ["acte.txt"] && both.letters.map(\.document.utf8) == [Array(act.utf8)])
        let binary = "Content-Type: application/octet-stream; name=x.bin\r\n\r\na\u{01}\u{02}\u{00}"
        let alone = try convert(mixed([letter, binary]))
        #expect(alone.utf8 == Array(act.utf8) && alone.letters.isEmpty && alone.unread.map(\.name) == ["x.bin"])
        let card = "Content-Type: text/vcard; name=x.vcf\r\n\r\nBEGIN:VCARD\r\nEND:VCARD"
        #expect(try convert(mixed([letter, card])).utf8 == Array(act.utf8))
    }

    @Test("A part of another type than text or image is a document though it has no name", .needs(.pdftotext))
    func unnamed() throws {
        let pdf = Data(SamplePDF(lines: [[act]]).bytes).base64EncodedString()
        let part = "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n\(pdf)"
        let members = try EmailReading().membersOf(mixed(["Content-Type: text/plain\r\n\r\nVoici.", part]))
        #expect(members.map(\.name) == ["application/pdf", "text/plain"] && members.map(\.isLetter) == [false, true])
    }

    @Test(
        "The text is in the encoding that its part declares",
        arguments: [
            ("iso-8859-15", [0x31, 0x30, 0x20, 0xA4, 0x20, 0xE9], "10 € é"),
            ("ISO-8859-1", [0x31, 0x30, 0x20, 0xA4, 0x20, 0xE9], "10 ¤ é"),
            ("utf-16", [0, 0x31, 0, 0x30, 0, 0x20, 0x20, 0xAC], "10 €"),
            ("utf-16le", [0x31, 0, 0x30, 0, 0x20, 0, 0xAC, 0x20], "10 €"),
            ("utf-8", [0x31, 0x30, 0x20, 0xC3, 0xA9], "10 é"), ("inconnu", [0x31, 0x30, 0x20, 0xE9], "10 é"),
        ] as [(String, [UInt8], String)])
    func charsets(charset: String, bytes: [UInt8], text: String) throws {
        let encoded = Data(bytes).base64EncodedString()
        let part =
            "Content-Type: text/plain; charset=\"\(charset)\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\(encoded)"
        #expect(String(decoding: try convert(mixed([part])).utf8, as: UTF8.self) == text)
    }

    @Test("A line that only begins like a boundary is text")
    func boundaryPrefix() throws {
        let part = "Content-Type: text/plain\r\n\r\nVu\r\n--b1bis\r\n--b1 bis\r\nle code"
        #expect(try convert(mixed([part])).utf8 == Array("Vu\r\n--b1bis\r\n--b1 bis\r\nle code".utf8))
    }

    @Test("A name of many beginnings of encoded words is read in bounded work")
    func manyWords() {
        let name = String(repeating: "=?x", count: 100_000)
        #expect(EncodedWords.decoded(name).utf8.count <= 2_000)
    }

    @Test("A forwarded message is opened; messages in messages past the limit are refused")
    func forwarded() throws {
        func forward(_ message: String) -> String { mixed(["Content-Type: message/rfc822\r\n\r\n\(message)"]) }
        // The inner message has the same boundary: another one is needed, as mail programs make it.
        let inner = mixed([attachment]).replacing("b1", with: "b2")
        #expect(try convert(forward(inner)).parts.map(\.name) == ["acte.txt"])
        var deep = head + "\r\n" + act
        for depth in 0..<4 { deep = forward(deep).replacing("b1", with: "x\(depth)") }
        #expect(throws: ConversionError.nestedTooDeep(limit: 3)) { try convert(deep) }
    }

    @Test("Too many parts are refused, a message that breaks off is read as far as it goes")
    func bounds() throws {
        let many = mixed(Array(repeating: attachment, count: 300))
        #expect(throws: ConversionError.tooManyFiles(limit: 200)) { try convert(many) }
        let whole = mixed([attachment])
        let end = try #require(whole.range(of: "--b1--"))
        #expect(try convert(String(whole[..<end.lowerBound])).utf8 == Array(act.utf8))
        #expect(throws: ConversionError.nothingInside(.email)) {
            try convert(mixed(["Content-Type: image/png\r\n\r\nPNG"]))
        }
    }

    @Test("Nested multiparts past the limit are refused")
    func nestedParts() {
        var body = "Content-Type: text/plain\r\n\r\nfin"
        for depth in 0..<12 {
            body = "Content-Type: multipart/mixed; boundary=n\(depth)\r\n\r\n--n\(depth)\r\n\(body)\r\n--n\(depth)--"
        }
        #expect(throws: ConversionError.nestedTooDeep(limit: 8)) { try convert(head + body) }
    }

    @Test("Any damage to a message gives a text or a refusal, and never a crash")
    func damage() {
        var random = SeededGenerator(state: 3)
        let message = Array(mixed([attachment, "Content-Type: text/html\r\n\r\n<p>\(act)"]).utf8)
        for _ in 0..<1_000 {
            var damaged = message
            for _ in 0..<6 {
                damaged[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 9...255, using: &random)
            }
            guard let text = try? Converter().convert(damaged, mediaType: "message/rfc822") else { continue }
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
    }

    @Test("Transfer encodings are undone, damaged ones as far as they go")
    func transferEncodings() {
        #expect(TransferDecoding.base64(Array("U8OpYW\r\n5jZQ==".utf8)[...]) == Array("Séance".utf8))
        #expect(TransferDecoding.base64(Array("U8*OpYW5jZ".utf8)[...]) == Array("Séanc".utf8))
        #expect(TransferDecoding.quotedPrintable(Array("a=3Db= \r\nc=\nd=ZZ=".utf8)[...]) == Array("a=bcd=ZZ=".utf8))
    }
}

extension EmailReading {
    fileprivate func membersOf(_ message: String) throws -> [Member] {
        var budget = Budget(ConversionLimits())
        return try members(of: Array(message.utf8), &budget)
    }
}
