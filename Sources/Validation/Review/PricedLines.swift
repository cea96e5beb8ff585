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

    /// The lines of each post that stands on two lines or more, in the order of the document. A label that says more
    /// ("Groupes de travail et réunions") is of the post that it begins with, if that stands alone on another line.
    var repeatedPosts: [[Line]] {
        var positions: [FoldedName: Int] = [:]
        positions.reserveCapacity(lines.count)
        for (index, line) in lines.enumerated() where positions[line.post] == nil { positions[line.post] = index }
        var groups: [Int: [Line]] = [:]
        for line in lines {
            let post = Self.beginning(line.post).flatMap { positions[$0] } ?? positions[line.post]
            if let post { groups[post, default: []].append(line) }
        }
        return groups.filter { $0.value.count > 1 }.map(\.value).sorted {
            ($0[0].table, $0[0].row) < ($1[0].table, $1[0].row)
        }
    }

    /// The words before the first "et" of a folded label, three or more.
    private static func beginning(_ post: FoldedName) -> FoldedName? {
        guard LatinFolding.contains(post.bytes, " ET") else { return nil }
        let words = post.words
        guard let joint = words.firstIndex(where: { $0.elementsEqual("ET".utf8) }), joint >= 3 else { return nil }
        return FoldedName(folded: post.bytes[..<words[joint - 1].endIndex])
    }

    /// The label before its first bracket, without spaces at its end.
    private static func post(_ label: String) -> Substring {
        var label = label
        let length = label.withUTF8 { bytes in
            var end = bytes.firstIndex(of: UInt8(ascii: "(")) ?? bytes.count
            while end > 0, bytes[end - 1] == LatinFolding.space { end -= 1 }
            return end
        }
        return label[..<label.utf8.index(label.startIndex, offsetBy: length)]
    }
}
