import Digest
import Storage

/// The header before each body: a mark, the length, and a checksum, so that damage is seen when it is read.
///
/// The checksum is seeded with the record's place: a record found where another should be is damage too. Records of the
/// first form, with a SHA-256 in their header, are still read; it cost more than writing the body.
enum BodyRecord {
    /// The longest body, in bytes.
    static let maximumBytes = 1 << 30
    static let headerBytes = 16
    private static let mark: [UInt8] = Array("GRB2".utf8)
    private static let firstMark: [UInt8] = Array("GRB1".utf8)
    private static let firstHeaderBytes = 8 + SHA256Digest.byteCount

    static func header(of body: [UInt8], at offset: Int) -> [UInt8] {
        let checksum = body.withUnsafeBytes { XXH64.hash($0, seed: UInt64(offset)) }
        return mark + littleEndian(UInt64(body.count), 4) + littleEndian(checksum, 8)
    }

    /// How many bytes the record at a reference has, by the first bytes of it.
    static func size(startingWith start: [UInt8], reference: BodyReference) -> Int {
        (start.starts(with: firstMark) ? firstHeaderBytes : headerBytes) + reference.length
    }

    /// The body of a record that was read at its reference.
    static func body(of record: [UInt8], reference: BodyReference) throws(RegisterError) -> [UInt8] {
        func damage(_ reason: String) -> RegisterError {
            .damagedBody(reference: reference.description, reason: reason)
        }
        guard record.count == size(startingWith: record, reference: reference) else { throw damage("it is cut off") }
        let body = Array(record[(record.count - reference.length)...])
        let header = record.starts(with: firstMark) ? firstHeader(of: body) : header(of: body, at: reference.offset)
        guard record.starts(with: header) else { throw damage("its checksum does not match") }
        return body
    }

    private static func firstHeader(of body: [UInt8]) -> [UInt8] {
        firstMark + littleEndian(UInt64(body.count), 4) + SHA256Digest(of: body).bytes
    }

    private static func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
