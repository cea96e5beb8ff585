import Digest
import JSONCodec

/// What a document is known by everywhere: the SHA-256 of the bytes that were pushed.
///
/// The same bytes have the same id, so that pushing twice is pushing once. Written as 64 lower-case hexadecimal digits.
public struct DocumentID: Hashable, Sendable, Comparable, CustomStringConvertible, JSONStringValue {
    /// The digest of the document's bytes.
    public let digest: SHA256Digest

    /// The id that is `digest`.
    public init(_ digest: SHA256Digest) {
        self.digest = digest
    }

    /// The id of the document that is `bytes`.
    public init(of bytes: [UInt8]) {
        digest = SHA256Digest(of: bytes)
    }

    public init?(jsonString: String) {
        guard let digest = SHA256Digest(hexadecimal: jsonString) else { return nil }
        self.digest = digest
    }

    public var jsonString: String { digest.hexadecimal }

    public static var jsonPattern: String? { SHA256Digest.jsonPattern }

    public var description: String { jsonString }

    public static func < (left: Self, right: Self) -> Bool { left.digest < right.digest }
}
