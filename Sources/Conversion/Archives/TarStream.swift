/// The regular files in a tar stream (POSIX.1-1988 ustar headers with GNU's long names), as bsdtar writes it.
struct TarStream: Sequence, IteratorProtocol {
    /// A file in the stream.
    struct File {
        var name: String
        var content: ArraySlice<UInt8>
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var longName: String?

    private static let block = 512
    private static let regular: Set<UInt8> = [0x30, 0x00]
    /// The content is the name of the next file.
    private static let longNameType = UInt8(ascii: "L")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next file; the stream ends at the first header that is none.
    mutating func next() -> File? {
        while offset + Self.block <= bytes.count, bytes[offset] != 0 {
            let header = bytes[offset..<offset + Self.block]
            guard let size = Self.size(in: header), size <= bytes.count - offset - Self.block else { return nil }
            let start = offset + Self.block
            let content = bytes[start..<start + size]
            offset = start + (size + Self.block - 1) / Self.block * Self.block
            let type = header[header.startIndex + 156]
            if type == Self.longNameType {
                longName = Self.text(content)
            } else {
                let name = longName ?? Self.text(header.prefix(100))
                longName = nil
                if Self.regular.contains(type) { return File(name: name, content: content) }
            }
        }
        return nil
    }

    /// The size in octal digits; larger files than eight gigabytes do not come.
    private static func size(in header: ArraySlice<UInt8>) -> Int? {
        let field = header.dropFirst(124).prefix(12).filter { (0x30...0x37).contains($0) }
        return Int(String(decoding: field, as: UTF8.self), radix: 8)
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}
