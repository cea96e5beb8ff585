import Deliberations

/// Pairs of amounts of which the second restates the first: "soixante-cinq mille euros (65 000 €)".
private struct RestatedAmounts {
    /// Consecutive mentions with nothing but brackets, a currency word, "soit" or "ou" between them.
    static func pairs(_ review: Review) -> [(first: AmountMention, second: AmountMention)] {
        let mentions = review.extract.mentions.amounts.filter { $0.money != nil }
        return zip(mentions, mentions.dropFirst()).filter { first, second in
            first.range.end <= second.range.start && second.range.start - first.range.end <= 14
                && isRestatement(TextRange(first.range.end, second.range.start), review.text)
        }.map { ($0, $1) }
    }

    private static func isRestatement(_ gap: TextRange, _ text: [UInt8]) -> Bool {
        guard gap.end <= text.count else { return false }
        let bytes = text[gap.start..<gap.end]
        guard bytes.contains(UInt8(ascii: "(")) else { return false }
        let words = bytes.withUnsafeBufferPointer { LatinFolding.fold($0) }.split(separator: LatinFolding.space)
        return words.allSatisfy { $0 == Array("EUROS".utf8)[...] || $0 == Array("SOIT".utf8)[...] }
    }

    /// Endings of amounts in thousands or millions, besides the letter alone.
    private static let units = [" KE", "K EUROS", "M EUROS"].map { Array($0.utf8) }

    static func isThousands(_ mention: AmountMention) -> Bool {
        let text = LatinFolding.fold(mention.text)
        return text.last == UInt8(ascii: "K") || text.last == UInt8(ascii: "M")
            || units.contains { text.suffix($0.count).elementsEqual($0) }
    }
}

/// A k€ or M€ amount = the full amount that restates it, to the rounding of its last digit.
struct AmountInThousands: DocumentRule {
    let description = RuleDescription(
        "amount-equal-k", .error, "Un montant en k€ ou M€ est celui qu’il répète en entier.")

    func check(_ review: Review) -> Verdict {
        let pairs = RestatedAmounts.pairs(review).filter {
            RestatedAmounts.isThousands($0.first) != RestatedAmounts.isThousands($0.second)
        }
        if pairs.isEmpty {
            return Self.isRepeatedElsewhere(review) ? .ok : .notApplicable("aucun montant répété en k€")
        }
        return .remarksOrOK(
            pairs.compactMap { first, second in
                guard let left = first.money?.cents, let right = second.money?.cents else { return nil }
                let isMillions = LatinFolding.fold(first.text + second.text).contains(UInt8(ascii: "M"))
                if abs(left - right) <= (isMillions ? 100_000_000 : 100_000) / 2 { return nil }
                return Remark(
                    "\(first.text) et \(second.text) ne concordent pas.",
                    computed: "\(French.money(left)) ≠ \(French.money(right))",
                    [.words(first.range), .words(second.range)])
            })
    }
}

extension AmountInThousands {
    /// Whether an amount in k€ or M€ stands in full somewhere else.
    fileprivate static func isRepeatedElsewhere(_ review: Review) -> Bool {
        let amounts = review.extract.mentions.amounts
        let thousands = Set(amounts.filter(RestatedAmounts.isThousands).compactMap { $0.money?.cents })
        return amounts.contains { mention in
            guard let cents = mention.money?.cents, thousands.contains(cents) else { return false }
            return !RestatedAmounts.isThousands(mention)
        }
    }
}

/// An amount in words = the same amount in digits beside it.
struct AmountInWords: DocumentRule {
    let description = RuleDescription("amount-words", .error, "Un montant en lettres est celui des chiffres.")

    func check(_ review: Review) -> Verdict {
        let pairs = RestatedAmounts.pairs(review).filter { first, second in
            first.inWords != second.inWords && isWhole(first, review.text) && isWhole(second, review.text)
        }
        if pairs.isEmpty { return .notApplicable("aucun montant en lettres et en chiffres") }
        return .remarksOrOK(
            pairs.compactMap { first, second in
                guard let left = first.money?.cents, let right = second.money?.cents, left != right else { return nil }
                return Remark(
                    "\(French.bounded(first.text, 80)) ≠ \(French.bounded(second.text, 80)).",
                    computed: "\(French.money(left)) ≠ \(French.money(right))",
                    [.words(first.range), .words(second.range)])
            })
    }

    /// Whether nothing beside an amount may belong to it: words that go on with "et trois centimes", digits that a line's
    /// end parts from those before it.
    private func isWhole(_ mention: AmountMention, _ text: [UInt8]) -> Bool {
        if mention.inWords {
            var next = mention.range.end
            while next < text.count, text[next] <= 0x20 { next += 1 }
            let isJoined = text[next...].starts(with: Array("et".utf8))
            return !isJoined || next + 2 < text.count && text[next + 2] > 0x20
        }
        var before = mention.range.start
        while before > 0, text[before - 1] <= 0x20 { before -= 1 }
        return before == mention.range.start || before == 0 || !(0x30...0x39).contains(text[before - 1])
    }
}

/// The same amount is never HT in one place and TTC in another.
struct AmountTax: DocumentRule {
    let description = RuleDescription("amount-tax", .warning, "Un même montant n’est pas dit HT puis TTC.")

    func check(_ review: Review) -> Verdict {
        let taxed = review.extract.mentions.amounts.filter { ($0.money?.cents ?? 0) > 0 && $0.money?.tax != nil }
        if taxed.isEmpty { return .notApplicable("aucun montant HT ou TTC") }
        var remarks: [Remark] = []
        var seen: [Int: AmountMention] = [:]
        for mention in taxed {
            guard let money = mention.money else { continue }
            guard let first = seen[money.cents] else {
                seen[money.cents] = mention
                continue
            }
            guard let tax = first.money?.tax, tax != money.tax else { continue }
            let later = money.tax?.rawValue ?? ""
            remarks.append(
                Remark(
                    "Montant \(French.money(money.cents)) dit \(tax.rawValue) puis \(later).",
                    [.words(first.range), .words(mention.range)]))
        }
        return .remarksOrOK(remarks)
    }
}
