import Conversion
import Testing

@Suite("Conversion of bytes to text")
struct ConverterTests {
    private let sentence = "Séance du 12 mars : l’assemblée délibère, 1 200 € – œuvre\n"

    @Test("Valid UTF-8 is the text as it is")
    func validUTF8() throws {
        let text = try Converter().convert(Array(sentence.utf8))
        #expect(text.utf8 == Array(sentence.utf8))
        #expect(text.format == .plainText)
        #expect(text.warnings.isEmpty)
        #expect(text.pageStarts == nil)
    }

    @Test("Valid UTF-8 is not copied")
    func validUTF8IsShared() throws {
        let bytes = Array(sentence.utf8)
        let text = try Converter().convert(bytes)
        let before = bytes.withUnsafeBufferPointer { $0.baseAddress }
        #expect(text.utf8.withUnsafeBufferPointer { $0.baseAddress } == before)
    }

    @Test("A byte order mark is dropped")
    func byteOrderMark() throws {
        let text = try Converter().convert([0xEF, 0xBB, 0xBF] + Array(sentence.utf8))
        #expect(text.utf8 == Array(sentence.utf8))
        #expect(text.warnings.isEmpty)
    }

    @Test("UTF-16 with its mark is decoded in both byte orders", arguments: [true, false])
    func utf16(bigEndian: Bool) throws {
        let wanted = sentence + "𝄞 fin"
        let units = [0xFEFF] + Array(wanted.utf16)
        let bytes = units.flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        #expect(try Converter().convert(bytes).utf8 == Array(wanted.utf8))
    }

    @Test("UTF-16 without its mark is told by its NULs", arguments: [true, false])
    func utf16WithoutMark(bigEndian: Bool) throws {
        let bytes = sentence.utf16.flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        #expect(try Converter().convert(bytes).utf8 == Array(sentence.utf8))
    }

    @Test(
        "Damaged UTF-16 is refused with the place",
        arguments: [
            ([0xFF, 0xFE, 0x41, 0x00, 0x42] as [UInt8], 4),
            ([0xFF, 0xFE, 0x41, 0x00, 0x3D, 0xD8], 4),
            ([0xFF, 0xFE, 0x00, 0xDC, 0x41, 0x00], 2),
            ([0xFE, 0xFF, 0xD8, 0x3D, 0x00, 0x41], 2),
        ])
    func damagedUTF16(bytes: [UInt8], offset: Int) {
        #expect(throws: ConversionError.damagedUTF16(offset: offset)) { try Converter().convert(bytes) }
    }

    @Test("What is not UTF-8 is read as Windows-1252, with a warning")
    func windows1252() throws {
        let bytes: [UInt8] =
            Array("S".utf8) + [0xE9] + Array("ance l".utf8) + [0x92] + Array("an 5 ".utf8) + [0x80, 0x20, 0x9C, 0x81]
        let text = try Converter().convert(bytes)
        #expect(String(decoding: text.utf8, as: UTF8.self) == "Séance l’an 5 € œ\u{FFFD}")
        #expect(text.warnings.map(\.code) == ["windows-1252"])
    }

    @Test("UTF-8 with one damaged byte stays UTF-8, with a warning that cites it")
    func damagedUTF8() throws {
        let start = Array("Délibéré à l’unanimité, ".utf8)
        let text = try Converter().convert(start + [0xC3] + Array(" adopté".utf8))
        #expect(String(decoding: text.utf8, as: UTF8.self) == "Délibéré à l’unanimité, \u{FFFD} adopté")
        #expect(text.warnings.map(\.code) == ["damaged-utf-8"])
        #expect(text.warnings.first?.range?.start == start.count)
    }

    @Test("Form feeds start pages")
    func pages() throws {
        #expect(try Converter().convert(Array("un\u{0C}deux\u{0C}".utf8)).pageStarts == [0, 3])
    }

    @Test(
        "The name tells Markdown",
        arguments: [("acte.md", true), ("ACTE.MARKDOWN", true), ("acte.txt", false), ("", false)])
    func markdown(name: String, isMarkdown: Bool) throws {
        let format = try Converter().convert(Array("# Titre".utf8), name: name).format
        #expect(format == (isMarkdown ? .markdown : .plainText))
        #expect(format.mediaType == (isMarkdown ? "text/markdown" : "text/plain"))
    }

    @Test("Random bytes become valid UTF-8 or a refusal, and never a crash")
    func randomBytes() {
        var random = SeededGenerator(state: 7)
        for round in 0..<2_000 {
            let bytes = (0..<Int.random(in: 1...80, using: &random)).map { _ in
                round.isMultiple(of: 2)
                    ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 32...255, using: &random)
            }
            guard let text = try? Converter().convert(bytes) else { continue }
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
    }

    @Test("Every truncation of a text in UTF-8 becomes valid UTF-8")
    func truncations() throws {
        let bytes = Array((sentence + "𝄞").utf8)
        for count in 1..<bytes.count {
            let text = try Converter().convert(Array(bytes.prefix(count)))
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
    }
}

/// A small repeatable generator (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
