/// The French text in an image (tesseract).
struct TextRecognition {
    let tools: ToolRunner

    /// The points of a page's longer side: an A4 page at 300 dpi, at which tesseract reads best.
    static let pageHeight = 3_508
    /// The most bytes of a page's image: a square of that side in grey, which pdftoppm may round up by a point or two.
    static let largestPage = (pageHeight + 8) * (pageHeight + 8) + 64

    /// The text in `image`; the texts of several pages are parted by form feeds. The limit on work is for each page.
    func text(of image: [UInt8], pages: Int = 1, _ budget: Budget) throws(ConversionError) -> [UInt8] {
        let folder = try PrivateFolder()
        try folder.write(image, to: ToolRunner.documentName)
        let text = try recognise(image, pages: pages, options: [], folder, budget)
        guard Self.makesNoSense(text) else { return text }
        // A page that lies on its side is read all the same; whether one stands on its head is looked into only now.
        let turned = try recognise(image, pages: pages, options: ["--psm", "1"], folder, budget)
        return Self.makesNoSense(turned) ? text : turned
    }

    private func recognise(
        _ image: [UInt8], pages: Int, options: [String], _ folder: borrowing PrivateFolder, _ budget: Budget
    ) throws(ConversionError) -> [UInt8] {
        let run = ToolRunner.Run(
            tool: .tesseract,
            arguments: { ["\($0)/\(ToolRunner.documentName)", "stdout", "-l", "fra", "--dpi", "300"] + options },
            outputLimit: budget.limits.textBytes, onTooMuch: .tooMuchText(limit: budget.limits.textBytes), pages: pages)
        let result = try tools.run(run, on: folder, budget)
        guard result.status == 0 else {
            if result.messages.contains(ExternalTool.frenchRecognition.rawValue) {
                throw .missingTool(.frenchRecognition)
            }
            throw .damaged(ImageHeader.format(of: image) ?? .pdf, reason: result.messages)
        }
        return result.output.last == TextControls.formFeed ? result.output.dropLast() : result.output
    }

    /// Whether many words are there and hardly one of those that every page in French is full of.
    static func makesNoSense(_ text: [UInt8]) -> Bool {
        let words = text.split { $0 <= 0x20 }
        return words.count >= 30 && 50 * words.count { frequentWords.contains(Array($0)) } < words.count
    }

    private static let frequentWords = Set(["de", "la", "le", "les", "du", "des", "et"].map { Array($0.utf8) })
}
