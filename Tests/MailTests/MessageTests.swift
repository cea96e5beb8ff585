import Foundation
import Testing

@testable import Mail

@Suite struct MessageTests {
    @Test("Python's email package reads back names, subject, bodies and the attachment")
    func roundTrips() throws {
        let message = try Sample.message()
        let parsed = try ParsedMail(message.encoded())
        #expect(parsed.defects == [])
        #expect(parsed.subject == message.subject.text)
        #expect(parsed.from == [["Greffier – Grand Val", "greffier@grand-val.example"]])
        #expect(parsed.to == [["Claire Dumont", "claire.dumont@grand-val.example"]])
        #expect(parsed.header("Reply-To") == "\"Assemblées, secrétariat\" <assemblees@grand-val.example>")
        #expect(parsed.text.replacing("\r\n", with: "\n") == message.text)
        #expect(parsed.html.replacing("\r\n", with: "\n") == message.html)
        let type = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]
        #expect(parsed.structure == type)
        let file = try #require(parsed.attachments.first)
        #expect(file.name == "échéance rapport d’activité.ics" && file.method == "PUBLISH")
        #expect(Data(base64Encoded: file.content) == Data(message.attachments[0].bytes))
    }

    @Test("Headers of programs, streams and threads are there")
    func writesHeaders() throws {
        let parsed = try ParsedMail(Sample.message().encoded())
        #expect(parsed.header("Date") == "Wed, 23 Apr 2025 08:00:00 +0200")
        #expect(parsed.header("Message-ID") == "<act-1042.j-7@greffier.grand-val.example>")
        #expect(parsed.header("In-Reply-To") == "<act-1042@greffier.grand-val.example>")
        #expect(parsed.header("References") == "<act-1042@greffier.grand-val.example>")
        #expect(parsed.header("List-Id")?.hasSuffix("<echeances.grand-val.example>") == true)
        #expect(parsed.header("Auto-Submitted") == "auto-generated")
    }

    @Test("A resend is the same byte for byte, another identity is not")
    func isDeterministic() throws {
        #expect(try Sample.message().encoded() == Sample.message().encoded())
        #expect(try Sample.message().encoded() != Sample.message(id: "other@greffier.example").encoded())
    }

    @Test("The mail is the recorded one, byte for byte (GREFFIER_RECORD=1 records it anew)")
    func matchesRecord() throws {
        #expect(try SupportFile.matches("reminder.eml", Sample.message().encoded()))
    }

    @Test("Every line ends in CRLF, is ASCII and short")
    func keepsLimits() throws {
        let bytes = try Sample.message().encoded()
        #expect(bytes.allSatisfy { $0 == 13 || $0 == 10 || (0x20...0x7E).contains($0) })
        #expect(zip(bytes, bytes.dropFirst()).allSatisfy { ($0 == 13) == ($1 == 10) })
        #expect(QuotedPrintable.normalizedLines(bytes).allSatisfy { $0.count <= 78 })
    }

    @Test(
        "No content can add a header or a part",
        arguments: [
            "x\r\nBcc: thief@evil.example", "x\nBcc: thief@evil.example", "x\rBcc: thief@evil.example",
            "x\r\n\r\n--=_mixed_1\r\n", "x\u{2028}Bcc: thief@evil.example", "é\r\nBcc: thief@evil.example",
            "x\u{85}Bcc: thief@evil.example", "x\u{0}Bcc: thief@evil.example", "x\u{2029}Bcc: thief@evil.example",
            "\u{600}\r\nBcc: thief@evil.example", "x\r\u{301}\nBcc: thief@evil.example",
            "\"\u{301}\r\n\u{600}Bcc: thief@evil.example", "x\u{B}\u{C}Bcc: thief@evil.example",
        ])
    func resistsInjection(_ attack: String) throws {
        var message = try Sample.message(content: MailContent(subject: HeaderText(attack), text: attack, html: attack))
        message.from = try EmailAddress("greffier@grand-val.example", displayName: attack)
        message.listID = try ListIdentifier("liste.grand-val.example", label: attack)
        message.attachments = [Attachment(calendar: try Sample.calendar(), fileName: attack)]
        let parsed = try ParsedMail(message.encoded())
        #expect(parsed.header("Bcc") == nil)
        #expect(parsed.header("Content-Language") == "fr")
        #expect(parsed.subject == HeaderText(attack).text)
        #expect(parsed.structure.count == 5 && parsed.attachments.count == 1)
        #expect(parsed.attachments[0].name == HeaderText(attack).text)
    }

    @Test(
        "Display names of every kind survive",
        arguments: ["Claire Dumont", "Dumont, Claire", "\"Cl\" \\ D", "J.-P. É", "日本", "=?x?="])
    func keepsNames(_ name: String) throws {
        var message = try Sample.message()
        message.from = try EmailAddress("a@b.example", displayName: name)
        #expect(try ParsedMail(message.encoded()).from == [[name, "a@b.example"]])
    }

    @Test("Long file names are continued by RFC 2231")
    func keepsLongFileNames() throws {
        var message = try Sample.message()
        let name = String(repeating: "échéance très lointaine ", count: 8) + ".ics"
        message.attachments = [Attachment(calendar: try Sample.calendar(), fileName: name)]
        #expect(try ParsedMail(message.encoded()).attachments[0].name == name)
    }

    @Test("Without attachments the alternative stands alone")
    func writesAlternativeAlone() throws {
        var message = try Sample.message()
        message.attachments = []
        let parsed = try ParsedMail(message.encoded())
        #expect(parsed.structure == ["multipart/alternative", "text/plain", "text/html"] && parsed.defects == [])
    }

    @Test(
        "Days and moments are written as Python's calendar has them",
        arguments: [
            (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, 60, "Tue, 29 Feb 2000 01:00:00 +0100"),
            (1_735_685_999, 60, "Tue, 31 Dec 2024 23:59:59 +0100"),
            (4_102_444_800, -180, "Thu, 31 Dec 2099 21:00:00 -0300"),
        ])
    func writesDates(_ seconds: Int64, _ offset: Int, _ text: String) {
        #expect(Instant(unixSeconds: seconds, utcOffsetMinutes: offset).mailDate == text)
    }
}
