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

/// The mentions that the register and the minutes must bear. In an extract only the result and the signatures weigh.
struct MandatoryMentions: ActRule {
    let description = RuleDescription(
        "mandatory-mentions", .warning, "L’acte porte les mentions du registre et du procès-verbal.",
        law: ["CGCT R2121-9", "CGCT L2121-15", "CGCT L2121-23"], scope: "procès-verbaux et extraits")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if review.extract.kind == .list { return .notApplicable("liste des délibérations") }
        let heavy = missingFromAct(act, review)
        let light = missingFromSession(act, review)
        if heavy.isEmpty, light.isEmpty { return .ok }
        let isLight = heavy.isEmpty && review.isSingleAct
        return .remark(
            "Mentions absentes ou non lues\u{A0}: \(French.list(heavy + light, limit: 12)).",
            lowered: isLight || !heavy.isEmpty && !review.isSingleAct ? .info : nil, [.fact(act.pointer("subject"))])
    }

    private func missingFromAct(_ act: ActReview, _ review: Review) -> [String] {
        var missing: [String] = []
        let vote = act.vote
        if vote?.outcome == nil, vote?.for == nil, vote?.unanimous != true { missing.append("résultat du vote") }
        if review.isSingleAct, (act.deliberation.signatories ?? []).isEmpty { missing.append("signatures") }
        return missing
    }

    private func missingFromSession(_ act: ActReview, _ review: Review) -> [String] {
        let session = review.session
        let stated = act.stated
        let saysQuorum = stated.quorum != nil || review.phrases.contains(["quorum"])
        let mentions: [(Bool, String)] = [
            (!review.extract.authority.name.isEmpty, "nom de la collectivité"),
            (act.deliberation.number != nil, "numéro de l’acte"),
            (session.president != nil || act.deliberation.president != nil, "président de séance"),
            (session.secretary != nil || !(session.secretaries ?? []).isEmpty, "secrétaire de séance"),
            (session.membersInOffice != nil, "membres en exercice"),
            (!(act.sitting.attendance.present ?? []).isEmpty, "liste des présents"),
            (saysQuorum, "quorum"),
            (stated.present != nil, "nombre de présents"),
            (!(act.deliberation.decisions ?? []).isEmpty, "dispositif"),
        ]
        return mentions.filter { !$0.0 }.map(\.1)
    }
}
