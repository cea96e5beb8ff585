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
    /// The document is truncated or damaged: what its reader says.
    case damaged(DocumentFormat, reason: String)
    /// The document wants a password.
    case encrypted(DocumentFormat)
    /// A PDF without pages.
    case noPages
    /// A PDF of more pages than the limit.
    case tooManyPages(limit: Int)
    /// More scanned pages than the limit.
    case tooManyScannedPages(limit: Int)
    /// An image of more points than the limit.
    case imageTooLarge(width: Int, height: Int, limit: Int)
    /// A text of more bytes than the limit came out.
    case tooMuchText(limit: Int)
    /// An archive of more files than the limit.
    case tooManyFiles(limit: Int)
    /// An archive whose files have more bytes than the limit.
    case archiveTooLarge(limit: Int)
    /// Archives or e-mails in each other, deeper than the limit.
    case nestedTooDeep(limit: Int)
    /// An archive or an e-mail without a document.
    case nothingInside(DocumentFormat)
    /// None of the documents inside can be read: the first, and why.
    indirect case unreadableInside(name: String, reason: ConversionError)
    /// A tool worked longer than the limit.
    case tooMuchWork(ExternalTool, seconds: Int)
    /// A tool wanted more memory than the limit.
    case tooMuchMemory(ExternalTool, bytes: Int)
    /// A tool was ended by a signal of its own making.
    case toolCrashed(ExternalTool, signal: Int)
    /// This host lacks a tool.
    case missingTool(ExternalTool)
    /// This host has no sandbox, and no tool runs without.
    case noSandbox(cure: String)
    /// This host did not start a tool, or ended it.
    case toolNotStarted(ExternalTool, reason: String)
    /// The tools were not done in time by the clock.
    case outOfTime(ExternalTool, seconds: Int)
    /// This host has no room for the document's copy.
    case noRoom(reason: String)

    /// How a host may be at fault for a document that was not read.
    public enum HostFault: Hashable, Sendable {
        /// It lacks something that only a person, or another host, can give: a tool, room.
        case lacking
        /// It did not read the document in time: it has too much to do, or the document asks for too much.
        case slow
        /// Something went wrong that another attempt may not meet.
        case passing
    }

    /// How this host is at fault, or nil if the document is. On another host, or later, the document may be read.
    public var hostFault: HostFault? {
        switch self {
        case .missingTool, .noSandbox, .noRoom: .lacking
        case .outOfTime: .slow
        case .toolNotStarted: .passing
        case .unreadableInside(_, let reason): reason.hostFault
        default: nil
        }
    }

    /// Whether it is this host's fault and not the document's.
    public var isOfHost: Bool { hostFault != nil }

    /// A stable word for scripts, in kebab case.
    public var code: String {
        switch self {
        case .empty: "empty-document"
        case .onlyWhiteSpace: "blank-document"
        case .tooLarge: "too-large"
        case .binary: "binary-document"
        case .unsupportedFormat: "unsupported-format"
        case .damagedUTF16: "damaged-utf-16"
        case .damaged: "damaged-document"
        case .encrypted: "encrypted-document"
        case .noPages: "no-pages"
        case .tooManyPages: "too-many-pages"
        case .tooManyScannedPages: "too-many-scanned-pages"
        case .imageTooLarge: "image-too-large"
        case .tooMuchText: "too-much-text"
        case .tooManyFiles: "too-many-files"
        case .archiveTooLarge: "archive-too-large"
        case .nestedTooDeep: "nested-too-deep"
        case .nothingInside: "nothing-inside"
        case .unreadableInside(_, let reason): reason.code
        case .tooMuchWork: "too-much-work"
        case .tooMuchMemory: "too-much-memory"
        case .toolCrashed: "tool-crashed"
        case .missingTool: "missing-tool"
        case .noSandbox: "no-sandbox"
        case .toolNotStarted: "tool-not-started"
        case .outOfTime: "out-of-time"
        case .noRoom: "no-room"
        }
    }
}
