/// An address that may stand in a header and in an SMTP command.
///
/// The grammar is RFC 5321 section 4.1.2 without quoted local parts and address literals, which no staff mailbox uses.
/// No value can hold a line break: header and command injection are impossible by construction.
public struct EmailAddress: Sendable, Hashable {
    /// The part before the `@`: 1 to 64 ASCII bytes.
    public let localPart: String
    /// The host name after the `@`, as written (`xn--` form when international).
    public let domain: String
    /// The name shown to people; empty names are `nil`.
    public let displayName: HeaderText?

    /// Reads `local@domain`.
    ///
    /// - Throws: `MailError.invalidAddress` with the reason.
    public init(_ address: String, displayName: String? = nil) throws(MailError) {
        func refusal(_ reason: String) -> MailError { .invalidAddress(text: address, reason: reason) }
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw refusal("write it as name@host") }
        guard Self.isLocalPart(parts[0]) else {
            throw refusal("the part before @ must be 1 to 64 unaccented letters, digits or . _ + - and the like")
        }
        guard Self.isDomain(parts[1]) else {
            throw refusal("the part after @ must be a host name (write an accented one in its xn-- form)")
        }
        localPart = String(decoding: parts[0], as: UTF8.self)
        domain = String(decoding: parts[1], as: UTF8.self)
        self.displayName = displayName.map { HeaderText($0) }.flatMap { $0.text.isEmpty ? nil : $0 }
    }

    /// `local@domain`.
    public var address: String { "\(localPart)@\(domain)" }

    private static func isLocalPart(_ bytes: Substring.UTF8View) -> Bool {
        guard (1...64).contains(bytes.count), bytes.allSatisfy({ $0 == UInt8(ascii: ".") || $0.isAtomText }) else {
            return false
        }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }

    private static func isDomain(_ bytes: Substring.UTF8View) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        let hyphen = UInt8(ascii: "-")
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { $0.isAlphanumeric || $0 == hyphen }
        }
    }
}

extension EmailAddress: CustomStringConvertible {
    /// For logs: the bare address.
    public var description: String { address }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isAlphanumeric: Bool { isDigit || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// `atext` of RFC 5322 section 3.2.3.
    var isAtomText: Bool {
        switch self {
        case _ where isAlphanumeric: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"),
            UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
