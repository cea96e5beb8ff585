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
            try Converter(limits: ConversionLimits(documentBytes: 10)).convert(
                Array("a".utf8) + Array(repeating: 0x62, count: 10))
        }
        #expect(
            try Converter(limits: ConversionLimits(documentBytes: 10)).convert(Array(repeating: 0x62, count: 10)).utf8
                .count == 10)
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
        "Formats that are not read are refused by their names, with a cure",
        arguments: [
            (Array("{\\rtf1\\ansi".utf8), DocumentFormat.rtf), ([0x1F, 0x8B, 8], .gzip),
            (SampleZIP([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]).bytes, .spreadsheet),
            (SampleZIP([("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]).bytes, .presentation),
            (
                SampleZIP([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]).bytes,
                .spreadsheet
            ),
        ] as [([UInt8], DocumentFormat)])
    func otherFormats(bytes: [UInt8], format: DocumentFormat) {
        let error = #expect(throws: ConversionError.self) { try Converter().convert(bytes) }
        #expect(error == .unsupportedFormat(format))
        #expect(error?.description.contains(format.mediaType) == true && error?.isOfHost == false)
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
            .empty, .onlyWhiteSpace, .tooLarge(bytes: 2, limit: 1), .binary(offset: 0), .unsupportedFormat(.rtf),
            .damagedUTF16(offset: 2), .damaged(.pdf, reason: String(repeating: "é\n", count: 9_000)), .encrypted(.zip),
            .noPages, .tooManyPages(limit: 1), .tooManyScannedPages(limit: 1), .tooMuchText(limit: 1),
            .imageTooLarge(width: 2, height: 3, limit: 1), .tooManyFiles(limit: 1), .archiveTooLarge(limit: 1),
            .nestedTooDeep(limit: 3), .nothingInside(.email), .tooMuchWork(.pandoc, seconds: 1),
            .tooMuchMemory(.antiword, bytes: 1), .toolCrashed(.tesseract, signal: 11), .missingTool(.bsdtar),
            .toolNotStarted(.pdfimages, reason: "no memory"), .outOfTime(.pdftoppm, seconds: 1),
            .noRoom(reason: "full"), .noSandbox(cure: "install bubblewrap; look at sysctl"),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        for error in errors {
            #expect(error.code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
            #expect(error.description.contains(";") && error.description.count < 250)
        }
    }

    @Test("A host may lack something, be slow or have met an accident; the document's faults are none of its own")
    func hostFaults() {
        let faults: [(ConversionError, ConversionError.HostFault?)] = [
            (.missingTool(.pandoc), .lacking), (.noRoom(reason: "full"), .lacking), (.noSandbox(cure: ""), .lacking),
            (.outOfTime(.pandoc, seconds: 1), .slow), (.toolNotStarted(.pandoc, reason: ""), .passing),
            (.tooMuchWork(.pandoc, seconds: 1), nil), (.encrypted(.pdf), nil),
        ]
        for (error, fault) in faults {
            #expect(error.hostFault == fault)
            #expect(ConversionError.unreadableInside(name: "a", reason: error).hostFault == fault)
        }
    }

    @Test("A missing tool is the host's fault and names its Debian package, alone and inside an archive")
    func missingTools() {
        for tool in ExternalTool.allCases {
            let error = ConversionError.missingTool(tool)
            #expect(error.isOfHost && error.description.contains("apt-get install \(tool.debianPackage)"))
            #expect(ConversionError.unreadableInside(name: "a.pdf", reason: error).isOfHost)
        }
    }
}
