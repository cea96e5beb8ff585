/// The documents in an e-mail: its attachments, and its text, which is one if they are none.
///
/// Read here, bounded, and not by a tool: Debian's unpackers of MIME (mpack, ripmime) write files by names of the sender's
/// choice, and were last changed many years ago.
struct EmailReading {
    func members(of bytes: [UInt8], _ budget: inout Budget) throws(ConversionError) -> [Member] {
        var attachments: [Member] = []
        var texts: [Member] = []
        for part in try MIMEMessage(bytes[...]).leaves(budget.limits) {
            let content = part.content
            try budget.takeFile(bytes: content.count)
            var member = Member(name: part.name ?? part.mediaType, mediaType: part.mediaType, bytes: content)
            if part.mediaType.hasPrefix("text/") { member.charset = part.charset }
            if part.isAttachment {
                attachments.append(member)
            } else if part.isText {
                texts.append(member)
            }
        }
        // Of a text in two forms, the plain one is written by the sender's program for programs.
        let written = texts.filter { member in member.bytes.contains { $0 > 0x20 } }
        guard var letter = written.first(where: { $0.mediaType == "text/plain" }) ?? written.first ?? texts.first else {
            return attachments
        }
        letter.isLetter = !attachments.isEmpty
        return attachments + (letter.isLetter && written.isEmpty ? [] : [letter])
    }
}
