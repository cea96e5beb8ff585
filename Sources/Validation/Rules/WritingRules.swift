import Deliberations

/// Amounts are written as French typography has them: groups of three, a decimal comma, a space before the sign, and
/// one way of writing thousands.
struct AmountFormat: DocumentRule {
    let description = RuleDescription(
        "amount-format", .info, "Les montants sont écrits selon la typographie française, et d’une seule façon.")

    private static let shown = 6

    func check(_ review: Review) -> Verdict {
        let amounts = review.extract.mentions.amounts.filter { !$0.inWords }
        let cells = TableFigures(review)
        if amounts.isEmpty, cells.isEmpty { return .notApplicable("aucun montant en chiffres") }
        var odd: [AmountMention] = []
        var (small, great): (AmountMention?, AmountMention?)
        for mention in amounts {
            if Self.isOdd(mention.text) { odd.append(mention) }
            if Self.ends(mention.text, with: "k€") { small = small ?? mention }
            if Self.ends(mention.text, with: "K€") { great = great ?? mention }
        }
        if let small, let great { odd += [small, great] }
        var written = odd.map { (text: $0.text, range: $0.range) }
        if let pair = cells.inTwoWays { written += pair }
        if written.isEmpty { return .ok }
        var seen: Set<String> = []
        let distinct = written.filter { seen.insert($0.text).inserted }
        return .remark(
            "Écriture des montants\u{A0}: \(French.list(distinct.map { French.quoted($0.text) }, limit: Self.shown)).",
            distinct.prefix(Self.shown).map { .words($0.range) })
    }

    private static func ends(_ text: String, with unit: String) -> Bool {
        text.utf8.suffix(unit.utf8.count).elementsEqual(unit.utf8)
    }

    /// Five digits or more in a row, a decimal point, or a sign that touches the last digit.
    private static func isOdd(_ text: String) -> Bool {
        var digits = 0
        var afterPoint = 0
        var hasPoint = false
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let isDigit = (0x30...0x39).contains(byte)
            if byte == 0xE2, (0x30...0x39).contains(previous) { return true }
            if isDigit { digits += 1 }
            if digits >= 5 { return true }
            if hasPoint, isDigit { afterPoint += 1 }
            if !isDigit {
                if hasPoint, (1...2).contains(afterPoint) { return true }
                digits = 0
                afterPoint = 0
                hasPoint = byte == UInt8(ascii: ".")
            }
            previous = byte
        }
        return hasPoint && (1...2).contains(afterPoint)
    }
}

/// The figures that end the rows of the tables, as they are written.
struct TableFigures {
    /// The first of four digits or more without a space between thousands, and the first with one.
    private var (solid, grouped): (Figure?, Figure?)

    typealias Figure = (text: String, range: TextRange)

    var isEmpty: Bool { solid == nil && grouped == nil }

    /// One of each writing, where the tables have both.
    var inTwoWays: [Figure]? {
        guard let solid, let grouped else { return nil }
        return [solid, grouped]
    }

    init(_ review: Review) {
        for (index, table) in (review.extract.budgetTables ?? []).enumerated() {
            for (number, row) in table.rows.enumerated() where abs(row.amount.cents) >= 100_000 {
                guard let range = review.rowRanges[index][number],
                    range.end <= review.text.count,
                    let (range, isGrouped) = Self.lastFigure(of: range, in: review.text)
                else { continue }
                let figure = (String(decoding: review.text[range.start..<range.end], as: UTF8.self), range)
                if isGrouped { grouped = grouped ?? figure } else { solid = solid ?? figure }
            }
            if inTwoWays != nil { return }
        }
    }

    /// The digits at the end of `row`, whole euros, with the single spaces between groups of three.
    private static func lastFigure(of row: TextRange, in text: [UInt8]) -> (TextRange, isGrouped: Bool)? {
        var end = row.end
        while end > row.start, text[end - 1] <= 0x20 { end -= 1 }
        var (start, digits, spaces) = (end, 0, 0)
        while start > row.start {
            let byte = text[start - 1]
            if (0x30...0x39).contains(byte) {
                digits += 1
            } else if byte == 0x20, digits % 3 == 0, digits > 0, start > row.start + 1,
                (0x30...0x39).contains(text[start - 2])
            {
                spaces += 1
            } else {
                break
            }
            start -= 1
        }
        guard digits >= 4, spaces == 0 || spaces == (digits - 1) / 3 else { return nil }
        return (TextRange(start, end), spaces > 0)
    }
}

/// The title of the report is the same where the document repeats it.
///
/// A repetition is found by its first words; what then differs by more than a fifth is another sentence.
struct TitleConsistent: ActRule {
    let description = RuleDescription(
        "title-consistent", .info, "L’intitulé du rapport est le même partout.", scope: "extraits d’une délibération")

