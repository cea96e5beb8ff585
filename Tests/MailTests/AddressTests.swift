import Testing

@testable import Mail

@Suite struct AddressTests {
    @Test(
        "Ordinary addresses are read",
        arguments: [
            "a@b", "claire.dumont@grand-val.example", "o'brien+tag@mail.example", "x_y-z@xn--caf-dma.example",
        ])
    func reads(_ text: String) throws {
        #expect(try EmailAddress(text).address == text)
    }

    @Test(
        "What SMTP cannot carry, or would carry as a second command, is refused",
        arguments: [
            "", "@", "a@", "@b", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "a\r\n@b", "a@b>", "<a@b>", "a@b@c", ".a@b",
            "a.@b",
            "a..b@c", "a@.b", "a@-b", "a@b-", "é@b", "a@é", "\"a b\"@c", "a@[127.0.0.1]", "a,b@c", "a@b\0",
            String(repeating: "a", count: 65) + "@b", "a@" + String(repeating: "b", count: 64),
        ])
    func refuses(_ text: String) {
        #expect(throws: MailError.self) { try EmailAddress(text) }
    }

    @Test("A refusal names the address and the cure")
    func explains() {
        let error = #expect(throws: MailError.self) { try EmailAddress("jean dupont@ville.example") }
        #expect(error?.description.contains("jean dupont@ville.example") == true)
        #expect(error?.description.contains("before @") == true)
    }

    @Test(
        "A header text never holds a control character",
        arguments: [
            "a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}b", "\r\n\r\nbody", "a\tb",
            "a\u{7F}b",
        ])
    func cleansHeaderText(_ raw: String) {
        let text = HeaderText(raw).text
        #expect(
            text.unicodeScalars.allSatisfy { $0.value >= 0x20 && ![0x7F, 0x85, 0x2028, 0x2029].contains($0.value) })
    }

    @Test("A header text keeps no-break spaces and is bounded")
    func keepsTypography() {
        #expect(HeaderText("  J-7\u{A0}:  rapport ").text == "J-7\u{A0}: rapport")
        #expect(HeaderText(String(repeating: "é", count: 1000)).text.count == HeaderText.limit)
    }

    @Test(
        "A Message-ID is safe in a header and as a file name",
        arguments: [
            "", "a", "a@", "a@b@c", "../a@b", "a/b@c", "a b@c", "a@b\r\nX: y", ".a@b", "a..b@c", "<a@b>", "é@b",
        ])
    func refusesMessageIDs(_ text: String) {
        #expect(throws: MailError.invalidMessageID(text: text)) { try MessageID(text) }
    }

    @Test(
        "Only mailto and https links enter an email",
        arguments: [
            "javascript:alert(1)", "http://x", "mailto:a@b\" onclick=\"x", "mailto:a b", "https://x/<y>", "file:///etc",
        ])
    func refusesLinks(_ link: String) {
        #expect(throws: MailError.invalidLink(text: link)) { try ActionView(label: "Fait", link: link) }
    }
}
