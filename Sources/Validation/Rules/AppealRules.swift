import Deliberations

/// The court and the time for an appeal are mentioned. Needed in a notification only (CJA R421-5): a remark.
struct AppealMention: ActRule {
    let description = RuleDescription(
        "appeal-mention", .info, "Les voies et délais de recours sont mentionnés.", law: ["CJA R421-5"],
        scope: "extraits")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !review.isSingleAct { return .notApplicable("plusieurs délibérations dans le document") }
        if act.deliberation.appeal != nil { return .ok }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        if review.phrases.contains(["recours pour excès de pouvoir", "Tribunal administratif", "d'un recours"]) {
            return .ok
        }
        return .remark("Mention des voies et délais absente.", [])
    }
}

/// The court named is the one whose jurisdiction contains the authority's department.
struct AppealCourt: ActRule {
    let description = RuleDescription(
        "appeal-court", .warning, "Le tribunal mentionné est celui du ressort.", law: ["CJA R221-3"],
        scope: "actes qui mentionnent un tribunal")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let appeal = act.deliberation.appeal, !appeal.court.isEmpty else {
            return .notApplicable("aucun tribunal mentionné")
        }
        guard let department = review.department else { return .indeterminate("département de la collectivité") }
        guard let disagreement = CourtJurisdictions.disagreement(appeal.court, department: department) else {
            return .indeterminate("ressort du département \(department)")
        }
        guard let expected = disagreement else { return .ok }
        return .remark(
            "Tribunal «\u{A0}\(French.bounded(appeal.court, 80))\u{A0}» mentionné, \(expected) compétent.",
            [.fact(act.pointer("appeal"))])
    }
}

/// The time for an appeal is two months.
struct AppealPeriod: ActRule {
    let description = RuleDescription(
        "appeal-period", .warning, "Le délai de recours mentionné est de deux mois.", law: ["CJA R421-1"],
        scope: "actes qui mentionnent un délai")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let appeal = act.deliberation.appeal else { return .notApplicable("aucun délai mentionné") }
        if appeal.months == 2 { return .ok }
        if appeal.months == 0 { return .indeterminate("délai de recours") }
        return .remark(
            "Délai de recours «\u{A0}\(appeal.months) mois\u{A0}», deux mois attendus.", [.fact(act.pointer("appeal"))])
    }
}

/// The court that a convention names for disputes is the one whose jurisdiction contains the authority's department.
struct ConventionCourt: DocumentRule {
    let description = RuleDescription(
        "conv-court", .warning, "Le tribunal désigné par la convention est celui du ressort.", law: ["CJA R221-3"],
        scope: "conventions qui désignent un tribunal")

    func check(_ review: Review) -> Verdict {
        let conventions = (review.extract.conventions ?? []).enumerated().filter { $0.element.court != nil }
        if conventions.isEmpty { return .notApplicable("aucune convention qui désigne un tribunal") }
        guard let department = review.department else { return .indeterminate("département de la collectivité") }
        if CourtJurisdictions.court(of: department) == nil {
            return .indeterminate("ressort du département \(department)")
        }
        return .remarksOrOK(
            conventions.compactMap { index, convention in
                guard let court = convention.court,
                    LatinFolding.contains(LatinFolding.fold(court), "ADMINISTRATIF"),
                    let expected = CourtJurisdictions.disagreement(court, department: department) ?? nil
                else { return nil }
                return Remark(
                    "Tribunal «\u{A0}\(French.bounded(court, 80))\u{A0}» désigné, \(expected) attendu.",
                    [.fact("/conventions/\(index)/court")], deliberation: convention.deliberation)
            })
    }
}
