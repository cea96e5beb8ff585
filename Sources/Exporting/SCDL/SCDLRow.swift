/// A row of a table in the format of the Socle commun des données locales: a cell for each column of its schema.
public struct SCDLRow: Hashable, Sendable {
    /// A cell.
    public struct Cell: Hashable, Sendable {
        /// The column.
        public let column: String
        /// What stands in it; nil when nothing says it.
        public let value: String?
        /// Whether the schema requires it.
        public let isRequired: Bool
    }

    /// The cells, in the order of the schema.
    public let cells: [Cell]
    /// The columns that the schema requires and nothing says.
    public var missing: [String] { cells.filter { $0.isRequired && $0.value == nil }.map(\.column) }
    /// The line of the file.
    var line: [UInt8] { CSV.line(cells.map { $0.value ?? "" }) }
}

extension SCDLRow.Cell {
    static func required(_ column: String, _ value: String?) -> Self {
        Self(column: column, value: value?.nonBlank, isRequired: true)
    }

    static func optional(_ column: String, _ value: String?) -> Self {
        Self(column: column, value: value?.nonBlank, isRequired: false)
    }

    static func optional(_ column: String, _ value: Int?) -> Self {
        Self(column: column, value: value.map { "\($0)" }, isRequired: false)
    }
}

extension String {
    /// Itself, unless there is nothing but spaces in it.
    fileprivate var nonBlank: String? {
        unicodeScalars.allSatisfy { $0.properties.isWhitespace } ? nil : self
    }

    /// Its first `count` characters at the most, the last one an ellipsis when something is left out.
    func shortened(to count: Int) -> String {
        self.count > count ? String(prefix(count - 1)) + "…" : self
    }
}