    private static let leadingWords = 4
    private static let shortest = 24
    private static let mostRepetitions = 12

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !review.isSingleAct { return .notApplicable("plusieurs délibérations dans le document") }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        let title = act.subject.bytes
        let words = act.subject.words
        guard title.count >= Self.shortest, words.count > Self.leadingWords else {
            return .notApplicable("intitulé trop court pour être comparé")
        }
        let leading = words.prefix(Self.leadingWords).map { String(decoding: $0, as: UTF8.self) }
        let phrase = PhraseSearch.Phrase(stringLiteral: leading.joined(separator: " "))
        var from = 0
        var repetitions = 0
        while repetitions < Self.mostRepetitions,
            let found = review.phrases.first([phrase], in: TextRange(from, review.text.count))
        {
            repetitions += 1
            from = found.end
            guard let other = Self.variant(of: title, at: found.start, review.text) else { continue }
            return .remark(
                "Deux intitulés différents pour le même rapport\u{A0}: \(French.quoted(act.deliberation.subject)).",
                [.fact(act.pointer("subject")), .words(other)])
        }
        return repetitions > 1 ? .ok : .notApplicable("intitulé imprimé une fois")
    }

    /// The words at `start` if they are nearly the title, and not quite it.
    private static func variant(of title: [UInt8], at start: Int, _ text: [UInt8]) -> TextRange? {
        let end = min(text.count, start + title.count * 2)
        let folded = text[start..<end].withUnsafeBufferPointer { LatinFolding.fold($0) }
        if folded.starts(with: title) { return nil }
        let same = Array(folded.prefix(title.count))
        // Another day, amount or number is another subject, not another wording.
        if digits(same) != digits(title) { return nil }
        guard let distance = EditDistance.between(title, same, atMost: title.count / 5), distance * 20 > title.count
        else { return nil }
        return TextRange(start, min(text.count, start + title.count))
    }
}

extension TitleConsistent {
    fileprivate static func digits(_ folded: [UInt8]) -> [UInt8] { folded.filter { (0x30...0x39).contains($0) } }
}

/// A percentage printed in a row of a table = the row's amount / the table's total, to half a point.
///
/// Only where the other rows show that the percentages are those of the total; answers of which several could be given
/// are no breakdown.
struct TablePercent: DocumentRule {
    let description = RuleDescription(
        "table-percent", .warning, "Les pourcentages d’un tableau sont ceux de ses montants.",
        scope: "tableaux avec pourcentages")

    private struct Row {
        var pointer: String
        var cents: Int
        var mention: PercentageMention
        var total: Int
        /// In hundredths of a percent.
        var computed: Int { (cents * 10_000 + total / 2) / total }
        var agrees: Bool { abs(computed - mention.value) <= 50 }
    }

    func check(_ review: Review) -> Verdict {
        let percentages = review.extract.mentions.percentages
        if percentages.isEmpty { return .notApplicable("aucun pourcentage") }
        var remarks: [Remark] = []
        for (index, table) in (review.extract.budgetTables ?? []).enumerated() {
            let rows = Self.rows(table, index, percentages, review)
            let wrong = rows.filter { !$0.agrees }
            guard !wrong.isEmpty, wrong.count * 3 <= rows.count else { continue }
            remarks += wrong.map { row in
                Remark(
                    "Pourcentage \(French.percent(row.mention.value)), calculé \(French.percent(row.computed)).",
                    computed:
                        "\(French.money(row.cents)) / \(French.money(row.total)) = \(French.percent(row.computed))",
                    [.words(row.mention.range), .fact(row.pointer)], deliberation: table.deliberation)
            }
        }
        return .remarksOrOK(remarks)
    }

    /// The rows that print a percentage on their line.
    private static func rows(
        _ table: BudgetTable, _ index: Int, _ percentages: [PercentageMention], _ review: Review
    ) -> [Row] {
        guard let total = table.rows.last(where: { $0.level == .total })?.amount.cents, total > 0 else { return [] }
        return table.rows.enumerated().compactMap { number, row in
            guard row.level == .line else { return nil }
            guard let range = review.rowRanges[index][number] else { return nil }
            let end = review.text[min(range.end, review.text.count)...].firstIndex(of: 0x0A) ?? review.text.count
            let mentions = percentages.lazy.filter { $0.range.start >= range.start && $0.range.end <= end }
            guard let mention = mentions.first, mentions.dropFirst().isEmpty else { return nil }
            // More than the whole for a part: the comma of the figure was lost.
            if mention.value > 10_000, row.amount.cents <= total { return nil }
            return Row(
                pointer: "/budgetTables/\(index)/rows/\(number)", cents: row.amount.cents, mention: mention,
                total: total)
        }
    }
}
