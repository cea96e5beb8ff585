/// Why a document's bytes do not become text. Each says what a person can do about it.
public enum ConversionError: Error, Hashable, Sendable {
    /// The document has no bytes.
    case empty
    /// The document holds nothing but white space.
    case onlyWhiteSpace
    /// The document is larger than the limit, both in bytes.
    case tooLarge(bytes: Int, limit: Int)
    /// The bytes are no text: the offset, in the decoded text, of the first control character that no text holds.
    case binary(offset: Int)
    /// A format that is known but not read.
    case unsupportedFormat(DocumentFormat)
    /// UTF-16 text that breaks off or pairs its surrogates wrongly at this offset.
    case damagedUTF16(offset: Int)

    /// A stable word for scripts, in kebab case.
    public var code: String {
        switch self {
        case .empty: "empty-document"
        case .onlyWhiteSpace: "blank-document"
        case .tooLarge: "too-large"
        case .binary: "binary-document"
        case .unsupportedFormat: "unsupported-format"
        case .damagedUTF16: "damaged-utf-16"
        }
    }
}

extension ConversionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty:
            "the document has no bytes; push the file again once it is written completely"
        case .onlyWhiteSpace:
            "the document holds nothing but white space; if it is a scan, push the result of its text recognition"
        case .tooLarge(let bytes, let limit):
            "the document has \(bytes) bytes and the limit is \(limit); split it, or raise the limit in the configuration"
        case .binary(let offset):
            "the document is no text: byte \(offset) is a control character that no text holds; "
                + "push plain text in UTF-8, UTF-16 with its byte order mark, or Windows-1252"
        case .unsupportedFormat(let format):
            "the document is \(format.name) (\(format.mediaType)), which this version does not read; \(format.cure)"
        case .damagedUTF16(let offset):
            "the document begins as UTF-16 text and is damaged at byte \(offset); save it again as UTF-8"
        }
    }
}
