import Conversion
import Testing

@Suite("Word-processor documents")
struct OfficeTests {
    private let paragraphs = ["Commune de Valbrune", "Séance du 12 mars 2031", "Pour : 11"]

    @Test("A DOCX is read with its table in columns", .needs(.pandoc))
    func docx() throws {
        let table = [["Association", "Montant"], ["Club de lutte", "1 200 €"]]
        let document = try Converter().convert(
            SampleOffice.docx(paragraphs: paragraphs, table: table), name: "acte.doc")
        #expect(document.format == .docx && document.pageStarts == nil && document.warnings.isEmpty)
        #expect(
            String(decoding: document.utf8, as: UTF8.self) == """
                Commune de Valbrune

                Séance du 12 mars 2031

                Pour : 11

                Association     Montant
                Club de lutte   1 200 €

                """)
    }

    @Test("An ODT is read", .needs(.pandoc))
    func odt() throws {
        let document = try Converter().convert(SampleOffice.odt(paragraphs: paragraphs))
        #expect(document.format == .odt)
        #expect(String(decoding: document.utf8, as: UTF8.self) == paragraphs.joined(separator: "\n\n") + "\n")
    }

    @Test("Encrypted documents are refused as such", .needs(.pandoc, .bsdtar, .antiword))
    func encrypted() {
        #expect(throws: ConversionError.encrypted(.odt)) {
            try Converter().convert(SampleOffice.odt(paragraphs: [], isEncrypted: true))
        }
        #expect(throws: ConversionError.encrypted(.docx)) { try Converter().convert(container(of: "EncryptedPackage")) }
    }

    @Test("Damaged documents are refused with what their reader says", .needs(.pandoc, .antiword))
    func damaged() {
        let docx = SampleOffice.docx(paragraphs: paragraphs, table: [["a", "b"]])
        let broken = SampleZIP([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document")]).bytes
        for bytes in [Array(docx.prefix(docx.count / 2)), broken, container(of: "WordDocument")] {
            let error = #expect(throws: ConversionError.self) { try Converter().convert(bytes) }
            #expect(error?.code == "damaged-document" && error?.isOfHost == false, "\(String(describing: error))")
        }
    }

    @Test("A workbook in a legacy container is refused as a spreadsheet")
    func workbook() {
        #expect(throws: ConversionError.unsupportedFormat(.spreadsheet)) {
            try Converter().convert(container(of: "Workbook"))
        }
    }

    /// The beginning of a legacy container with a stream of this name.
    private func container(of name: String) -> [UInt8] {
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
            + name.utf8.flatMap { [$0, 0] } + [UInt8](repeating: 0, count: 512)
    }
}
