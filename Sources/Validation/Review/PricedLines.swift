import Deliberations

/// Table lines with a quantity, by the post that their label names.
struct PricedLines {
    struct Line {
        var table: Int
        var row: Int
        /// The label before its first bracket, folded.
        var post: FoldedName
        /// The whole label.
        var written: String
        var quantity: Int
        var cents: Int

        var pointer: String { "/budgetTables/\(table)/rows/\(row)" }
        /// The label before its first bracket.
        var label: String { String(PricedLines.post(written)) }
    }

    let lines: [Line]

    init(_ extract: Extract) {
        lines = (extract.budgetTables ?? []).enumerated().flatMap { index, table in
            table.rows.enumerated().compactMap { rowIndex, row -> Line? in
                guard row.level == .line, let quantity = row.quantity, quantity > 0 else { return nil }
                return Line(
                    table: index, row: rowIndex, post: FoldedName(Self.post(row.label)), written: row.label,
                    quantity: quantity, cents: row.amount.cents)
            }
        }
    }

    /// The lines of each post that stands on two lines or more, in the order of the document.
    var repeatedPosts: [[Line]] {
        var positions: [FoldedName: Int] = [:]
        positions.reserveCapacity(lines.count)
        var repeated: [Int: [Line]] = [:]
        for (index, line) in lines.enumerated() {
            if let first = positions[line.post] {
                repeated[first, default: [lines[first]]].append(line)
            } else {
                positions[line.post] = index
            }
        }
        return repeated.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The label before its first bracket, without spaces at its end.
    private static func post(_ label: String) -> Substring {
        var bytes = label.utf8.prefix { $0 != UInt8(ascii: "(") }
        while bytes.last == 0x20 { bytes.removeLast() }
        return Substring(bytes)
    }
}
