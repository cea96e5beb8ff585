import Deliberations

/// The encoding of an HTML page: as its bytes show; where they are no UTF-8, as its `charset` says.
enum PageEncoding {
    static func decode(_ bytes: [UInt8]) throws(ConversionError) -> TextDecoder.Decoded {
        var decoded = try TextDecoder.decode(bytes)
        guard decoded.warnings.contains(where: { $0.code == "windows-1252" }) else { return decoded }
        switch declared(in: bytes) {
        case "iso-8859-15", "latin9", "latin-9":
            decoded.utf8 = OtherEncodings.latin9(bytes)
            decoded.warnings = []
        case "iso-8859-1", "windows-1252", "latin1", "us-ascii", "cp1252": decoded.warnings = []
        default: break
        }
        return decoded
    }

    /// What stands after `charset=` near the page's beginning, in small letters, or nothing.
    private static func declared(in bytes: [UInt8]) -> String {
        let head = String(decoding: bytes.prefix(4_096).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        guard let label = head.firstRange(of: "charset=") else { return "" }
        return String(head[label.upperBound...].drop { "\"' ".contains($0) }.prefix { !"\"' ;>/".contains($0) })
    }
}

extension ReadingWarning {
    /// The warning without its range, for a text that was written anew.
    var withoutPlace: ReadingWarning { ReadingWarning(code: code, message: message) }
}
