import Conversion
import Testing

@Suite("Documents that do not become text")
struct RefusalTests {
    @Test("An empty document is refused")
    func empty() {
        #expect(throws: ConversionError.empty) { try Converter().convert([]) }
    }

    @Test(
        "Nothing but white space is refused",
        arguments: [" ", "\n\t \r\n\u{0C}", "        \u{00A0}         ", "\u{FEFF}  "])
    func blank(text: String) {
        #expect(throws: ConversionError.onlyWhiteSpace) { try Converter().convert(Array(text.utf8)) }
    }

    @Test("A document over the limit is refused with both sizes, one at the limit is read")
    func tooLarge() throws {
        #expect(throws: ConversionError.tooLarge(bytes: 11, limit: 10)) {
            try Converter(limit: 10).convert(Array("a".utf8) + Array(repeating: 0x62, count: 10))
        }
        #expect(try Converter(limit: 10).convert(Array(repeating: 0x62, count: 10)).utf8.count == 10)
    }

    @Test("A NUL makes a document binary, at its place")
    func nul() {
        #expect(throws: ConversionError.binary(offset: 5)) { try Converter().convert(Array("texte\0texte".utf8)) }
    }

    @Test("Many control characters make a document binary, one stray does not")
    func controls() throws {
        #expect(throws: ConversionError.binary(offset: 1)) {
            try Converter().convert(Array("a\u{01}b\u{02}c\u{03}".utf8))
        }
        #expect(try Converter().convert(Array("a\u{01}b".utf8)).utf8.count == 3)
    }

    @Test(
        "Other formats are refused by their names",
        arguments: [
            (Array("%PDF-1.7\n".utf8), DocumentFormat.pdf),
            ([0x50, 0x4B, 3, 4] + Array("....mimetypeapplication/vnd.oasis.opendocument.text".utf8), .odt),
            ([0x50, 0x4B, 3, 4] + Array("....[Content_Types].xml".utf8), .docx),
            ([0x50, 0x4B, 3, 4] + Array("....delib.txt".utf8), .zip),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .legacyOffice),
            (Array("{\\rtf1\\ansi".utf8), .rtf),
            ([0x1F, 0x8B, 8], .gzip),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
            ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            ([0x49, 0x49, 0x2A, 0], .tiff),
            (Array("\n<!DOCTYPE html><html>".utf8), .html),
            (Array("From: a@b.example\nMIME-Version: 1.0\n\n".utf8), .email),
        ] as [([UInt8], DocumentFormat)])
    func otherFormats(bytes: [UInt8], format: DocumentFormat) {
        let error = #expect(throws: ConversionError.self) { try Converter().convert(bytes) }
        #expect(error == .unsupportedFormat(format))
        #expect(error?.description.contains(format.mediaType) == true)
    }

    @Test(
        "Text that only resembles another format is text",
        arguments: ["Date : 3 mars", "Subject: délibération\n", "<p>Vu</p>"])
    func resemblingText(text: String) throws {
        #expect(try Converter().convert(Array(text.utf8)).format == .plainText)
    }

    @Test("Every refusal has a code of its own in kebab case and a short sentence")
    func codes() {
        let errors: [ConversionError] = [
            .empty, .onlyWhiteSpace, .tooLarge(bytes: 2, limit: 1), .binary(offset: 0), .unsupportedFormat(.pdf),
            .damagedUTF16(offset: 2),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        for error in errors {
            #expect(error.code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
            #expect(error.description.contains(";") && error.description.count < 250)
        }
    }
}
