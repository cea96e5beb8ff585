import Deliberations

/// Lines of the same label have the same amount a unit.
struct UnitPrices: DocumentRule {
    let description = RuleDescription(
        "table-unit-price", .info, "Un même poste a un même prix unitaire.", scope: "tableaux avec quantités")

    func check(_ review: Review) -> Verdict {
        let repeated = review.pricedLines.repeatedPosts
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
        let lines = review.pricedLines.lines
        if lines.count < 2 { return .notApplicable("aucun tableau avec quantités") }
        var remarks: [Remark] = []
        var seen: Set<FoldedName> = []
        for (index, line) in lines.enumerated() where seen.insert(line.post).inserted && line.post.bytes.count >= 10 {
            let near = lines[(index + 1)...].first { other in
                other.post.bytes.count >= 10 && abs(other.post.bytes.count - line.post.bytes.count) <= 3
                    && other.post != line.post
                    && EditDistance.between(line.post.bytes, other.post.bytes, atMost: 3) != nil
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
