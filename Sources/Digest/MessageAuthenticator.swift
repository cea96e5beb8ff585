import CCrypto

/// Authenticates messages with a secret key: HMAC-SHA-256 (RFC 2104, FIPS 198-1).
public struct MessageAuthenticator: Sendable {
    private let key: [UInt8]

    /// How many bytes a code has.
    public static let byteCount = SHA256Digest.byteCount

    /// An authenticator with `key`, which ought to have 32 random bytes.
    public init(key: [UInt8]) {
        self.key = key
    }

    /// The code of `message`.
    public func code(of message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Self.byteCount)
        var count = UInt32(Self.byteCount)
        HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &count)
        return code
    }

    /// Whether two codes are equal, in a time that does not tell where they differ.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
