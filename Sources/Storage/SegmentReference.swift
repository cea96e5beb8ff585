/// Where a stored body or result lies: the value that a row keeps, as the text `segment/offset/length`.
public struct SegmentReference: Sendable, Hashable {
    /// The segment file's number, from 1.
    public let segment: Int64
    /// The byte at which the record's header starts.
    public let offset: Int64
    /// How many bytes the payload has.
    public let length: Int

    /// A reference to a record.
    public init(segment: Int64, offset: Int64, length: Int) {
        self.segment = segment
        self.offset = offset
        self.length = length
    }

    /// The byte behind its record.
    var end: Int64 { offset + Int64(RecordHeader.size + length) }
}

extension SegmentReference: LosslessStringConvertible {
    /// Reads `segment/offset/length`; nil for anything else.
    public init?(_ description: String) {
        let parts = description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3,
            let segment = Int64(Substring(parts[0])), segment > 0,
            let offset = Int64(Substring(parts[1])), offset >= 0,
            let length = Int(Substring(parts[2])), length >= 0
        else { return nil }
        self.init(segment: segment, offset: offset, length: length)
    }

    /// `segment/offset/length`.
    public var description: String { "\(segment)/\(offset)/\(length)" }
}

/// The sixteen bytes before each payload: magic, length, checksum. The checksum is seeded with the record's place, so
/// that a record found where another should be is damage too.
struct RecordHeader {
    static let size = 16
    static let maximumPayload = Int(UInt32.max)
    private static let magic: UInt32 = 0x3153_5247  // "GRS1" in the file's order

    let length: UInt32
    let checksum: UInt64

    init(payload: UnsafeRawBufferPointer, segment: Int64, offset: Int64) {
        length = UInt32(clamping: payload.count)
        checksum = XXH64.hash(payload, seed: Self.seed(segment, offset))
    }

    /// The header as it lies in the file, little-endian.
    func write(to buffer: UnsafeMutableRawBufferPointer) {
        buffer.storeBytes(of: Self.magic.littleEndian, toByteOffset: 0, as: UInt32.self)
        buffer.storeBytes(of: length.littleEndian, toByteOffset: 4, as: UInt32.self)
        buffer.storeBytes(of: checksum.littleEndian, toByteOffset: 8, as: UInt64.self)
    }

    /// Why a record read at its reference is not what was written there; nil when it is.
    static func damage(
        header: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, at reference: SegmentReference
    ) -> String? {
        let expected = RecordHeader(payload: payload, segment: reference.segment, offset: reference.offset)
        guard UInt32(littleEndian: header.load(fromByteOffset: 0, as: UInt32.self)) == magic else {
            return "no record starts here"
        }
        guard UInt32(littleEndian: header.load(fromByteOffset: 4, as: UInt32.self)) == expected.length else {
            return "the record has another length"
        }
        guard UInt64(littleEndian: header.load(fromByteOffset: 8, as: UInt64.self)) == expected.checksum else {
            return "the checksum does not match"
        }
        return nil
    }

    private static func seed(_ segment: Int64, _ offset: Int64) -> UInt64 {
        UInt64(bitPattern: segment) &<< 40 ^ UInt64(bitPattern: offset)
    }
}
