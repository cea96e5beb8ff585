/// The identity of one message (RFC 5322 section 3.6.4), without its angle brackets.
///
/// The alphabet is narrower than the RFC's, so that the same text is safe as a file name and in every client: letters, digits
/// and `. - _ + =` around one `@`. A resend carries the same identity; two recipients need two.
public struct MessageID: Sendable, Hashable, CustomStringConvertible {
    /// `unique@host`, 200 bytes at most.
    public let text: String

    /// - Throws: `MailError.invalidMessageID`.
    public init(_ text: String) throws(MailError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 2, parts.allSatisfy({ Self.isDotAtom($0) }) else {
            throw .invalidMessageID(text: text)
        }
        self.text = text
    }

    /// `<unique@host>`, as headers write it.
    public var description: String { "<\(text)>" }

    static func isDotAtom(_ bytes: Substring.UTF8View) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { $0.isAlphanumeric || [0x2D, 0x5F, 0x2B, 0x3D].contains($0) }
        }
    }
}

/// The identity of a stream of messages (RFC 2919), by which staff sort them.
public struct ListIdentifier: Sendable, Hashable {
    /// A host-like name: `echeances.grand-val.example`.
    public let identifier: String
    /// What people see.
    public let label: HeaderText?

    /// - Throws: `MailError.invalidListIdentifier`.
    public init(_ identifier: String, label: String? = nil) throws(MailError) {
        guard identifier.utf8.count <= 200, identifier.contains("."),
            MessageID.isDotAtom(Substring(identifier).utf8)
        else { throw .invalidListIdentifier(text: identifier) }
        self.identifier = identifier
        self.label = label.map { HeaderText($0) }
    }
}
