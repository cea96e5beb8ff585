import Deliberations

/// Turns the bytes of a document into text in UTF-8.
///
/// Texts, HTML and e-mails are read here; every other format by its tool (``ExternalTool``), in a sandbox and within limits.
/// What a document is, its bytes say first, its media type and name second.
public struct Converter: Sendable {
    /// How much a document may ask for.
    public let limits: ConversionLimits
    /// What runs the tools; made when the first document needs one.
    private let tools: @Sendable () -> ToolRunner

    /// A converter with the tools of this host.
    ///
    /// - Parameter requiresSandbox: Whether a tool runs in bubblewrap or not at all.
    public init(limits: ConversionLimits = ConversionLimits(), requiresSandbox: Bool = false) {
        self.limits = limits
        tools = {
            var tools = ToolRunner.standard
            tools.requiresSandbox = requiresSandbox
            return tools
        }
    }

    /// A converter with these tools.
    public init(limits: ConversionLimits = ConversionLimits(), tools: ToolRunner) {
        self.limits = limits
        self.tools = { tools }
    }

    /// The text of a document; of an archive or an e-mail, the texts of the documents in it.
    ///
    /// - Parameters:
    ///   - name: The document's name, whose ending counts where the bytes show no format.
    ///   - mediaType: What the pusher says that it is; it counts before the name.
    public func convert(
        _ bytes: [UInt8], name: String = "", mediaType: String? = nil
    ) throws(ConversionError) -> ConvertedDocument {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.documentBytes else {
            throw .tooLarge(bytes: bytes.count, limit: limits.documentBytes)
        }
        let format = DocumentFormat.detected(in: bytes, name: name, mediaType: mediaType)
        if format.isText { return try convertText(bytes, as: format, charset: nil) }
        var budget = Budget(limits)
        return try convert(bytes, as: format, depth: 0, &budget)
    }

    private func convertText(
        _ bytes: [UInt8], as format: DocumentFormat, charset: String?
    ) throws(ConversionError) -> ConvertedDocument {
        try TextConversion(format: format, charset: charset, textBytes: limits.textBytes).convert(bytes)
    }

    private func convert(
        _ bytes: [UInt8], as format: DocumentFormat, charset: String? = nil, depth: Int, _ budget: inout Budget
    ) throws(ConversionError) -> ConvertedDocument {
        switch format {
        case .plainText, .markdown, .html: try convertText(bytes, as: format, charset: charset)
        case .pdf: try PDFConversion(tools: tools()).convert(bytes, &budget)
        case .png, .jpeg, .tiff: try ImageConversion(tools: tools(), format: format).convert(bytes, &budget)
        case .docx, .odt: try OfficeConversion(tools: tools(), format: format).convert(bytes, budget)
        case .legacyOffice: try LegacyWordConversion(tools: tools()).convert(bytes, budget)
        case .zip:
            try convert(
                ArchiveReading(tools: tools()).members(of: bytes, &budget), of: format, depth: depth, &budget)
        case .email: try convert(EmailReading().members(of: bytes, &budget), of: format, depth: depth, &budget)
        case .rtf, .gzip, .spreadsheet, .presentation: throw .unsupportedFormat(format)
        }
    }

    /// What the members of an archive or an e-mail became.
    private struct Contents {
        var parts: [ConvertedDocument.Part] = []
        var letters: [ConvertedDocument.Part] = []
        var unread: [ConvertedDocument.UnreadPart] = []
    }

    /// The documents among `members`, in one. What is unreadable among readable ones becomes a warning; but what this host
    /// cannot read has to wait for one that can: the same bytes give the same text everywhere.
    private func convert(
        _ members: [Member], of format: DocumentFormat, depth: Int, _ budget: inout Budget
    ) throws(ConversionError) -> ConvertedDocument {
        guard depth < limits.archiveDepth else { throw .nestedTooDeep(limit: limits.archiveDepth) }
        var contents = Contents()
        for member in members {
            do throws(ConversionError) {
                try add(member, to: &contents, depth: depth + 1, &budget)
            } catch {
                guard !error.isOfHost, !error.isOfWhole else { throw error }
                contents.unread.append(.init(name: member.name, reason: error))
            }
        }
        if contents.parts.isEmpty {
            guard !contents.letters.isEmpty else {
                guard let first = contents.unread.first else { throw .nothingInside(format) }
                throw .unreadableInside(name: first.name, reason: first.reason)
            }
            swap(&contents.parts, &contents.letters)
        }
        return ConvertedDocument(
            joining: contents.parts, format: format, letters: contents.letters, unread: contents.unread)
    }

    private func add(
        _ member: Member, to contents: inout Contents, depth: Int, _ budget: inout Budget
    ) throws(ConversionError) {
        guard !member.bytes.isEmpty else { throw .empty }
        let format = DocumentFormat.detected(in: member.bytes, name: member.name, mediaType: member.mediaType)
        let document = try convert(member.bytes, as: format, charset: member.charset, depth: depth, &budget)
        if member.isLetter {
            contents.letters.append(.init(name: member.name, document: document))
        } else if document.parts.isEmpty {
            contents.parts.append(.init(name: member.name, document: document))
        } else {
            contents.parts += document.parts
            contents.letters += document.letters
            contents.unread += document.unread.map { .init(name: "\(member.name)/\($0.name)", reason: $0.reason) }
        }
    }
}

/// A file in an archive or an e-mail.
struct Member {
    /// Its name, at most 200 characters of it, fit to be shown.
    var name: String
    /// What the e-mail says that it is.
    var mediaType: String?
    /// The encoding that the e-mail declares for it.
    var charset: String?
    /// Whether it is what the sender wrote around the attachments.
    var isLetter = false
    var bytes: [UInt8]

    init(name: String, mediaType: String? = nil, bytes: [UInt8]) {
        self.name = String(name.prefix(200)).printable
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

extension ConversionError {
    /// Whether it is the whole archive that asks for too much, and not the member at which it was noticed.
    fileprivate var isOfWhole: Bool {
        switch self {
        case .tooManyScannedPages, .tooManyFiles, .archiveTooLarge, .nestedTooDeep: true
        default: false
        }
    }
}
