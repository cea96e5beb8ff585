/// A PDF written for a test: each page holds lines of text in Helvetica, and perhaps an image over all of it.
struct SamplePDF {
    /// A page of A4.
    struct Page {
        var lines: [String] = []
        /// A grey image over the whole page.
        var image: SampleImage?
    }

    var pages: [Page]
    /// Whether the file says that it is encrypted, with keys that no password fits.
    var isEncrypted = false
    /// The pages' corners, in points.
    var mediaBox = "0 0 595 842"

    init(_ pages: [Page]) {
        self.pages = pages
    }

    /// Pages of these lines.
    init(lines: [[String]]) {
        pages = lines.map { Page(lines: $0) }
    }

    /// The file (ISO 32000-1, section 7.5): a header, numbered objects, the table of their places, a trailer.
    var bytes: [UInt8] {
        var objects: [[UInt8]] = [
            Array("<</Type/Catalog/Pages 2 0 R>>".utf8), [],
            Array("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".utf8),
        ]
        var kids: [Int] = []
        for page in pages {
            let content = Self.content(of: page)
            objects.append(Self.stream("", content))
            var resources = "/Font<</F1 3 0 R>>"
            if let image = page.image {
                objects.append(Self.stream(image.dictionary, image.grey))
                resources += "/XObject<</I1 \(objects.count) 0 R>>"
            }
            let contentNumber = objects.count - (page.image == nil ? 0 : 1)
            let dictionary =
                "<</Type/Page/Parent 2 0 R/MediaBox[\(mediaBox)]/Resources<<\(resources)>>/Contents \(contentNumber) 0 R>>"
            objects.append(Array(dictionary.utf8))
            kids.append(objects.count)
        }
        let list = kids.map { "\($0) 0 R" }.joined(separator: " ")
        objects[1] = Array("<</Type/Pages/Kids[\(list)]/Count \(kids.count)>>".utf8)
        return file(of: objects)
    }

    private func file(of objects: [[UInt8]]) -> [UInt8] {
        var file = Array("%PDF-1.4\n".utf8)
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            table += Self.padded(file.count) + " 00000 n \n"
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let key = String(repeating: "5A", count: 32)
        let encryption = "/Encrypt<</Filter/Standard/V 1/R 2/O<\(key)>/U<\(key)>/P -4>>/ID[<00><00>]"
        let trailer =
            "trailer\n<</Size \(objects.count + 1)/Root 1 0 R\(isEncrypted ? encryption : "")>>\n"
            + "startxref\n\(file.count)\n%%EOF\n"
        return file + Array((table + trailer).utf8)
    }

    private static func content(of page: Page) -> [UInt8] {
        var content = page.image == nil ? [] : Array("q 595 0 0 842 0 0 cm /I1 Do Q\n".utf8)
        for (number, line) in page.lines.enumerated() {
            content += Array("BT /F1 14 Tf 60 \(780 - 22 * number) Td (".utf8)
            for scalar in line.unicodeScalars {
                if "()\\".unicodeScalars.contains(scalar) { content.append(0x5C) }
                content.append(scalar == "’" ? 0x92 : scalar == "€" ? 0x80 : UInt8(truncatingIfNeeded: scalar.value))
            }
            content += Array(") Tj ET\n".utf8)
        }
        return content
    }

    private static func stream(_ dictionary: String, _ content: [UInt8]) -> [UInt8] {
        Array("<<\(dictionary)/Length \(content.count)>>\nstream\n".utf8) + content + Array("\nendstream".utf8)
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 10 - digits.count) + digits
    }
}

/// A grey image.
struct SampleImage {
    var width: Int
    var height: Int
    /// A byte a point, row by row.
    var grey: [UInt8]

    /// What pdftoppm writes: `P5`, width, height, 255, then the points.
    init?(portableGreyMap bytes: [UInt8]) {
        let words = bytes.prefix(64).split(maxSplits: 4) { $0 == 0x0A || $0 == 0x20 }
        guard words.count == 5, Array(words[0]) == Array("P5".utf8),
            let width = Int(String(decoding: words[1], as: UTF8.self)),
            let height = Int(String(decoding: words[2], as: UTF8.self)), bytes.count >= width * height
        else { return nil }
        (self.width, self.height) = (width, height)
        grey = bytes.suffix(width * height)
    }

    var dictionary: String {
        "/Type/XObject/Subtype/Image/Width \(width)/Height \(height)/ColorSpace/DeviceGray/BitsPerComponent 8"
    }

    /// The image as a TIFF of one strip (TIFF 6.0, section 4), in little-endian order.
    var tiff: [UInt8] {
        let entries: [(tag: Int, type: Int, value: Int)] = [
            (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8 + 2 + 9 * 12 + 4),
            (277, 3, 1), (278, 4, height), (279, 4, grey.count),
        ]
        var bytes: [UInt8] = [0x49, 0x49, 0x2A, 0] + Self.little(8, 4) + Self.little(entries.count, 2)
        for entry in entries {
            bytes += Self.little(entry.tag, 2) + Self.little(entry.type, 2) + Self.little(1, 4)
            bytes += Self.little(entry.value, 4)
        }
        return bytes + Self.little(0, 4) + grey
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
