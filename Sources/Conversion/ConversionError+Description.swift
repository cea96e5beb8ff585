extension ConversionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty:
            "the document has no bytes; push the file again once it is written completely"
        case .onlyWhiteSpace:
            "the document holds nothing that can be read; scan it again, or push its text"
        case .binary(let offset):
            "the document is no text: byte \(offset) is a control character that no text holds; "
                + "push plain text in UTF-8, UTF-16 with its byte order mark, or Windows-1252"
        case .unsupportedFormat(let format):
            "the document is \(format.name) (\(format.mediaType)), which this version does not read; \(format.cure)"
        case .damagedUTF16(let offset):
            "the document begins as UTF-16 text and is damaged at byte \(offset); save it again as UTF-8"
        case .damaged(let format, let reason):
            "\(format.name) that is truncated or damaged (\(reason.bounded)); open it, save it again and push that"
        case .encrypted(let format):
            "\(format.name) that wants a password; save it without one and push that"
        case .noPages:
            "a PDF without pages; push the file again once it is written completely"
        case .nothingInside(let format):
            "\(format.name) without a document that can be read; push the document itself"
        case .unreadableInside(let name, let reason):
            "\(name.bounded): \(reason)"
        default: limitDescription ?? hostDescription
        }
    }

    /// What it says when the document asks for too much.
    private var limitDescription: String? {
        switch self {
        case .tooLarge(let bytes, let limit):
            "the document has \(bytes) bytes and the limit is \(limit); split it, or raise limits.document"
        case .tooManyPages(let limit):
            "a PDF of more than \(limit) pages; split it, or raise conversion.pages"
        case .tooManyScannedPages(let limit):
            "more than \(limit) scanned pages; recognise their text before (ocrmypdf -l fra), split the document, "
                + "or raise conversion.scannedPages"
        case .imageTooLarge(let width, let height, let limit):
            "an image of \(width) by \(height) points, and the limit is \(limit) points; scan it at 300 dpi"
        case .tooMuchText(let limit):
            "more than \(limit) bytes of text; split the document, or raise conversion.text"
        case .tooManyFiles(let limit):
            "more than \(limit) files inside; push them one by one, or raise conversion.archiveFiles"
        case .archiveTooLarge(let limit):
            "its files have more than \(limit) bytes; push them one by one, or raise conversion.archiveBytes"
        case .nestedTooDeep(let limit):
            "archives or e-mails lie in each other more than \(limit) deep; push the document itself"
        case .tooMuchWork(let tool, let seconds):
            "\(tool.rawValue) had not read it after \(seconds) s of work; save it anew, or raise conversion.processorTime"
        case .tooMuchMemory(let tool, let bytes):
            "\(tool.rawValue) wants more than \(bytes) bytes of memory; save it anew, or raise conversion.memory"
        case .toolCrashed(let tool, let signal):
            "\(tool.rawValue) crashed on it (signal \(signal)); open it, save it again and push that"
        default: nil
        }
    }

    /// What it says when this host is to be mended.
    private var hostDescription: String {
        switch self {
        case .missingTool(let tool):
            "this host lacks \(tool.rawValue), which reads \(tool.purpose); apt-get install \(tool.debianPackage)"
        case .noSandbox(let cure):
            "no tool runs without a sandbox here (conversion.sandbox: required): \(cure)"
        case .toolNotStarted(let tool, let reason):
            "\(tool.rawValue) did not run to its end: \(reason.bounded); look at this host's memory and limits"
        case .outOfTime(let tool, let seconds):
            "\(tool.rawValue) was not done after \(seconds) s by the clock; this host has too much to do, "
                + "or raise conversion.time"
        case .noRoom(let reason):
            "no room for the document's copy: \(reason.bounded); make room, or set TMPDIR"
        default: code
        }
    }
}

extension String {
    /// Without characters that move a terminal's cursor or turn the direction of writing: names come from strangers.
    var printable: String {
        let isPlain = unicodeScalars.allSatisfy { !$0.isControlling }
        return isPlain
            ? self : String(String.UnicodeScalarView(unicodeScalars.map { $0.isControlling ? "\u{FFFD}" : $0 }))
    }

    /// At most 100 characters on one line: messages of tools can be long.
    var bounded: String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 100 ? line.prefix(99) + "…" : line
    }
}

extension Unicode.Scalar {
    /// Whether it is a control, or a mark of direction (Unicode, general categories Cc and Cf).
    fileprivate var isControlling: Bool {
        properties.generalCategory == .control || properties.generalCategory == .format
    }
}
