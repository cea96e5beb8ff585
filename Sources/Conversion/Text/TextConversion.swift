/// Plain text, Markdown and HTML: no tool is needed.
struct TextConversion {
    let format: DocumentFormat

    func convert(_ bytes: [UInt8]) throws(ConversionError) -> ConvertedDocument {
        let decoded =
            format == .html ? try PageEncoding.decode(bytes) : try TextDecoder.decode(bytes)
        guard format == .html else {
            return ConvertedDocument(
                utf8: decoded.utf8, format: format, warnings: decoded.warnings, hasFormFeeds: decoded.hasFormFeeds)
        }
        return ConvertedDocument(
            utf8: try TextDecoder.checked(PageText.text(ofPage: decoded.utf8)).utf8, format: format,
            warnings: decoded.warnings.map { $0.withoutPlace }, hasFormFeeds: false)
    }
}
