import Testing

@testable import Conversion

@Suite("PDFs")
struct PDFTests {
    private let act = [
        "Commune de Valbrune-les-Étangs", "Séance du 12 mars 2031", "Le conseil municipal, à l’unanimité, approuve",
        "Subvention au club de lutte            1 200 €", "Pour : 11",
        "Le reste de la page est occupé par des mots qui",
        "n’ont pas d’autre objet que de montrer qu’elle est écrite et non numérisée, ligne après ligne,",
        "jusqu’à ce que le compte des lettres soit bon, et même un peu davantage encore si besoin est.",
    ]
    private let stamp = [
        "Envoyé en préfecture le 14/03/2031", "Reçu en préfecture le 14/03/2031", "Publié le 15/03/2031",
        "ID : 099-219900999-20310312-DEL2031_07-DE",
    ]

    @Test("The text layer is read with its accents, its columns and the starts of its pages", .needs(.pdftotext))
    func textLayer() throws {
        let pages = ["première", "deuxième", "troisième"].map { number in act + act.map { "\(number) : \($0)" } }
        let document = try Converter().convert(SamplePDF(lines: pages).bytes)
        let text = String(decoding: document.utf8, as: UTF8.self)
        #expect(text.contains("Commune de Valbrune-les-Étangs\n") && text.contains("à l’unanimité, approuve"))
        #expect(text.contains(/Subvention au club de lutte {8,}1 200 €/))
        #expect(document.format == .pdf && document.warnings.isEmpty && document.parts.isEmpty)
        let starts = try #require(document.pageStarts)
        #expect(starts.count == 3 && starts[0] == 0)
        for start in starts {
            #expect(String(decoding: document.utf8[start...], as: UTF8.self).contains("Commune de Valbrune"))
        }
    }

    @Test(
        "Glyphs that tell no letter become U+FFFD, with a warning, and do not make the document binary",
        .needs(.pdftotext))
    func controlGlyphs() throws {
        let text = try TextDecoder.made(Array("Séance\u{01} du 12\u{0}\u{1F} mars\u{0C}".utf8))
        #expect(String(decoding: text.utf8, as: UTF8.self) == "Séance\u{FFFD} du 12\u{FFFD}\u{FFFD} mars\u{0C}")
        #expect(text.warnings.map(\.code) == ["unknown-glyphs"] && text.hasFormFeeds)
        #expect(throws: ConversionError.onlyWhiteSpace) { try TextDecoder.made([0x20, 0x0C]) }
    }

    @Test("A square page is drawn within the limit", .needs(.pdftotext, .pdftoppm, .tesseract, .frenchRecognition))
    func squarePage() throws {
        var pdf = SamplePDF(lines: [[]])
        pdf.mediaBox = "0 0 600.9 600.4"
        #expect(throws: ConversionError.onlyWhiteSpace) { try Converter().convert(pdf.bytes) }
    }

    @Test(
        "A page whose text layer holds but the stamp is recognised, and the stamp is kept as written",
        .needs(.pdftotext, .pdfimages, .pdftoppm, .tesseract, .frenchRecognition))
    func scanUnderStamp() throws {
        // The stamp is printed over the top of the page, which the scan leaves free.
        let image = try scan(of: Array(repeating: "", count: 8) + act)
        let pages = [SamplePDF.Page(lines: stamp, image: image), SamplePDF.Page(lines: act)]
        let document = try Converter().convert(SamplePDF(pages).bytes)
        let text = String(decoding: document.utf8, as: UTF8.self)
        #expect(document.warnings.map(\.code) == ["text-recognition"])
        #expect(document.warnings.first?.message.contains("page 1 ") == true)
        let second = try #require(document.pageStarts?.last)
        let first = String(decoding: document.utf8[..<second], as: UTF8.self)
        #expect(first.contains("ID : 099-219900999-20310312-DEL2031_07-DE"))
        #expect(first.contains("Séance du 12 mars 2031"), "\(first)")
        #expect(text.utf8.count > second)
    }

