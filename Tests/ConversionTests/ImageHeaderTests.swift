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

    @Test("A TIFF has as many pages as directories, and one that goes in circles has many")
    func pages() {
        let directory: [UInt8] = [1, 0] + [0x00, 0x01, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0]
        let header: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0]
        let two = header + directory + [26, 0, 0, 0] + directory + [0, 0, 0, 0]
        #expect(ImageHeader.pages(of: two, .tiff) == 2)
        #expect(ImageHeader.pages(of: header + directory + [8, 0, 0, 0], .tiff) == 10_000)
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
