import CCrypto
import JSONCodec

/// The SHA-256 digest of some bytes (FIPS 180-4): 32 bytes, compared and hashed as a value.
///
/// Computed by OpenSSL's libcrypto, which uses the processor's SHA instructions where it has them.
public struct SHA256Digest: Hashable, Sendable, Comparable, CustomStringConvertible, JSONStringValue {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of `bytes`.
    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SHA256Digest(of: $0) }
    }

    /// The digest of the bytes in `buffer`, which is only read during the call.
    public init(of buffer: UnsafeRawBufferPointer) {
        var output = [UInt8](repeating: 0, count: Self.byteCount)
        if EVP_Digest(buffer.baseAddress, buffer.count, &output, nil, Self.algorithm, nil) != 1 {
            SHA256(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &output)
        }
        self.init(big: output)
    }

    /// OpenSSL's SHA-256, looked up once, for each look-up costs more than the digest of some kilobytes. It is never
    /// freed; any thread may use it, for OpenSSL never changes an algorithm that it handed out.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The digest whose 32 bytes are `bytes`, or nil if there are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(big: Array(bytes))
    }

    /// The digest written as 64 lower-case hexadecimal digits, or nil if `text` is anything else.
    public init?(hexadecimal text: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        var high: UInt8?
        for unit in text.utf8 {
            guard let nibble = Self.nibble(unit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        guard high == nil, bytes.count == Self.byteCount else { return nil }
        self.init(big: bytes)
    }

    private init(big bytes: [UInt8]) {
        func word(_ start: Int) -> UInt64 {
            bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(8), word(16), word(24))
    }

    /// How many bytes a digest has.
    public static let byteCount = 32

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                result.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return result
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[2 * index] = digits[Int(byte >> 4)]
                buffer[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * Self.byteCount
        }
    }

    public init?(jsonString: String) {
        self.init(hexadecimal: jsonString)
    }

    public var jsonString: String { hexadecimal }

    public static var jsonPattern: String? { "^[0-9a-f]{64}$" }

    public var description: String { hexadecimal }

    private static func nibble(_ unit: UInt8) -> UInt8? {
        switch unit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): unit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): unit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    public static func < (left: Self, right: Self) -> Bool { left.words < right.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
