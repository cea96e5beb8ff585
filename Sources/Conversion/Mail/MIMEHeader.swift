/// The header of a message or a part: the fields that say what its body is.
struct MIMEHeader {
    /// A field: its value, and its parameters by their names in small letters.
    struct Field {
        var value: String
        var parameters: [String: String]
    }

    /// Where the body starts.
    let end: Int
    private let fields: [String: Field]

    private static let wanted: Set<String> = ["content-type", "content-disposition", "content-transfer-encoding"]
    /// Longer headers are cut off here: what says what the body is stands in the first lines.
    private static let mostLines = 2_000
    private static let longestField = 16_384

    init(_ bytes: ArraySlice<UInt8>) {
        var line = bytes.startIndex
        var field: [UInt8] = []
        var count = 0
        var fields: [String: Field] = [:]
        while line < bytes.endIndex {
            let lineEnd = bytes[line...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.endIndex
            let text = bytes[line..<lineEnd].filter { $0 != 0x0D && $0 != 0x0A }
            line = lineEnd
            if text.isEmpty { break }
            count += 1
            guard count <= Self.mostLines else { continue }
            if text[0] == 0x20 || text[0] == 0x09 {
                if field.count < Self.longestField { field += text }
            } else {
                Self.note(field, in: &fields)
                field = text
            }
        }
        Self.note(field, in: &fields)
        end = line
        self.fields = fields
    }

    subscript(_ name: String) -> Field? { fields[name] }

    private static func note(_ bytes: [UInt8], in fields: inout [String: Field]) {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        guard wanted.contains(name), fields[name] == nil else { return }
        fields[name] = field(String(decoding: bytes[(colon + 1)...].prefix(longestField), as: UTF8.self))
    }

    private static func field(_ text: String) -> Field {
        var pieces = pieces(of: text)
        let value = pieces.isEmpty ? "" : pieces.removeFirst()
        var parameters: [String: String] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = String(piece[..<equals].trimmed).lowercased()
            let value = String(piece[piece.index(after: equals)...].trimmed)
            note(name, value, &parameters)
        }
        return Field(value: String(value.trimmed), parameters: parameters)
    }

    /// Pieces between semicolons that stand outside of quotes; quotes and their backslashes go.
    private static func pieces(of text: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                isEscaped = false
                pieces[pieces.count - 1].append(character)
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        return pieces
    }

    /// A parameter may be encoded (`filename*=UTF-8''…`) and cut into pieces (`filename*0=`): RFC 2231, sections 3 and 4.
    private static func note(_ name: String, _ value: String, _ parameters: inout [String: String]) {
        guard let star = name.firstIndex(of: "*") else {
            parameters[name] = EncodedWords.decoded(value)
            return
        }
        let plain = String(name[..<star])
        let isFirst = name.dropFirst(plain.count).allSatisfy { "*0".contains($0) }
        let text = name.hasSuffix("*") ? percentDecoded(value, isFirst: isFirst) : value
        parameters[plain] = isFirst ? text : parameters[plain, default: ""] + text
    }

    private static func percentDecoded(_ value: String, isFirst: Bool) -> String {
        let quotes = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let encoded = isFirst && quotes.count == 3 ? quotes[2] : Substring(value)
        let bytes = TransferDecoding.escaped(Array(encoded.utf8)[...], by: UInt8(ascii: "%"))
        let isLatin = isFirst && quotes.count == 3 && quotes[0].lowercased().hasPrefix("iso-8859-1")
        return String(decoding: isLatin ? OtherEncodings.windows1252(bytes) : bytes, as: UTF8.self)
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    fileprivate var trimmed: SubSequence {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...last]
    }
}
