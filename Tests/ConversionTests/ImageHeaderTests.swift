import Testing

@testable import Conversion

@Suite("Sizes of images")
struct ImageHeaderTests {
    private let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 17, 8, 0x0D, 0xB4, 0x09, 0xB0, 3, 1, 1, 1]
    private let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
            0, 0, 9, 0xB0, 0, 0, 0x0D, 0xB4,
        ]

    @Test("The header of each format tells its size")
    func sizes() throws {
        #expect(ImageHeader.size(of: png, .png) == .init(width: 2_480, height: 3_508))
        #expect(ImageHeader.size(of: jpeg, .jpeg) == .init(width: 2_480, height: 3_508))
        let image = try #require(SampleImage(portableGreyMap: Array("P5\n3 2\n255\n".utf8) + [1, 2, 3, 4, 5, 6]))
        #expect(ImageHeader.size(of: image.tiff, .tiff) == .init(width: 3, height: 2))
        #expect(ImageHeader.pages(of: image.tiff, .tiff) == 1)
    }

    @Test("A TIFF has as many pages as directories; one that goes in circles has each once")
    func pages() {
        let directory: [UInt8] = [1, 0] + [0x00, 0x01, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0]
        let header: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0]
        let two = header + directory + [26, 0, 0, 0] + directory + [0, 0, 0, 0]
        #expect(ImageHeader.pages(of: two, .tiff) == 2)
        #expect(ImageHeader.pages(of: header + directory + [8, 0, 0, 0], .tiff) == 1)
        #expect(ImageHeader.pages(of: header + directory + [26, 0, 0, 0] + directory + [8, 0, 0, 0], .tiff) == 2)
    }

    @Test("Directories that lie over each other end after a bounded number of entries")
    func overlapping() {
        // Each pair of bytes reads as a count of some thousand entries, and each directory leads two bytes on.
        var bytes: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0] + Array(repeating: 0, count: 4_000_000)
        for offset in stride(from: 8, to: 60_000, by: 2) {
            bytes.replaceSubrange(offset..<offset + 2, with: [0xFF, 0xFF])
            let next = offset + 2
            let link = offset + 2 + 12 * 0xFFFF
            bytes.replaceSubrange(link..<link + 4, with: (0..<4).map { UInt8(truncatingIfNeeded: next >> (8 * $0)) })
        }
        #expect(ImageHeader.pages(of: bytes, .tiff) <= 4)
    }

    @Test("The largest page counts by its area, however long the side of another")
    func area() {
        func directory(_ width: UInt8, _ height: UInt8, next: UInt8) -> [UInt8] {
            [2, 0, 0x00, 0x01, 4, 0, 1, 0, 0, 0, 0, 0, width, 0, 0x01, 0x01, 4, 0, 1, 0, 0, 0, 0, 0, height, 0]
                + [next, 0, 0, 0]
        }
        let bytes: [UInt8] =
            [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0] + directory(200, 0, next: 38) + directory(100, 100, next: 0)
        #expect(ImageHeader.size(of: bytes, .tiff) == .init(width: 100 << 16, height: 100 << 16))
        #expect(throws: ConversionError.imageTooLarge(width: 100 << 16, height: 100 << 16, limit: 100_000_000)) {
            try Converter().convert(bytes)
        }
        #expect(ImageHeader.Size(width: 1 << 40, height: 1 << 40).points == .max)
    }

    @Test("Truncated or damaged headers give no size or some size, and never a crash")
    func damage() {
        var random = SeededGenerator(state: 2)
        let tiff: [UInt8] = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 1, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0]
        for (bytes, format) in [(png, DocumentFormat.png), (jpeg, .jpeg), (tiff, .tiff)] {
            for count in 4...bytes.count { _ = ImageHeader.size(of: Array(bytes.prefix(count)), format) }
            for _ in 0..<2_000 {
                var damaged = bytes
                let place = Int.random(in: 4..<bytes.count, using: &random)
                damaged[place] = UInt8.random(in: 0...255, using: &random)
                _ = ImageHeader.size(of: damaged, format)
                #expect(ImageHeader.pages(of: damaged, format) >= 1)
            }
        }
    }
}
