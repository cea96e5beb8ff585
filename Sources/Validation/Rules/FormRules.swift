import Deliberations

/// A year of four digits at the head of the act's number is the session's.
struct NumberYear: ActRule {
    let description = RuleDescription(
        "delib-number-year", .warning, "L’année en tête du numéro de l’acte est celle de la séance.",
        scope: "numéros qui commencent par une année")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let number = act.deliberation.number else { return .indeterminate("numéro de l’acte") }
        let digits = number.text.utf8.prefix { (0x30...0x39).contains($0) }
        guard digits.count == 4, number.text.utf8.count > 4 else { return .notApplicable("numéro sans année en tête") }
        let year = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (1982...2099).contains(year) else { return .notApplicable("numéro sans année en tête") }
        if year == review.session.date.year { return .ok }
        return .remark(
            "Le n°\u{A0}\(number) ne porte pas l’année de la séance (\(review.session.date.year)).",
            [.fact(act.pointer("number")), .fact("/session/date")])
    }
}

/// The act's item is in the printed order of passage.
struct ReportInAgenda: ActRule {
    let description = RuleDescription(
        "report-in-agenda", .error, "Le rapport figure dans l’ordre de passage.", law: ["CGCT L2121-10"],
        scope: "documents qui donnent un ordre de passage")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard review.order.isPrinted else { return .notApplicable("aucun ordre de passage imprimé") }
        guard let item = act.deliberation.item else { return .indeterminate("numéro du rapport") }
        guard AgendaOrder.Key(item) != nil else { return .indeterminate("numéro du rapport lisible") }
        if review.order.position(of: item) != nil { return .ok }
        return .remark(
            "Le rapport n°\u{A0}\(item) ne figure pas dans l’ordre de passage.",
            [.fact(act.pointer("item")), .fact("/session/orderOfPassage")])
    }
}

/// The printed order of passage names no item twice and leaves none out between its smallest and greatest numbers.
struct AgendaComplete: DocumentRule {
    let description = RuleDescription(
        "agenda-complete", .warning, "L’ordre de passage n’a ni doublon ni lacune.",
        scope: "documents qui donnent un ordre de passage")

    func check(_ review: Review) -> Verdict {
        guard review.order.isPrinted else { return .notApplicable("aucun ordre de passage imprimé") }
        let numbers = review.order.items.compactMap { AgendaOrder.Key($0)?.wholeNumber }
        let seen = Set(numbers)
        var counted: [Int: Int] = [:]
        if seen.count < numbers.count { for number in numbers { counted[number, default: 0] += 1 } }
        let doubles = counted.filter { $0.value > 1 }.keys.sorted()
        var missing: [Int] = []
        if let least = seen.min(), let most = seen.max(), most - least < 2_000, seen.count <= most - least {
            missing = (least...most).filter { !seen.contains($0) }
        }
        if doubles.isEmpty, missing.isEmpty { return .ok }
        var parts: [String] = []
        if !doubles.isEmpty { parts.append("doublons \(French.runs(doubles))") }
        if !missing.isEmpty { parts.append("numéros manquants \(French.runs(missing))") }
        return .remark(
            "Ordre de passage\u{A0}: \(parts.joined(separator: ", ")).", lowered: doubles.isEmpty ? .info : nil,
            [.fact("/session/orderOfPassage")])
    }
}

/// The mentions that the register and the minutes must bear, said once a document. In an extract only the result and
/// the signatures weigh; minutes have had to bear theirs since 1 July 2022 (ordinance 2021-1310).
struct MandatoryMentions: DocumentRule {
    let description = RuleDescription(
        "mandatory-mentions", .warning, "L’acte porte les mentions du registre et du procès-verbal.",
        law: ["CGCT R2121-9", "CGCT L2121-15", "CGCT L2121-23"], scope: "procès-verbaux et extraits")

