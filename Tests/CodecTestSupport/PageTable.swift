/// A table of a page in Markdown, and the heading that it stands under.
public struct PageTable: Sendable {
    /// The nearest heading above, without its number signs.
    public let heading: String
    /// The names of the columns.
    public let columns: [String]
    /// The cells of each row, without the back quotes around code.
    public let rows: [[String]]

    /// The cells of a column, or nothing if there is none of that name.
    public subscript(column: String) -> [String] {
        guard let index = columns.firstIndex(of: column) else { return [] }
        return rows.map { index < $0.count ? $0[index] : "" }
    }

    /// All tables of a page.
    public static func all(in page: String) -> [PageTable] {
        var tables: [PageTable] = []
        var heading = ""
        var lines: [[String]] = []
        for line in (page + "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("|") {
                lines.append(cells(of: line))
                continue
            }
            if lines.count >= 2 {
                tables.append(PageTable(heading: heading, columns: lines[0], rows: Array(lines[2...])))
            }
            lines = []
            if line.hasPrefix("#") { heading = String(line.drop { $0 == "#" || $0 == " " }) }
        }
        return tables
    }

    private static func cells(of line: Substring) -> [String] {
        line.split(separator: "|").map { cell in
            let text = cell.drop { $0 == " " }
            let end = text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex
            return String(text[..<end]).filter { $0 != "`" }
        }
    }
}
