/// A mail that somebody sent to Greffier: what says who writes what.
public struct ReceivedMail: Sendable {
    /// The subject, decoded.
    public let subject: String
    /// The author's address as the From field has it, which nobody vouches for.
    public let from: String
    /// The Message-ID without angle brackets.
    public let messageID: String?
    /// Whether a program sent it (RFC 3834 section 2): a holiday notice, a bounce, a list.
    public let isAutomatic: Bool
    /// What the author wrote: the first text, without markup.
    public let text: String

    private static let longestText = 65_536

    /// Reads a mail (RFC 5322).
    /// - Throws: ``ConversionError`` for one that is nested too deeply or has too many parts.
    public init(_ bytes: [UInt8]) throws(ConversionError) {
        let fields = MailFields(bytes)
        subject = EncodedWords.decoded(fields["subject"] ?? "")
        from = Self.address(fields["from"] ?? "")
        messageID = fields["message-id"].map { $0.filter { !"<> ".contains($0) } }
        let submitted = fields["auto-submitted"]?.lowercased() ?? "no"
        let precedence = fields["precedence"]?.lowercased() ?? ""
        isAutomatic =
            !submitted.hasPrefix("no") || fields["return-path"] == "<>" || fields["list-id"] != nil
            || ["bulk", "junk", "list", "auto_reply"].contains(precedence)
        text = try Self.text(of: bytes)
    }

    /// "Claire Rouvière <claire@exemple.fr>" without the name.
    private static func address(_ text: String) -> String {
        guard let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else {
            return text.filter { $0 != " " }
        }
        return String(text[text.index(after: open)..<close])
    }

    private static func text(of bytes: [UInt8]) throws(ConversionError) -> String {
        let limits = ConversionLimits(documentBytes: max(bytes.count, 1))
        let parts = try MIMEMessage(bytes[...]).leaves(limits).filter { $0.isText && !$0.isAttachment }
        guard let part = parts.first(where: { $0.mediaType == "text/plain" }) ?? parts.first else { return "" }
        let content = Array(part.content.prefix(Self.longestText))
        let utf8 =
            String(validating: content, as: UTF8.self).map { Array($0.utf8) } ?? OtherEncodings.windows1252(content)
        let isPage = part.mediaType == "text/html"
        return String(decoding: isPage ? try PageText.text(ofPage: utf8, limit: 4 * longestText) : utf8, as: UTF8.self)
    }
}

/// The header of a mail, each field once, unfolded (RFC 5322 section 2.2).
private struct MailFields {
    private var fields: [String: String] = [:]

    /// Longer headers are cut off here.
    private static let longestHeader = 262_144

    init(_ bytes: [UInt8]) {
        var field: [UInt8] = []
        for line in bytes.prefix(Self.longestHeader).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = line.last == 0x0D ? line.dropLast() : line
            if text.isEmpty { break }
            if text.first == 0x20 || text.first == 0x09 {
                field += text
            } else {
                note(field)
                field = Array(text)
            }
        }
        note(field)
    }

    subscript(_ name: String) -> String? { fields[name] }

    private mutating func note(_ field: [UInt8]) {
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = String(decoding: field[..<colon], as: UTF8.self).lowercased()
        let value = field[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        if fields[name] == nil { fields[name] = String(decoding: value, as: UTF8.self) }
    }
}
