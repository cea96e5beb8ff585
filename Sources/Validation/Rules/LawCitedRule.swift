import Deliberations

/// Laws, ordinances and decrees are quoted with their own day, and a number of the same year.
///
/// A text that is not among the known ones is judged by its year alone.
struct LawCited: DocumentRule {
    let description = RuleDescription(
        "conv-law-cited", .warning, "Les lois et décrets sont cités sous leur numéro et leur date.",
        scope: "lois, ordonnances et décrets cités avec leur date")

    func check(_ review: Review) -> Verdict {
        let mentions = review.extract.mentions.references
        let quoted = mentions.filter { ($0.kind == .law || $0.kind == .decree) && !Self.isOrder($0.text) }
        if quoted.isEmpty { return .notApplicable("aucune loi citée") }
        var unknown: [String] = []
        var remarks: [Remark] = []
        for mention in quoted {
            guard let quotation = KnownTexts.Quotation(mention.text) else { continue }
            let known = KnownTexts.day(of: quotation.number)
            guard let day = quotation.day else { continue }
            if let known, known != day {
                remarks.append(
                    Remark(
                        "Référence \(French.quoted(mention.text)) inconnue\u{A0}: ce numéro est du \(French.date(known)).",
                        computed: "\(French.date(day)) ≠ \(French.date(known))", [.words(mention.range)]))
            } else if day.year != quotation.year {
                remarks.append(
                    Remark(
                        "Référence \(French.quoted(mention.text)) inconnue\u{A0}: numéro de \(quotation.year), date de \(day.year).",
                        computed: "\(day.year) ≠ \(quotation.year)", [.words(mention.range)]))
            } else if known == nil {
                unknown.append(mention.text)
            }
        }
        if !remarks.isEmpty { return .remarks(remarks) }
        return unknown.isEmpty ? .ok : .indeterminate("textes cités (\(French.list(unknown, limit: 3)))")
    }

    /// Orders (arrêtés) have numbers of their own offices.
    private static func isOrder(_ text: String) -> Bool {
        LatinFolding.fold(text).starts(with: Array("ARRETE".utf8))
    }
}