    func check(_ review: Review) -> Verdict {
        if review.extract.kind == .list { return .notApplicable("liste des délibérations") }
        if review.isSingleAct, let act = review.acts.first { return check(act, of: review) }
        let missing = missingFromSession(review)
        let undecided = review.acts.filter { Self.lacksResult($0) }.map { $0.index + 1 }
        var parts = missing
        if !undecided.isEmpty { parts.append("résultat du vote (délibérations \(French.runs(undecided)))") }
        if parts.isEmpty { return .ok }
        let isDue = PublicityReform.applies(review) && !missing.isEmpty
        return remark(parts, lowered: isDue ? nil : .info, [.fact("/session/date")])
    }

    private func check(_ act: ActReview, of review: Review) -> Verdict {
        var heavy: [String] = []
        let isUnsigned = (act.deliberation.signatories ?? []).isEmpty && !review.phrases.contains(Self.closings)
        if isUnsigned, Self.lacksResult(act), (act.deliberation.decisions ?? []).isEmpty {
            return .indeterminate("fin de l’acte")
        }
        if Self.lacksResult(act) { heavy.append("résultat du vote") }
        if isUnsigned { heavy.append("signatures") }
        let light = missingFromSession(review) + missingFromExtract(act, review)
        if heavy.isEmpty, light.isEmpty { return .ok }
        return remark(heavy + light, lowered: heavy.isEmpty ? .info : nil, [.fact(act.pointer("subject"))])
    }

    private func remark(_ missing: [String], lowered: Severity?, _ sources: [Source]) -> Verdict {
        .remark(
            "Mentions absentes ou non lues\u{A0}: \(French.list(missing, limit: 12)).", lowered: lowered, sources)
    }

    private static func lacksResult(_ act: ActReview) -> Bool {
        let vote = act.vote
        return vote?.outcome == nil && vote?.for == nil && vote?.unanimous != true
    }

    /// What the minutes and every extract bear. An office that the text names is there, whether its holder could be
    /// read or not.
    private func missingFromSession(_ review: Review) -> [String] {
        let session = review.session
        let act = review.acts.first
        let presides = session.president != nil || review.acts.contains { $0.deliberation.president != nil }
        let secretary = session.secretary != nil || !(session.secretaries ?? []).isEmpty
        let present = review.acts.contains { !($0.sitting.attendance.present ?? []).isEmpty }
        let mentions: [(Bool, String)] = [
            (!review.extract.authority.name.isEmpty || review.phrases.contains(Self.places), "nom de la collectivité"),
            (presides || review.phrases.contains(Self.presidency), "président de séance"),
            (secretary || review.phrases.contains(["secrétaire", "secrétaires"]), "secrétaire de séance"),
            (present || !(review.sitting.attendance.present ?? []).isEmpty, "liste des présents"),
            (act?.stated.quorum != nil || review.phrases.contains(["quorum"]), "quorum"),
        ]
        return mentions.filter { !$0.0 }.map(\.1)
    }

    /// Words before an authority's name, whether the name could be told from others or not.
    private static let places: [PhraseSearch.Phrase] = [
        "commune de", "commune d'", "ville de", "ville d'", "mairie de", "mairie d'", "communauté de communes",
        "communauté d'agglomération", "syndicat", "métropole",
    ]

    /// Where a signature stands, whether its name could be read or not.
    private static let closings: [PhraseSearch.Phrase] = [
        "pour extrait conforme", "pour extrait certifié conforme", "pour copie conforme", "pour expédition conforme",
        "ont signé", "signé électroniquement", "suivent les signatures",
    ]

    private static let presidency: [PhraseSearch.Phrase] = [
        "sous la présidence", "présidée par", "présidé par", "préside la séance", "président de séance",
        "présidente de séance", "ouvre la séance", "ouvre la session", "déclare la séance ouverte",
    ]

    /// What an extract bears besides.
    private func missingFromExtract(_ act: ActReview, _ review: Review) -> [String] {
        let mentions: [(Bool, String)] = [
            (act.deliberation.number != nil, "numéro de l’acte"),
            (review.session.membersInOffice != nil, "membres en exercice"),
            (act.stated.present != nil, "nombre de présents"),
            (!(act.deliberation.decisions ?? []).isEmpty, "dispositif"),
        ]
        return mentions.filter { !$0.0 }.map(\.1)
    }
}
