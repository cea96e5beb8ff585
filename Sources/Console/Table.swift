/// A table for people: columns as wide as their widest cell, numbers to the right.
public struct Table {
    /// How a column stands.
    public enum Alignment: Sendable {
        case left
        case right
    }

    private let headings: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    /// A table with these headings.
    public init(_ headings: [(String, Alignment)]) {
        self.headings = headings.map { (title: $0.0, alignment: $0.1) }
    }

    /// Adds a row, which has a cell for each heading.
    public mutating func add(_ cells: [String]) {
        rows.append(cells.map { $0.replacing("\n", with: " ") })
    }

    /// Whether there is no row.
    public var isEmpty: Bool { rows.isEmpty }

    /// The table as lines of text, the headings first.
    public var text: String {
        let all = [headings.map(\.title)] + rows
        let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let lines = all.map { row in
            let cells = headings.indices.map { column in
                Self.padded(row[column], to: widths[column], headings[column].alignment)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.joined(separator: "\n")
    }

    private static func padded(_ cell: String, to width: Int, _ alignment: Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - cell.count))
        return alignment == .left ? cell + space : space + cell
    }
}
