/// The documents in an e-mail: its attachments; without any, its text.
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
            let member = Member(name: part.name ?? part.mediaType, mediaType: part.mediaType, bytes: content)
            if part.isAttachment {
                attachments.append(member)
            } else if part.isText {
                texts.append(member)
            }
        }
        if !attachments.isEmpty { return attachments }
        // Of a text in two forms, the plain one is written by the sender's program for programs.
        return texts.first { $0.mediaType == "text/plain" && !$0.bytes.isEmpty }.map { [$0] } ?? Array(texts.prefix(1))
    }
}
