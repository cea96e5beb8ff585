import PostgreSQL

/// Everything that PostgreSQL wants differently from the plain SQL of the stores: numbered placeholders, texts that sort by
/// their bytes, a LIKE that takes ASCII letters of either case for the same and knows no escape, as SQLite's does.
enum PostgreSQLDialect {
    /// A statement of a schema in PostgreSQL's words. Without its collation a text would sort as the database's locale has it.
    static func translate(migration sql: String) -> String {
        var parser = SQLText(sql)
        return parser.rewritten { word in word == "TEXT" ? "TEXT COLLATE \"C\"" : nil }
    }

    /// A statement with `?` for its values in PostgreSQL's words.
    static func translate(_ sql: String) -> String {
        var parser = SQLText(sql)
        return parser.rewritten { word in word == "LIKE" ? "ILIKE" : nil }
    }

    /// What the words of a row are as PostgreSQL looks them up (PostgreSQL 15, 12.2.2); the expression of the index.
    static let textVector = "to_tsvector('simple', words)"

    /// An index of words. `simple` takes each word as it is.
    static func textIndex(_ name: String) -> [String] {
        [
            "CREATE TABLE \(name) (rowid BIGINT PRIMARY KEY, words TEXT COLLATE \"C\" NOT NULL)",
            "CREATE INDEX \(name)_vector ON \(name) USING gin (\(textVector))",
        ]
    }

    /// Words as `to_tsquery` asks for rows that have all of them, each at least as the beginning of a word. A word in quotes
    /// is a string and never an operator.
    static func textQuestion(_ words: [String]) -> String {
        words.map { "'\($0.replacing("\\", with: "\\\\").replacing("'", with: "''"))':*" }.joined(separator: " & ")
    }

    /// Whether a statement only reads: then a cursor can run over it.
    static func isQuery(_ sql: String) -> Bool {
        sql.drop { $0.isWhitespace }.hasPrefix("SELECT")
    }
}

/// The text of a statement, read as words, literals and placeholders.
private struct SQLText {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var placeholders = 0

    init(_ sql: String) {
        bytes = Array(sql.utf8)
        output.reserveCapacity(bytes.count + 32)
    }

    /// The statement with numbered placeholders and with those words replaced for which there is another.
    mutating func rewritten(_ replacement: (String) -> String?) -> String {
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): position = copyLiteral(from: position)
            case UInt8(ascii: "?"):
                position += 1
                copyPlaceholder(before: position)
            case let byte where Self.isWord(byte): position = copyWord(from: position, replacement)
            default:
                output.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A pattern knows no escape unless the statement says which.
    private mutating func copyPlaceholder(before end: Int) {
        let isPattern = output.last == UInt8(ascii: " ") && output.dropLast().suffix(5) == Array("ILIKE".utf8)[...]
        placeholders += 1
        output += Array("$\(placeholders)".utf8)
        let next = bytes[end...].drop { $0 == UInt8(ascii: " ") }
        if isPattern, !next.starts(with: Array("ESCAPE".utf8)) { output += Array(" ESCAPE ''".utf8) }
    }

    /// A doubled quote within a literal ends it and begins the next one, which comes to the same.
    private mutating func copyLiteral(from start: Int) -> Int {
        let end = bytes[(start + 1)...].firstIndex(of: bytes[start]) ?? bytes.count - 1
        output += bytes[start...end]
        return end + 1
    }

    private mutating func copyWord(from start: Int, _ replacement: (String) -> String?) -> Int {
        let end = bytes[start...].firstIndex { !Self.isWord($0) } ?? bytes.count
        let word = bytes[start..<end]
        if let other = replacement(String(decoding: word, as: UTF8.self)) {
            output += Array(other.utf8)
        } else {
            output += word
        }
        return end
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: byte >= 0x80
        }
    }
}

extension SQLValue {
    /// The value as PostgreSQL's client takes it.
    var postgreSQL: PostgreSQLValue {
        switch self {
        case .null: .null
        case .integer(let value): .integer(value)
        case .double(let value): .double(value)
        case .text(let value): .text(value)
        case .blob(let value): .blob(value)
        }
    }

    init(_ value: PostgreSQLValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let value): .integer(value)
            case .double(let value): .double(value)
            case .text(let value): .text(value)
            case .blob(let value): .blob(value)
            }
    }
}

extension StorageError {
    /// The typed form of what PostgreSQL reports (SQLSTATEs: PostgreSQL 15, appendix A).
    init(_ error: PostgreSQLError, server: String) {
        switch error {
        case .unusableAddress(let reason): self = .unusableAddress(reason: reason)
        case .unreachable(_, let message), .lost(let message):
            self = .unreachable(server: server, message: message)
        case .closed: self = .closed(reason: "it was closed")
        case .refused(let code, let message, let sql):
            switch code {
            case "53100": self = .diskFull(path: server)
            case "40001", "40P01", "55P03": self = .busy(path: server)
            case "XX001", "XX002": self = .damagedDatabase(path: server, message: message)
            case "58030": self = .inputOutput(operation: "a database operation (\(message))", path: server, errno: 0)
            case _ where error.isLoss: self = .unreachable(server: server, message: message)
            default: self = .statement(message: "\(message) [\(code)]", sql: sql)
            }
        }
    }
}
