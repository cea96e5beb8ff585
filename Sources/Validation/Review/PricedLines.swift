import Deliberations

/// Table lines with a quantity, by the post that their label names.
struct PricedLines {
    struct Line {
        var pointer: String
        /// The label before its first bracket, folded.
        var post: FoldedName
        /// The label before its first bracket.
        var label: String
        var quantity: Int
        var cents: Int
    }

    let lines: [Line]

    init(_ extract: Extract) {
        lines = (extract.budgetTables ?? []).enumerated().flatMap { index, table in
            table.rows.enumerated().compactMap { rowIndex, row -> Line? in
                guard row.level == .line, let quantity = row.quantity, quantity > 0 else { return nil }
                let label = Self.post(row.label)
                return Line(
                    pointer: "/budgetTables/\(index)/rows/\(rowIndex)", post: FoldedName(label), label: label,
                    quantity: quantity, cents: row.amount.cents)
            }
        }
    }

    /// The lines of each post that stands on two lines or more, in the order of the document.
    var repeatedPosts: [[Line]] {
        var posts: [[Line]] = []
        var positions: [FoldedName: Int] = [:]
        for line in lines {
            if let position = positions[line.post] {
                posts[position].append(line)
            } else {
                positions[line.post] = posts.count
                posts.append([line])
            }
        }
        return posts.filter { $0.count > 1 }
    }

    /// The label before its first bracket, without spaces at its end.
    private static func post(_ label: String) -> String {
        var bytes = label.utf8.prefix { $0 != UInt8(ascii: "(") }
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
