/// The list of files at the end of a ZIP archive, its central directory (APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16).
///
/// It says what is inside without unpacking, which the bytes of the members cannot: an archive may hold archives.
struct ZIPDirectory {
    /// A file or folder in the list.
    struct Entry: Hashable {
        /// Its name in the archive's own encoding.
        var name: [UInt8]
        /// The CRC-32 of its content.
        var checksum: UInt32
        /// The bytes of its content once unpacked.
        var size: Int
        /// Whether it is a file, and no folder or link.
        var isFile: Bool
    }

    /// The entries, in the order of the list.
    private(set) var entries: [Entry] = []

    private static let endLength = 22
    private static let longestComment = 65_535
    private static let entryLength = 46
    /// The sizes that stand in a list of 64 bits instead, which documents of the sizes accepted here do not need.
    private static let elsewhere = 0xFFFF_FFFF

    /// Reads the list of `bytes`; nil if there is none, or it is damaged: the archive is truncated.
    init?(_ bytes: [UInt8]) {
        guard let end = Self.end(of: bytes) else { return nil }
        let count = bytes.littleEndian(at: end + 10, count: 2)
        var offset = bytes.littleEndian(at: end + 16, count: 4)
        for _ in 0..<count {
            guard offset + Self.entryLength <= end, bytes.littleEndian(at: offset, count: 4) == 0x0201_4B50 else {
                return nil
            }
            let nameLength = bytes.littleEndian(at: offset + 28, count: 2)
            let others = bytes.littleEndian(at: offset + 30, count: 2) + bytes.littleEndian(at: offset + 32, count: 2)
            let next = offset + Self.entryLength + nameLength + others
            guard next <= end else { return nil }
            entries.append(Self.entry(bytes, at: offset, nameLength: nameLength))
            guard entries[entries.count - 1].size != Self.elsewhere else { return nil }
            offset = next
        }
    }

    /// The names as text.
    var names: [String] { entries.map { String(decoding: $0.name, as: UTF8.self) } }

    private static func entry(_ bytes: [UInt8], at offset: Int, nameLength: Int) -> Entry {
        let name = Array(bytes[offset + entryLength..<offset + entryLength + nameLength])
        // Made on Unix: the upper half of the attributes is the file's mode, of which 0xA000 is a symbolic link.
        let isUnix = bytes[offset + 5] == 3
        let isLink = isUnix && bytes.littleEndian(at: offset + 40, count: 2) & 0xF000 == 0xA000
        return Entry(
            name: name, checksum: UInt32(bytes.littleEndian(at: offset + 16, count: 4)),
            size: bytes.littleEndian(at: offset + 24, count: 4),
            isFile: name.last != UInt8(ascii: "/") && !isLink)
    }

    /// Where the record stands that ends the archive; only a comment follows it.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= endLength else { return nil }
        let last = bytes.count - endLength
        for offset in stride(from: last, through: max(0, last - longestComment), by: -1) where bytes[offset] == 0x50 {
            let isEnd = bytes.littleEndian(at: offset, count: 4) == 0x0605_4B50
            if isEnd, bytes.littleEndian(at: offset + 20, count: 2) == last - offset { return offset }
        }
        return nil
    }
}

extension [UInt8] {
    /// The number in the `count` bytes from `offset`, at most four, the lowest first; 0 past the end.
    func littleEndian(at offset: Int, count: Int) -> Int {
        guard offset >= 0, offset + count <= self.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }
}
