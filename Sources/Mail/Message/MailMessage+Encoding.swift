extension MailMessage {
    /// The message as RFC 5322 text: ASCII, CRLF, no line over 78 bytes but those that one word makes longer (998 at most).
    ///
    /// `multipart/mixed(multipart/alternative(text/plain, text/html), attachments)`; without attachments the alternative
    /// alone. Boundaries come from the Message-ID, so that a resend is identical byte for byte.
    public func encoded() -> [UInt8] {
        var output: [UInt8] = []
        for field in headerFields { output += field.bytes }
        let alternative = alternativePart
        guard !attachments.isEmpty else { return output + alternative }
        let boundary = boundary("mixed")
        output += Self.multipartHeader("mixed", boundary: boundary)
        output += "\r\n--\(boundary)\r\n".utf8
        output += alternative
        for attachment in attachments {
            output += "\r\n--\(boundary)\r\n".utf8
            output += Self.part(attachment)
        }
        output += "\r\n--\(boundary)--\r\n".utf8
        return output
    }

    private var headerFields: [HeaderField] {
        var fields = [
            HeaderField("Date", words: [date.mailDate]),
            HeaderField("From", address: from),
        ]
        if let replyTo { fields.append(HeaderField("Reply-To", address: replyTo)) }
        fields.append(HeaderField("To", address: to))
        fields.append(HeaderField("Subject", text: subject))
        fields.append(HeaderField("Message-ID", words: [messageID.description]))
        if let inReplyTo { fields.append(HeaderField("In-Reply-To", words: [inReplyTo.description])) }
        if !references.isEmpty {
            fields.append(HeaderField("References", words: references.suffix(20).map(\.description)))
        }
        if let listID { fields.append(Self.field(listID)) }
        fields.append(HeaderField("Auto-Submitted", words: [autoSubmitted.rawValue]))
        if autoSubmitted != .byHand { fields.append(HeaderField("X-Auto-Response-Suppress", words: ["All"])) }
        fields.append(HeaderField("Content-Language", words: ["fr"]))
        fields.append(HeaderField("MIME-Version", words: ["1.0"]))
        return fields
    }

    private var alternativePart: [UInt8] {
        let boundary = boundary("alternative")
        var output = Self.multipartHeader("alternative", boundary: boundary)
        for (type, body) in [("text/plain", text), ("text/html", html)] {
            output += "\r\n--\(boundary)\r\n".utf8
            output += Self.part(type: type, text: body)
        }
        output += "\r\n--\(boundary)--\r\n".utf8
        return output
    }

    /// `=_` can stand in no quoted-printable or base64 body, and 7-bit bodies have no line that begins with `--`.
    private func boundary(_ kind: String) -> String {
        let hash = messageID.text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "=_\(kind)_\(String(hash, radix: 16))"
    }

    private static func field(_ list: ListIdentifier) -> HeaderField {
        let label = list.label.map { HeaderField.phrase($0.text, after: 9) } ?? []
        return HeaderField("List-Id", words: label + ["<\(list.identifier)>"])
    }

    private static func multipartHeader(_ subtype: String, boundary: String) -> [UInt8] {
        HeaderField("Content-Type", words: ["multipart/\(subtype);", "boundary=\"\(boundary)\""]).bytes
    }

    private static func part(type: String, text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let encoding = TransferEncoding.fitting(bytes)
        return HeaderField("Content-Type", words: ["\(type);", "charset=utf-8"]).bytes
            + HeaderField("Content-Transfer-Encoding", words: [encoding.rawValue]).bytes
            + [13, 10] + encoding.encode(bytes)
    }

    private static func part(_ attachment: Attachment) -> [UInt8] {
        let name = attachment.fileName.text
        let nameWords = separated(HeaderParameter.words("name", name))
        let fileNameWords = separated(HeaderParameter.words("filename", name))
        return HeaderField("Content-Type", words: attachment.contentType + nameWords).bytes
            + HeaderField("Content-Transfer-Encoding", words: ["base64"]).bytes
            + HeaderField("Content-Disposition", words: ["attachment;"] + fileNameWords).bytes
            + [13, 10] + Base64.encodeLines(attachment.bytes)
    }

    private static func separated(_ parameters: [String]) -> [String] {
        parameters.enumerated().map { $0.offset == parameters.count - 1 ? $0.element : $0.element + ";" }
    }
}
