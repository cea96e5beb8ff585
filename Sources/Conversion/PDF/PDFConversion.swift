import Deliberations

/// A PDF: its text layer, and the recognised text of the pages that are scans.
struct PDFConversion {
    let tools: ToolRunner

    func convert(_ bytes: [UInt8], _ budget: inout Budget) throws(ConversionError) -> ConvertedDocument {
        let folder = try PrivateFolder()
        try folder.write(bytes, to: ToolRunner.documentName)
        let layer = try textLayer(folder, budget)
        var pages = layer.split(separator: TextControls.formFeed, omittingEmptySubsequences: false).map(Array.init)
        // Each page ends with a form feed.
        if pages.last?.isEmpty == true { pages.removeLast() }
        guard !pages.isEmpty else { throw .noPages }
        guard pages.count <= budget.limits.pages else { throw .tooManyPages(limit: budget.limits.pages) }
        let scanned = try scannedPages(among: pages, folder, budget)
        guard !scanned.isEmpty else {
            let text = try TextDecoder.made(layer)
            return ConvertedDocument(
                utf8: text.utf8, format: .pdf, warnings: text.warnings, hasFormFeeds: true)
        }
        try budget.takeScannedPages(scanned.count)
        for page in scanned {
            let stamp = StampLines.among(pages[page])
            let text = try recognise(page: page + 1, folder, budget)
            pages[page] = stamp + text
        }
        let text = try TextDecoder.made(Array(pages.map { $0 + [TextControls.formFeed] }.joined()))
        return ConvertedDocument(
            utf8: text.utf8, format: .pdf, warnings: text.warnings + [.recognised(scanned.map { $0 + 1 })],
            hasFormFeeds: true)
    }

    /// The text layer. With `-layout`, which keeps columns: of the PDFs with labelled facts, seven of nine are read better
    /// that way, and none worse.
    private func textLayer(_ folder: borrowing PrivateFolder, _ budget: Budget) throws(ConversionError) -> [UInt8] {
        let last = budget.limits.pages + 1
        let run = ToolRunner.Run(
            tool: .pdftotext,
            arguments: {
                ["-layout", "-enc", "UTF-8", "-eol", "unix", "-l", "\(last)", "\($0)/\(ToolRunner.documentName)", "-"]
            },
            outputLimit: budget.limits.textBytes, onTooMuch: .tooMuchText(limit: budget.limits.textBytes))
        let result = try tools.run(run, on: folder, budget)
        guard result.status == 0 else { throw Self.refusal(result.messages) }
        // A PDF without pages is written as nothing, and as complaints.
        if result.output.isEmpty, !result.messages.isEmpty { throw Self.refusal(result.messages) }
        return result.output
    }

    private static func refusal(_ messages: String) -> ConversionError {
        let text = messages.lowercased()
        if text.contains("password") || text.contains("encrypt") || text.contains("copying of text") {
            return .encrypted(.pdf)
        }
        if text.contains("wrong page range") { return .noPages }
        return .damaged(.pdf, reason: messages.isEmpty ? "no reason is told" : messages)
    }

    /// The pages, from 0, whose text must be recognised. Most PDFs have none, and need no second tool to know it.
    private func scannedPages(
        among pages: [[UInt8]], _ folder: borrowing PrivateFolder, _ budget: Budget
    ) throws(ConversionError) -> [Int] {
        let layer = TextLayer(pages: pages)
        guard !layer.sparsePages.isEmpty else { return [] }
        if layer.isWithoutText { return layer.sparsePages }
        let run = ToolRunner.Run(
            tool: .pdfimages, arguments: { ["-list", "\($0)/\(ToolRunner.documentName)"] },
            outputLimit: budget.limits.textBytes, onTooMuch: .tooMuchText(limit: budget.limits.textBytes))
        let list = try tools.run(run, on: folder, budget)
        // Without the list, each of them may be a scan.
        guard list.status == 0 else { return layer.sparsePages }
        let imaged = ImageList(String(decoding: list.output, as: UTF8.self)).pagesMostlyImage
        return layer.sparsePages.filter { imaged.contains($0 + 1) || layer.garbledPages.contains($0) }
    }

    /// The text of a page, from 1, drawn at 300 dpi for A4: the longer side always has that many points, so that a page
    /// of any size makes an image of one size.
    private func recognise(
        page: Int, _ folder: borrowing PrivateFolder, _ budget: Budget
    ) throws(ConversionError) -> [UInt8] {
        let run = ToolRunner.Run(
            tool: .pdftoppm,
            arguments: { seen in
                let place = ["-f", "\(page)", "-l", "\(page)", "-scale-to", "\(TextRecognition.pageHeight)"]
                return place + ["-gray", "\(seen)/\(ToolRunner.documentName)"]
            },
            outputLimit: TextRecognition.largestPage, onTooMuch: .tooMuchText(limit: TextRecognition.largestPage))
        let image = try tools.run(run, on: folder, budget)
        guard !image.output.isEmpty else { throw Self.refusal(image.messages) }
        return try TextRecognition(tools: tools).text(of: image.output, budget)
    }
}

extension ReadingWarning {
    /// What says that the text of `pages` was recognised.
    static func recognised(_ pages: [Int]) -> ReadingWarning {
        let list = pages.count > 12 ? pages.prefix(12).map(String.init) + ["…"] : pages.map(String.init)
        return ReadingWarning(
            code: "text-recognition",
            message:
                "the text of \(pages.count == 1 ? "page" : "pages") \(list.joined(separator: ", ")) was recognised "
                + "from an image; names and figures may be wrong")
    }
}
