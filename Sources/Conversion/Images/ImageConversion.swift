import Deliberations

/// An image of a document: its text is recognised.
struct ImageConversion {
    let tools: ToolRunner
    let format: DocumentFormat

    func convert(_ bytes: [UInt8], _ budget: inout Budget) throws(ConversionError) -> ConvertedDocument {
        guard let size = ImageHeader.size(of: bytes, format), size.width > 0, size.height > 0 else {
            throw .damaged(format, reason: "its size is not told")
        }
        let limit = budget.limits.imagePixels
        guard size.points <= limit else {
            throw .imageTooLarge(width: size.width, height: size.height, limit: limit)
        }
        let pages = ImageHeader.pages(of: bytes, format)
        try budget.takeScannedPages(pages)
        let text = try TextDecoder.made(TextRecognition(tools: tools).text(of: bytes, pages: pages, budget))
        return ConvertedDocument(
            utf8: text.utf8, format: format, warnings: text.warnings + [.recognised(Array(1...pages))],
            hasFormFeeds: true)
    }
}
