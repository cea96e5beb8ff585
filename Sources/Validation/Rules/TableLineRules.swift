import Deliberations

/// Lines with a quantity, by the post that their label names.
private struct PricedLines {
    struct Line {
        var pointer: String
        var post: [UInt8]
        var label: String
        var quantity: Int
        var cents: Int
    }

    let lines: [Line]

    init(_ review: Review) {
        lines = (review.extract.budgetTables ?? []).enumerated().flatMap { index, table in
            table.rows.enumerated().compactMap { rowIndex, row -> Line? in
                guard row.level == .line, let quantity = row.quantity, quantity > 0 else { return nil }
                let label = row.label.prefix { $0 != "(" }
                return Line(
                    pointer: "/budgetTables/\(index)/rows/\(rowIndex)", post: LatinFolding.fold(String(label)),
                    label: label.trimmed, quantity: quantity, cents: row.amount.cents)
            }
        }
    }

    /// The lines of each post that stands on two lines or more, in the order of the document.
    var repeatedPosts: [[Line]] {
        var order: [[UInt8]] = []
        var byPost: [[UInt8]: [Line]] = [:]
        for line in lines {
            if byPost[line.post] == nil { order.append(line.post) }
            byPost[line.post, default: []].append(line)
        }
        return order.compactMap { byPost[$0] }.filter { $0.count > 1 }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var result = self
        while result.last?.isWhitespace == true { result.removeLast() }
        return String(result)
    }
}

/// Lines of the same label have the same amount a unit.
struct UnitPrices: DocumentRule {
    let description = RuleDescription(
        "table-unit-price", .info, "Un même poste a un même prix unitaire.", scope: "tableaux avec quantités")

    func check(_ review: Review) -> Verdict {
        let repeated = PricedLines(review).repeatedPosts
        if repeated.isEmpty { return .notApplicable("aucun poste répété avec quantité") }
        return .remarksOrOK(
            repeated.compactMap { lines in
                let first = lines[0]
                if lines.allSatisfy({ $0.cents * first.quantity == first.cents * $0.quantity }) { return nil }
                let prices = lines.map { French.money($0.cents / $0.quantity) }
                return Remark(
                    "\(French.quoted(first.label))\u{A0}: prix unitaires \(French.list(prices)).",
                    computed: lines.map { "\(French.money($0.cents)) / \($0.quantity)" }.joined(separator: ", "),
                    lines.map { .fact($0.pointer) })
            })
    }
}

/// Labels at a distance of three or less are the same post written in two ways.
struct LabelVariants: DocumentRule {
    let description = RuleDescription(
        "table-label-variants", .info, "Un même poste est écrit de la même façon.", scope: "tableaux avec quantités")

    func check(_ review: Review) -> Verdict {
        let lines = PricedLines(review).lines
        if lines.count < 2 { return .notApplicable("aucun tableau avec quantités") }
        var remarks: [Remark] = []
        var seen: Set<[UInt8]> = []
        for (index, line) in lines.enumerated() where seen.insert(line.post).inserted && line.post.count >= 10 {
            let near = lines[(index + 1)...].first { other in
                other.post != line.post && other.post.count >= 10
                    && EditDistance.between(line.post, other.post, atMost: 3) != nil
            }
            guard let near else { continue }
            remarks.append(
                Remark(
                    "Libellés proches\u{A0}: \(French.quoted(line.label)) / \(French.quoted(near.label)).",
                    [.fact(line.pointer), .fact(near.pointer)]))
        }
        return .remarksOrOK(remarks)
    }
}
