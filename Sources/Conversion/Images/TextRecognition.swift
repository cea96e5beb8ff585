/// The French text in an image (tesseract).
struct TextRecognition {
    let tools: ToolRunner

    /// The points of a page's longer side: an A4 page at 300 dpi, at which tesseract reads best.
    static let pageHeight = 3_508
    /// The most bytes of a page's image: a square of that side in grey.
    static let largestPage = pageHeight * pageHeight + 64

    /// The text in `image`; the texts of several pages are parted by form feeds. The limit on work is for each page.
    func text(of image: [UInt8], pages: Int = 1, _ budget: Budget) throws(ConversionError) -> [UInt8] {
        let folder = try PrivateFolder()
        try folder.write(image, to: ToolRunner.documentName)
        let run = ToolRunner.Run(
            tool: .tesseract,
            arguments: { ["\($0)/\(ToolRunner.documentName)", "stdout", "-l", "fra", "--dpi", "300"] },
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
}
