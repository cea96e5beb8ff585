/// A table of a page: which cell stands in which row and column.
struct PageTable {
    struct Cell {
        var node: Int
        var row: Int
        var column: Int
        var columns: Int
    }

    /// Its cells, row by row.
    private(set) var cells: [Cell] = []
    /// What stands in it outside of rows: its caption.
    private(set) var others: [Int] = []
    /// Whether it only places blocks on the page: it has one column, or tables or whole passages in its cells.
    private(set) var isLayout = false

    private static let mostColumns = 100
    /// A cell with more bytes than this is a passage, to be read by itself.
    private static let passageBytes = 800
    private static let gap = 3
    /// Columns are not made wider than this; a longer cell pushes the next ones to the right.
    private static let widestColumn = 80
    /// No column begins further to the right: a page of few bytes must not become one of many blanks.
    private static let furthestColumn = 400

    init(of table: Int, in tree: PageTree, leavingOut leftOut: Set<Int>) {
        var taken: [Int: Int] = [:]
        var row = 0
        for child in Self.rowsAndOthers(of: table, in: tree, leavingOut: leftOut) {
            guard case .element(.tableRow, _) = tree.nodes[child].content else {
                others.append(child)
                continue
            }
            add(rowOf: child, number: row, in: tree, leavingOut: leftOut, &taken)
            row += 1
        }
        let isSingle = (cells.map { $0.column + $0.columns }.max() ?? 0) < 2
        isLayout = isSingle || cells.contains { Self.isPassage($0.node, in: tree) }
    }

    private mutating func add(
        rowOf node: Int, number row: Int, in tree: PageTree, leavingOut leftOut: Set<Int>, _ taken: inout [Int: Int]
    ) {
        var column = 0
        for child in tree.nodes[node].children where !leftOut.contains(child) {
            guard case .element(.tableCell, let attributes) = tree.nodes[child].content else { continue }
            // A cell of an earlier row may reach down to here.
            while taken[column, default: 0] > row { column += 1 }
            guard column < Self.mostColumns else { return }
            cells.append(Cell(node: child, row: row, column: column, columns: attributes.columns))
            for reached in column..<column + attributes.columns { taken[reached] = row + attributes.rows }
            column += attributes.columns
        }
    }

    /// Rows stand in the table or in its head, bodies and foot, which are passed over as elements.
    private static func rowsAndOthers(of table: Int, in tree: PageTree, leavingOut leftOut: Set<Int>) -> [Int] {
        tree.nodes[table].children.filter { child in
            if case .text(let text) = tree.nodes[child].content { return text.contains { $0 > 0x20 } }
            return !leftOut.contains(child)
        }
    }

    private static func isPassage(_ cell: Int, in tree: PageTree) -> Bool {
        if tree.nodes[cell].textLength > passageBytes { return true }
        return tree.nodes[cell].children.contains { child in
            if case .element(.table, _) = tree.nodes[child].content { return true }
            return false
        }
    }

    /// Its rows as lines in which the columns stand under each other; none after the one that ends past `most` bytes.
    func rows(most: Int, render: (Int) -> [[UInt8]]) -> [[UInt8]] {
        let texts = cells.map { render($0.node) }
        var widths = [Int](repeating: 0, count: (cells.map(\.column).max() ?? 0) + 1)
        for (cell, text) in zip(cells, texts) where cell.columns == 1 {
            let width = text.map(Self.width).max() ?? 0
            widths[cell.column] = max(widths[cell.column], min(width, Self.widestColumn))
        }
        var starts = [0]
        for width in widths {
            let start = starts[starts.count - 1] + (width == 0 ? 0 : width + Self.gap)
            starts.append(min(start, Self.furthestColumn))
        }
        var lines: [[UInt8]] = []
        var index = 0
        var bytes = 0
        while index < cells.count, bytes <= most {
            let end = cells[index...].firstIndex { $0.row != cells[index].row } ?? cells.count
            let row = Self.lines(of: zip(cells[index..<end], texts[index..<end]), starts: starts)
            bytes += row.reduce(0) { $0 + $1.count + 1 }
            lines += row
            index = end
        }
        return lines
    }

    /// The lines of one row: as many as its tallest cell has.
    private static func lines(
        of row: Zip2Sequence<ArraySlice<Cell>, ArraySlice<[[UInt8]]>>, starts: [Int]
    ) -> [[UInt8]] {
        let height = row.map(\.1.count).max() ?? 0
        return (0..<height).map { number in
            var line: [UInt8] = []
            var position = 0
            for (cell, text) in row where number < text.count {
                let space = max(starts[cell.column] - position, position == 0 ? 0 : gap)
                line += [UInt8](repeating: 0x20, count: space) + text[number]
                position += space + width(text[number])
            }
            return line
        }
    }

    /// How many characters a line has.
    private static func width(_ line: [UInt8]) -> Int { line.count { $0 & 0xC0 != 0x80 } }
}
