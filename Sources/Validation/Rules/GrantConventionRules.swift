import Deliberations

/// A grant with conditions is not awarded by the vote of the budget itself, but by a deliberation of its own (L2311-7).
struct GrantSeparate: ActRule {
    let description = RuleDescription(
        "grant-separate", .warning, "Une subvention assortie de conditions a une délibération distincte du budget.",
        law: ["CGCT L2311-7", "CGCT L5211-36"], scope: "subventions")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard act.isInitialBudget else { return .ok }
        let conditional = grants.grants.enumerated().filter { $0.element.conventionMentioned }
        guard
            let first = conditional.first ?? (grants.conventions.isEmpty ? nil : (offset: 0, element: grants.grants[0]))
        else {
            return .ok
        }
        return .remark(
            "Subvention conditionnée sans délibération distincte\u{A0}: \(first.element.beneficiary).",
            [.fact(grants.pointer(first.offset)), .fact(act.pointer("subject"))])
    }
}

/// The convention says its object, the amount, how it is paid and what it is used for (law 2000-321 art. 10).
///
/// An error only where all articles were read; a missing clause of control (law 2021-875) is a remark.
struct GrantConventionClauses: ActRule {
    let description = RuleDescription(
        "grant-convention-clauses", .error,
        "La convention définit l’objet, le montant, le versement et l’utilisation de la subvention.",
        law: ["loi 2000-321 art. 10"], scope: "subventions de plus de 23 000 € à des organismes privés, avec convention"
    )

    private static let clauses: [(name: String, words: [PhraseSearch.Phrase])] = [
        ("objet", ["objet", "a pour but", "soutien", "soutenir"]),
        ("montant", ["montant", "somme de", "subvention de", "à hauteur de"]),
        (
            "modalités de versement",
            [
                "versement", "versements", "versé", "versée", "versées", "verser", "verse", "mandaté", "mandatée",
                "paiement", "payée",
            ]
        ),
        (
            "conditions d’utilisation",
            [
                "utiliser", "utilisée", "utilisé", "utilisation", "utilise", "emploi", "employer", "affecter",
                "affectée", "affectation", "destinée", "consacrer",
            ]
        ),
    ]
    private static let control: [PhraseSearch.Phrase] = [
        "contrôle", "contrôles", "contrôler", "évaluation", "justificatif", "justificatifs", "reversement",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.large(above: 2_300_000) != nil else {
            return .notApplicable("aucune subvention de plus de 23 000 € à un organisme privé")
        }
        guard let text = grants.conventionTexts.first else { return .indeterminate("texte de la convention") }
        let missing = Self.clauses.filter { !text.says($0.words) }.map(\.name)
        if !missing.isEmpty {
            return .remark(
                "Clauses obligatoires absentes\u{A0}: \(French.list(missing)).",
                lowered: text.isWhollyRead ? nil : .warning, [text.source])
        }
        if text.says(Self.control) { return .ok }
        return .remark(
            "Clauses de contrôle et d’évaluation absentes de la convention.", lowered: .info, [text.source])
    }
}

/// The convention asks for the certified budget and accounts of the past exercise (L1611-4).
struct GrantAccounts: ActRule {
    let description = RuleDescription(
        "grant-accounts", .warning, "L’organisme transmet ses budgets et comptes certifiés.", law: ["CGCT L1611-4"],
        scope: "subventions à des organismes privés, avec convention")

    private static let words: [PhraseSearch.Phrase] = [
        "1611-4", "L1611-4", "L. 1611-4", "comptes annuels", "comptes certifiés", "comptes de l'exercice", "comptes du",
        "bilan et compte de résultat", "bilan et le compte de résultat", "budgets et comptes", "ses comptes",
        "états financiers",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if grants.areAllPublic { return .notApplicable("organisme public") }
        guard let text = grants.conventionTexts.first else { return .indeterminate("texte de la convention") }
        if text.says(Self.words) { return .ok }
        return .remark("Transmission des comptes certifiés non prévue (L1611-4).", [text.source])
    }
}

/// The beneficiary does not pass the grant on, unless the convention provides for it expressly (L1611-4).
struct GrantNoRedistribution: ActRule {
    let description = RuleDescription(
        "grant-no-redistribution", .warning, "La subvention n’est pas reversée à un autre organisme.",
        law: ["CGCT L1611-4"], scope: "subventions avec convention")

    private static let verbs: [PhraseSearch.Phrase] = ["redistribu", "revers"]
    private static let others: [PhraseSearch.Phrase] = [
        "autre organisme", "autres organismes", "autre association", "autres associations", "autre structure",
        "autres structures", "à un tiers", "à des tiers",
    ]
    private static let negations: [StaticString] = [" NE ", " N ", "INTERDI", "SANS ", "AUCUN", "EXCLU"]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard let text = grants.conventionTexts.first else { return .indeterminate("texte de la convention") }
        guard let clause = clause(in: text) else { return .ok }
        let words = review.text[clause.start..<clause.end].withUnsafeBufferPointer { LatinFolding.fold($0) }
        let padded = [LatinFolding.space] + words + [LatinFolding.space]
        if LatinFolding.contains(padded, anyOf: Self.negations) { return .ok }
        return .remark("Reversement à un autre organisme\u{A0}: doit être expressément prévu.", [.words(clause)])
    }

    /// The sentence that speaks of passing something on to another body.
    private func clause(in text: ConventionText) -> TextRange? {
        guard let verb = text.review.phrases.first(Self.verbs, in: text.range) else { return nil }
        let bytes = text.review.text
        let isEnd = { (byte: UInt8) in byte == UInt8(ascii: ".") || byte == 0x0A }
        let start = bytes[text.range.start..<verb.start].lastIndex(where: isEnd).map { $0 + 1 } ?? text.range.start
        let end = bytes[verb.end..<text.range.end].firstIndex(where: isEnd) ?? text.range.end
        let sentence = TextRange(start, end)
        return text.review.phrases.contains(Self.others, in: sentence) ? sentence : nil
    }
}
