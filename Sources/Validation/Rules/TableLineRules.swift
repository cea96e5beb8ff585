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

/// Labels at a distance of three or less are the same post written in two ways; so are labels of the same four words
/// or more, in whatever order, of which one says a word more.
struct LabelVariants: DocumentRule {
    let description = RuleDescription(
        "table-label-variants", .info, "Un même poste est écrit de la même façon.", scope: "tableaux avec quantités")

    private static let shortest = 10
    private static let fewestWords = 4

    func check(_ review: Review) -> Verdict {
        let lines = review.pricedLines.lines
        if lines.count < 2 { return .notApplicable("aucun tableau avec quantités") }
        var distinct: [PricedLines.Line] = []
        var seen: Set<FoldedName> = []
        for line in lines where line.post.bytes.count >= Self.shortest && seen.insert(line.post).inserted {
            distinct.append(line)
        }
        let words = distinct.map(\.post.words)
        var grouped: Set<Int> = []
        var remarks: [Remark] = []
        for (index, line) in distinct.enumerated() where grouped.insert(index).inserted {
            let others = (index + 1..<distinct.count).filter { other in
                !grouped.contains(other)
                    && (Self.areNear(line, distinct[other]) || Self.saySame(words[index], words[other]))
            }
            guard !others.isEmpty else { continue }
            grouped.formUnion(others)
            let forms = [line] + others.map { distinct[$0] }
            remarks.append(
                Remark(
                    "Libellés proches\u{A0}: \(forms.map { French.quoted($0.label) }.joined(separator: " / ")).",
                    forms.map { .fact($0.pointer) }))
        }
        return .remarksOrOK(remarks)
    }

    private static func areNear(_ line: PricedLines.Line, _ other: PricedLines.Line) -> Bool {
        abs(line.post.bytes.count - other.post.bytes.count) <= 3
            && EditDistance.between(line.post.bytes, other.post.bytes, atMost: 3) != nil
    }

    /// Whether all words but at most one of the longer label are those of the other, give or take an ending.
    private static func saySame(_ words: [ArraySlice<UInt8>], _ others: [ArraySlice<UInt8>]) -> Bool {
        let (less, more) = words.count <= others.count ? (words, others) : (others, words)
        guard less.count >= fewestWords, more.count - less.count <= 1 else { return false }
        var rest = more
        for word in less {
            guard let near = rest.firstIndex(where: { $0 == word || isInflected(word, $0) }) else { return false }
            rest.remove(at: near)
        }
        return true
    }

    /// "CHARGE" and "CHARGEE": a word of five letters or more, and an ending of one letter more or less.
    private static func isInflected(_ word: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        word.count > 4 && abs(word.count - other.count) == 1 && (word.starts(with: other) || other.starts(with: word))
    }
}
