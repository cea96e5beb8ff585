import Digest

/// The header before each body: a mark, the length, and the SHA-256 of the body, so that damage is seen when it is read.
enum BodyRecord {
    /// The longest body, in bytes.
    static let maximumBytes = 1 << 30
    static let headerBytes = 8 + SHA256Digest.byteCount
    private static let mark: [UInt8] = Array("GRB1".utf8)

    static func header(of body: [UInt8]) -> [UInt8] {
        let length = UInt32(clamping: body.count)
        let lengthBytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
        return mark + lengthBytes + SHA256Digest(of: body).bytes
    }

    /// The body of a record that was read at its reference.
    static func body(of record: [UInt8], reference: BodyReference) throws(RegisterError) -> [UInt8] {
        func damage(_ reason: String) -> RegisterError {
            .damagedBody(reference: reference.description, reason: reason)
        }
        guard record.count == headerBytes + reference.length else { throw damage("it is cut off") }
        let body = Array(record[headerBytes...])
        guard Array(record[..<headerBytes]) == header(of: body) else { throw damage("its digest does not match") }
        return body
    }
}
