/// The size of an image, from its first bytes: an image of a few bytes may unfold to any number of points.
enum ImageHeader {
    /// A number of points.
    struct Size: Hashable {
        var width: Int
        var height: Int

        /// Its area; no more than a number can say.
        var points: Int {
            let (points, overflow) = width.multipliedReportingOverflow(by: height)
            return overflow ? .max : points
        }
    }

    /// The format of an image that people push, or nil.
    static func format(of bytes: [UInt8]) -> DocumentFormat? {
        DocumentFormat.sniffed(in: bytes).flatMap { $0.isImage ? $0 : nil }
    }

    /// The size of the image, or nil if it is damaged.
    static func size(of bytes: [UInt8], _ format: DocumentFormat) -> Size? {
        switch format {
        case .png: png(bytes)
        case .jpeg: jpeg(bytes)
        case .tiff: tiff(bytes)
        default: nil
        }
    }

    /// The header is the first chunk (PNG specification, section 11.2.2).
    private static func png(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 24, Array(bytes[12..<16]) == Array("IHDR".utf8) else { return nil }
        return Size(width: number(bytes, 16, count: 4), height: number(bytes, 20, count: 4))
    }

    /// The first frame header (ITU-T T.81, section B.2.2), found by going from segment to segment.
    private static func jpeg(_ bytes: [UInt8]) -> Size? {
        var offset = 2
        while offset + 9 < bytes.count, bytes[offset] == 0xFF {
            let marker = bytes[offset + 1]
            if marker == 0xFF {
                offset += 1
            } else if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return Size(width: number(bytes, offset + 7, count: 2), height: number(bytes, offset + 5, count: 2))
            } else {
                offset += 2 + max(number(bytes, offset + 2, count: 2), 2)
            }
        }
        return nil
    }

    /// How many pages the image has: a TIFF may have any number.
    static func pages(of bytes: [UInt8], _ format: DocumentFormat) -> Int {
        format == .tiff ? max(directories(of: bytes).count, 1) : 1
    }

    /// The largest size that a directory of the file tells.
    private static func tiff(_ bytes: [UInt8]) -> Size? {
        directories(of: bytes).max { $0.points < $1.points }
    }

    /// The sizes that the directories of a TIFF tell (TIFF 6.0, section 2), each told once: a chain of directories may
    /// lead back to where it was.
    private static func directories(of bytes: [UInt8]) -> [Size] {
        guard bytes.count >= 8 else { return [] }
        let isLittle = bytes[0] == 0x49
        func read(_ offset: Int, _ count: Int) -> Int { number(bytes, offset, count: count, isLittle: isLittle) }
        var sizes: [Size] = []
        var seen: Set<Int> = []
        var entries = 0
        var directory = read(4, 4)
        while directory >= 8, directory + 2 <= bytes.count, seen.insert(directory).inserted {
            let count = read(directory, 2)
            let end = directory + 2 + 12 * count
            entries += count
            guard end + 4 <= bytes.count, entries <= mostEntries else { break }
            var size = Size(width: 0, height: 0)
            for entry in stride(from: directory + 2, to: end, by: 12) {
                let value = read(entry + 8, read(entry + 2, 2) == 3 ? 2 : 4)
                if read(entry, 2) == 256 { size.width = value }
                if read(entry, 2) == 257 { size.height = value }
            }
            sizes.append(size)
            directory = read(end, 4)
        }
        return sizes
    }

    /// Directories may lie over each other, so that few bytes hold many entries. A page has some twenty.
    private static let mostEntries = 200_000

    private static func number(_ bytes: [UInt8], _ offset: Int, count: Int, isLittle: Bool = false) -> Int {
        guard offset >= 0, offset + count <= bytes.count else { return 0 }
        if isLittle { return bytes.littleEndian(at: offset, count: count) }
        return bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
