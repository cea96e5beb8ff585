/// Plain text, Markdown and HTML: no tool is needed.
struct TextConversion {
    let format: DocumentFormat
    /// The encoding that the e-mail around it declares.
    var charset: String?
    /// The most bytes of the text of a page, whose tables can ask for more than it has itself.
    var textBytes = ConversionLimits().textBytes

    func convert(_ bytes: [UInt8]) throws(ConversionError) -> ConvertedDocument {
        guard format == .html else {
            let decoded = try TextDecoder.decode(bytes, charset: charset)
            return ConvertedDocument(
                utf8: decoded.utf8, format: format, warnings: decoded.warnings, hasFormFeeds: decoded.hasFormFeeds)
        }
        let decoded = try TextDecoder.decode(bytes, charset: charset ?? PageEncoding.declared(in: bytes))
        let text = try TextDecoder.checked(PageText.text(ofPage: decoded.utf8, limit: textBytes))
        return ConvertedDocument(
            utf8: text.utf8, format: format, warnings: decoded.warnings.map { $0.withoutPlace }, hasFormFeeds: false)
    }
}
