import Deliberations

/// The encoding that an HTML page says it has.
enum PageEncoding {
    /// What stands after `charset=` near the page's beginning, in small letters, or nil.
    static func declared(in bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(4_096).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        guard let label = head.firstRange(of: "charset=") else { return nil }
        let name = String(head[label.upperBound...].drop { "\"' ".contains($0) }.prefix { !"\"' ;>/".contains($0) })
        // A page whose ASCII letters say that it is UTF-16 is mistaken (HTML, section 13.2.3.3).
        return name.hasPrefix("utf-16") ? nil : name
    }
}

extension ReadingWarning {
    /// The warning without its range, for a text that was written anew.
    var withoutPlace: ReadingWarning { ReadingWarning(code: code, message: message) }
}
