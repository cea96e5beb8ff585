import Digest
import Register

/// Proves that whoever answers was told of the deadline: an authentication code of the deadline and the recipient.
public struct AnswerToken: Hashable, Sendable, CustomStringConvertible {
    /// The deadline that the answer is about.
    public let deadline: DeadlineID
    /// 26 characters of base 32 (RFC 4648 section 6, in small letters): 128 bits of the code.
    private let code: [UInt8]

    private static let codeLength = 26
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// The token of a deadline for a recipient.
    public init(_ deadline: DeadlineID, recipient: String, key: AnswerKey) {
        self.deadline = deadline
        code = Self.code(deadline, recipient, key)
    }

    /// The token that stands in a subject, "Fait : rendre le rapport [1042-k7f3…]"; the last one if there are several.
    public init?(in subject: String) {
        guard let open = subject.lastIndex(of: "["), let close = subject[open...].firstIndex(of: "]") else {
            return nil
        }
        let parts = subject[subject.index(after: open)..<close].filter { $0 != " " }.split(separator: "-")
        guard parts.count == 2, let number = Int64(parts[0]), number > 0 else { return nil }
        let code = Array(parts[1].lowercased().utf8)
        guard code.count == Self.codeLength, code.allSatisfy(Self.alphabet.contains) else { return nil }
        deadline = DeadlineID(number)
        self.code = code
    }

    /// Whether it was made for `recipient` with `key`.
    public func isGenuine(for recipient: String, key: AnswerKey) -> Bool {
        MessageAuthenticator.areEqual(code, Self.code(deadline, recipient, key))
    }

    public var description: String { "\(deadline.number)-\(String(decoding: code, as: UTF8.self))" }

    private static func code(_ deadline: DeadlineID, _ recipient: String, _ key: AnswerKey) -> [UInt8] {
        let message = "greffier answer 1\n\(deadline.number)\n\(recipient.lowercased())"
        return base32(key.authenticator.code(of: Array(message.utf8)).prefix(16))
    }

    private static func base32(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt32(count)) & 31])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(5 - count)) & 31]) }
        return text
    }
}

/// The secret that tokens are made with; nothing prints it.
public struct AnswerKey: Sendable, CustomStringConvertible {
    let authenticator: MessageAuthenticator

    /// How many bytes it has.
    public static let byteCount = 32

    /// A key of 32 bytes; nil for another number.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        authenticator = MessageAuthenticator(key: bytes)
    }

    public var description: String { "a secret key" }
}
