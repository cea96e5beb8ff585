import Deliberations

/// Where the decision itself cites a majority of two thirds or three fifths, the voices for reach it.
///
/// The base is the one that the decision names; majorities of the member communes are theirs, not this vote's.
struct QualifiedMajority: ActRule {
    let description = RuleDescription(
        "vote-qualified", .warning, "La majorité qualifiée que cite la décision est atteinte.",
        scope: "décisions qui citent une majorité des deux tiers ou des trois cinquièmes")

    private struct Share {
        var name: String
        var wordings: [StaticString]
        var numerator: Int
        var denominator: Int

        /// ceil(k × base).
        func required(of base: Int) -> Int { (base * numerator + denominator - 1) / denominator }
    }

    private static let shares = [
        Share(name: "deux tiers", wordings: ["DEUX TIERS", "DES 2 3"], numerator: 2, denominator: 3),
        Share(name: "trois cinquièmes", wordings: ["TROIS CINQUIEMES", "DES 3 5"], numerator: 3, denominator: 5),
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let (share, words) = Self.cited(act.deliberation.decisions ?? []) else {
            return .notApplicable("aucune majorité qualifiée citée")
        }
        if LatinFolding.contains(words, anyOf: ["CONSEILS MUNICIPAUX", "COMMUNES", "ORGANES DELIBERANTS"]) {
            return .notApplicable("majorité des communes membres")
        }
        if act.vote?.unanimous == true, (act.vote?.against ?? 0) == 0 { return .ok }
        guard let tally = act.tally else { return .indeterminate("décompte des voix") }
        guard act.vote?.outcome == .adopted else { return .notApplicable("acte non adopté") }
        guard let base = Self.base(named: words, tally, act) else {
            return .indeterminate("base de la majorité qualifiée")
        }
        let required = share.required(of: base)
        if tally.pro >= required { return .ok }
        return .remark(
            "Majorité qualifiée des \(share.name) non atteinte\u{A0}: \(tally.pro) voix pour, \(required) exigées.",
            computed: "\(share.name) de \(base) = \(required) > \(tally.pro)",
            [.fact(act.pointer("vote/for")), .fact(act.pointer("vote")), .fact(act.pointer("subject"))])
    }

    /// The share, and the folded words that follow it.
    private static func cited(_ decisions: [String]) -> (Share, [UInt8])? {
        for decision in decisions {
            let folded = LatinFolding.fold(decision)
            guard LatinFolding.contains(folded, "MAJORITE") else { continue }
            for share in shares where LatinFolding.contains(folded, anyOf: share.wordings) { return (share, folded) }
        }
        return nil
    }

    private static func base(named words: [UInt8], _ tally: VoteTally, _ act: ActReview) -> Int? {
        if LatinFolding.contains(words, "SUFFRAGES EXPRIMES") { return tally.pro + tally.con }
        if LatinFolding.contains(words, anyOf: ["MEMBRES EN EXERCICE", "MEMBRES DU CONSEIL", "SES MEMBRES"]) {
            return act.membersInOffice
        }
        guard LatinFolding.contains(words, anyOf: ["MEMBRES PRESENTS", "VOTANTS"]) else { return nil }
        return act.attendance.flatMap { $0.doubts.isEmpty ? $0.voices : nil }
    }
}
