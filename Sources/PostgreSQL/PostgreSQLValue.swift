/// A value that a statement binds or a row holds.
public enum PostgreSQLValue: Sendable, Hashable {
    /// SQL's NULL.
    case null
    /// A whole number of any width.
    case integer(Int64)
    /// A floating-point number.
    case double(Double)
    /// A text. PostgreSQL keeps no NUL in it: each is replaced by U+FFFD.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

/// The values of one statement as libpq takes them: one piece of memory, and where in it each value lies.
struct BoundValues {
    private var bytes: [UInt8] = []
    private var places: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [PostgreSQLValue]) {
        places.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: addNull()
            case .integer(let integer): add(String(integer).utf8, isBinary: false)
            case .double(let double): add(String(double).utf8, isBinary: false)
            case .text(let text): add(text: text)
            case .blob(let blob): add(blob, isBinary: true)
            }
        }
    }

    private mutating func add(text: String) {
        let utf8 = text.utf8
        guard utf8.contains(0) else { return add(utf8, isBinary: false) }
        add(text.replacing("\0", with: "\u{FFFD}").utf8, isBinary: false)
    }

    private mutating func add(_ content: some Collection<UInt8>, isBinary: Bool) {
        formats.append(isBinary ? 1 : 0)
        lengths.append(Int32(clamping: content.count))
        places.append(bytes.count)
        bytes.append(contentsOf: content)
        // Texts end with a NUL.
        bytes.append(0)
    }

    private mutating func addNull() {
        formats.append(0)
        lengths.append(0)
        places.append(nil)
    }

    var count: Int32 { Int32(clamping: places.count) }

    /// Lends the arrays that libpq wants; they must not be used after `body` ends.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { memory in
            let start = memory.bindMemory(to: CChar.self).baseAddress
            let pointers = places.map { place in place.flatMap { offset in start.map { $0 + offset } } }
            return body(pointers, lengths, formats)
        }
    }
}
