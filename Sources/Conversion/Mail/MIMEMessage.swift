/// A message or a part of one (RFC 5322, RFC 2045, RFC 2046).
struct MIMEMessage {
    private let header: MIMEHeader
    private let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        header = MIMEHeader(bytes)
        body = bytes[header.end...]
    }

    /// Its media type in small letters; text unless it says.
    var mediaType: String {
        let type = header["content-type"]?.value.lowercased() ?? ""
        return type.contains("/") ? type : "text/plain"
    }

    /// The name of the file that it is, if it says.
    var name: String? {
        header["content-disposition"]?.parameters["filename"] ?? header["content-type"]?.parameters["name"]
    }

    /// Whether it is text to be shown.
    var isText: Bool { mediaType == "text/plain" || mediaType == "text/html" }

    /// The encoding that its text is declared to have.
    var charset: String? { header["content-type"]?.parameters["charset"] }

    /// Whether it is a document in its own right: attached by its word, named, or of a type that no program shows in the
    /// message. Pictures in the text, signatures of the message and visiting cards are none.
    var isAttachment: Bool {
        let isAttached = header["content-disposition"]?.value.lowercased() == "attachment"
        if Self.seals.contains(mediaType) || mediaType.hasPrefix("multipart/") { return false }
        if mediaType.hasPrefix("image/") { return isAttached }
        return isAttached || !mediaType.hasPrefix("text/") || (name != nil && !isText)
    }

    private static let seals: Set<String> = [
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar",
        "text/vcard", "text/x-vcard", "application/ms-tnef", "message/delivery-status",
        "message/disposition-notification",
    ]

    /// Its content without transfer encoding.
    var content: [UInt8] {
        switch header["content-transfer-encoding"]?.value.lowercased() {
        case "base64": TransferDecoding.base64(body)
        case "quoted-printable": TransferDecoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The parts that have no parts, in their order.
    /// - Throws: ``ConversionError/nestedTooDeep(limit:)`` or ``ConversionError/tooManyFiles(limit:)``.
    func leaves(_ limits: ConversionLimits, depth: Int = 0) throws(ConversionError) -> [MIMEMessage] {
        guard mediaType.hasPrefix("multipart/"), let boundary = header["content-type"]?.parameters["boundary"] else {
            return [self]
        }
        guard depth < Self.deepest else { throw .nestedTooDeep(limit: Self.deepest) }
        var leaves: [MIMEMessage] = []
        for part in parts(between: boundary, most: limits.archiveFiles) {
            leaves += try MIMEMessage(part).leaves(limits, depth: depth + 1)
            guard leaves.count <= limits.archiveFiles else { throw .tooManyFiles(limit: limits.archiveFiles) }
        }
        return leaves
    }

    private static let deepest = 8

    /// What stands between the boundary's lines (RFC 2046, section 5.1.1); an end that is missing is where the body ends.
    private func parts(between boundary: String, most: Int) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var line = body.startIndex
        while line < body.endIndex, parts.count <= most {
            let lineEnd = body[line...].firstIndex(of: 0x0A).map { $0 + 1 } ?? body.endIndex
            let text = body[line..<lineEnd]
            if text.starts(with: mark), let isLast = Self.isLast(text.dropFirst(mark.count)) {
                if let start { parts.append(body[start..<Self.endOfText(body, start, line)]) }
                start = isLast ? nil : lineEnd
                if isLast { break }
            }
            line = lineEnd
        }
        if let start { parts.append(body[start...]) }
        return parts
    }

    /// Whether a boundary is the last, by what follows it on its line; nil if it is no boundary but begins like one.
    private static func isLast(_ rest: ArraySlice<UInt8>) -> Bool? {
        let isLast = rest.starts(with: [0x2D, 0x2D])
        let blanks = rest.dropFirst(isLast ? 2 : 0)
        return blanks.allSatisfy { $0 <= 0x20 } ? isLast : nil
    }

    /// The line end before a boundary belongs to the boundary.
    private static func endOfText(_ body: ArraySlice<UInt8>, _ start: Int, _ line: Int) -> Int {
        var end = line
        if end > start, body[end - 1] == 0x0A { end -= 1 }
        if end > start, body[end - 1] == 0x0D { end -= 1 }
        return end
    }
}