    @Test("More scanned pages than the limit are refused before any is recognised", .needs(.pdftotext, .pdfimages))
    func tooManyScannedPages() throws {
        var limits = ConversionLimits()
        limits.scannedPages = 2
        let pdf = SamplePDF(lines: [stamp, stamp, stamp])
        #expect(throws: ConversionError.tooManyScannedPages(limit: 2)) {
            try Converter(limits: limits).convert(pdf.bytes)
        }
    }

    @Test("More pages than the limit are refused, as many are read", .needs(.pdftotext))
    func tooManyPages() throws {
        var limits = ConversionLimits()
        limits.pages = 2
        let converter = Converter(limits: limits)
        #expect(throws: ConversionError.tooManyPages(limit: 2)) {
            try converter.convert(SamplePDF(lines: [act, act, act]).bytes)
        }
        #expect(try converter.convert(SamplePDF(lines: [act, act]).bytes).pageStarts?.count == 2)
    }

    @Test(
        "An encrypted PDF, one without pages and a truncated one are each refused for what they are", .needs(.pdftotext)
    )
    func unreadable() {
        var encrypted = SamplePDF(lines: [act])
        encrypted.isEncrypted = true
        #expect(throws: ConversionError.encrypted(.pdf)) { try Converter().convert(encrypted.bytes) }
        #expect(throws: ConversionError.noPages) { try Converter().convert(SamplePDF(lines: []).bytes) }
        for count in [9, 40] {
            let error = #expect(throws: ConversionError.self) {
                try Converter().convert(Array(SamplePDF(lines: [act]).bytes.prefix(count)))
            }
            #expect(error?.code == "damaged-document" && error?.isOfHost == false)
        }
    }

    @Test("A text longer than the limit ends the tool and is refused", .needs(.pdftotext))
    func tooMuchText() {
        var limits = ConversionLimits()
        limits.textBytes = 1_000
        #expect(throws: ConversionError.tooMuchText(limit: 1_000)) {
            try Converter(limits: limits).convert(SamplePDF(lines: Array(repeating: act, count: 20)).bytes)
        }
    }

    @Test("Without its tool a PDF waits for another host, which is told the package")
    func missingTool() {
        let converter = Converter(tools: ToolRunner(ProgramFolders([]), isolation: .none))
        let error = #expect(throws: ConversionError.missingTool(.pdftotext)) {
            try converter.convert(SamplePDF(lines: [act]).bytes)
        }
        #expect(error?.isOfHost == true && error?.description.contains("poppler-utils") == true)
    }

    @Test("Where a sandbox is required and missing, a PDF waits; text is read all the same", .needs(.pdftotext))
    func requiredSandbox() throws {
        var tools = ToolRunner(.standard, isolation: .networkOnly)
        tools.requiresSandbox = true
        let converter = Converter(tools: tools)
        #expect(throws: ConversionError.missingTool(.bubblewrap)) {
            try converter.convert(SamplePDF(lines: [act]).bytes)
        }
        #expect(try converter.convert(Array("Séance".utf8)).format == .plainText)
    }

    @Test(
        "An image is recognised, one of too many points is refused unread",
        .needs(.pdftoppm, .tesseract, .frenchRecognition))
    func image() throws {
        let image = try scan(of: Array(act.prefix(5)))
        let document = try Converter().convert(image.tiff)
        #expect(document.format == .tiff && document.warnings.map(\.code) == ["text-recognition"])
        #expect(String(decoding: document.utf8, as: UTF8.self).contains("Séance du 12 mars 2031"))
        var limits = ConversionLimits()
        limits.imagePixels = image.width * image.height - 1
        #expect(
            throws: ConversionError.imageTooLarge(width: image.width, height: image.height, limit: limits.imagePixels)
        ) {
            try Converter(limits: limits).convert(image.tiff)
        }
    }

    @Test("A page on its head is recognised", .needs(.pdftoppm, .tesseract, .frenchRecognition))
    func upsideDown() throws {
        var image = try scan(of: act)
        image.grey.reverse()
        let text = String(decoding: try Converter().convert(image.tiff).utf8, as: UTF8.self)
        #expect(text.contains("Séance du 12 mars 2031"), "\(text)")
    }

    /// What a scanner would make of a page.
    private func scan(of lines: [String]) throws -> SampleImage {
        let folder = try PrivateFolder()
        try folder.write(SamplePDF(lines: [lines]).bytes, to: ToolRunner.documentName)
        let run = ToolRunner.Run(
            tool: .pdftoppm, arguments: { ["-scale-to", "2339", "-gray", "\($0)/\(ToolRunner.documentName)"] },
            outputLimit: 1 << 24, onTooMuch: .tooMuchText(limit: 1 << 24))
        let output = try ToolRunner.standard.run(run, on: folder, Budget(ConversionLimits())).output
        return try #require(SampleImage(portableGreyMap: output))
    }
}

@Suite("Which pages of a PDF are scans")
struct TextLayerTests {
    private func page(_ text: String) -> [UInt8] { Array(text.utf8) }
    private let written = String(repeating: "Le conseil municipal délibère. ", count: 12)

    @Test("Stamps and headers that repeat do not make a written page")
    func headers() {
        let stamp = "Reçu en préfecture le 14/03/2031\nAccusé de réception en préfecture\n099-219900999-20310312-7-DE\n"
        let header = "Commune de Valbrune-les-Étangs – procès-verbal de la séance – page "
        let layer = TextLayer(pages: (1...4).map { page("\(stamp)\(header)\($0)\n") })
        #expect(layer.sparsePages == [0, 1, 2, 3] && layer.isWithoutText)
        let mixed = TextLayer(pages: [page(stamp), page(written), page(stamp + written)])
        #expect(mixed.sparsePages == [0] && !mixed.isWithoutText && mixed.garbledPages.isEmpty)
    }

    @Test("Forms that are alike on every page are written ones")
    func forms() {
        let form = String(repeating: "Article : la présente convention est conclue entre les parties.\n", count: 15)
        #expect(TextLayer(pages: (1...4).map { page("\(form)Exemplaire \($0)\n") }).sparsePages.isEmpty)
    }

    @Test("A page in letters that mean nothing is garbled, a page of figures is not")
    func garbled() {
        let strange = String(repeating: "\u{E012}\u{E033}\u{F041} ", count: 60)
        let figures = String(repeating: "1 200,50 € | 33 % | 2031 | Total général des dépenses \n", count: 12)
        let layer = TextLayer(pages: [page(strange), page(figures), page(written)])
        #expect(layer.sparsePages == [0] && layer.garbledPages == [0])
    }

    @Test("The list of images tells which pages they cover")
    func images() {
        let list = """
            page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
            --------------------------------------------------------------------------------------------
               1     0 image    1240  1754  rgb     3   8  jpeg   no        15  0   150   150 23.5K 0.4%
               2     1 image     100    13  rgb     3   8  jpeg   no        13  0   120   120  717B  18%
               3     2 stencil  1650  1650  -       1   1  ccitt  no        13  0   300   300  717B  18%
               3     3 stencil  1650  1650  -       1   1  ccitt  no        14  0   300   300  717B  18%
               4     4 image     100    13  rgb     3   8  jpeg   no        13  0     0     0  717B  18%
            """
        #expect(ImageList(list).pagesMostlyImage == [1, 3])
    }
}
