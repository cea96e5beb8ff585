import Deliberations

/// When acts are published electronically since 1 July 2022 (ordinance 2021-1310, decree 2021-1311).
enum PublicityReform {
    static func applies(_ review: Review) -> Bool {
        guard let start = CivilDate(year: 2022, month: 7, day: 1) else { return false }
        return review.session.date >= start
    }

    /// The day of publication that is printed for the act.
    static func publication(_ act: ActReview, _ review: Review) -> CivilDate? {
        act.deliberation.act?.publishedOn ?? (review.isSingleAct ? review.session.publishedOn : nil)
    }

    static func sources(_ act: ActReview) -> [Source] {
        [.fact(act.pointer("act/publishedOn")), .fact("/session/publishedOn")]
    }

    static let severalActs = Verdict.notApplicable("plusieurs délibérations dans le document")
}

/// The day of publication is given (acts published electronically since 1 July 2022).
struct PublicationPresent: ActRule {
    let description = RuleDescription(
        "publication-present", .warning, "La date de mise en ligne est portée sur l’acte.", law: ["CGCT R2131-1"],
        scope: "actes depuis le 1er juillet 2022")

    /// Stamps that stand before the day: it is there, and could not be read.
    private static let stamps: [PhraseSearch.Phrase] = [
        "publié le", "publiée le", "affiché le", "affichée le", "mis en ligne le", "mise en ligne le",
        "publication le", "accusé certifié exécutoire", "certifié exécutoire", "certifiée exécutoire",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !review.isSingleAct { return PublicityReform.severalActs }
        if !PublicityReform.applies(review) { return .notApplicable("avant le 1er juillet 2022") }
        if PublicityReform.publication(act, review) != nil { return .ok }
        if review.phrases.contains(Self.stamps) { return .indeterminate("date de publication lisible") }
        return .remark(
            "Date de mise en ligne absente\u{A0}: l’acte n’est ni exécutoire ni couvert par le délai de recours.",
            [.fact("/session/date")])
    }
}

/// publication ≥ session.
struct PublicationAfterSession: ActRule {
    let description = RuleDescription(
        "publication-after-session", .error, "La publication ne précède pas la séance.")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let publication = PublicityReform.publication(act, review) else {
            return review.isSingleAct ? .indeterminate("date de publication") : PublicityReform.severalActs
        }
        if publication >= review.session.date { return .ok }
        return .remark(
            "Publication (\(French.date(publication))) antérieure à la séance (\(French.date(review.session.date))).",
            PublicityReform.sources(act) + [.fact("/session/date")])
    }
}

/// publication − session ≤ 15 days (a deployment may set another figure): no legal limit, but no effect before it.
struct PublicationLate: ActRule {
    let description = RuleDescription(
        "publication-late", .info, "L’acte est publié dans les quinze jours de la séance.", law: ["CGCT L2131-1"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let publication = PublicityReform.publication(act, review) else {
            return review.isSingleAct ? .indeterminate("date de publication") : PublicityReform.severalActs
        }
        let days = publication - review.session.date
        if days <= review.parameters.latePublicationDays { return .ok }
        return .remark(
            "Acte publié \(days) jours après la séance.",
            computed: "\(French.date(publication)) − \(French.date(review.session.date)) = \(days) jours",
            PublicityReform.sources(act))
    }
}

/// Electronic publication is compulsory for EPCI, departments, regions and communes of 3,500 inhabitants and more.
struct PublicationMode: ActRule {
    let description = RuleDescription(
        "publication-mode", .warning, "L’acte est publié sous forme électronique.",
        law: ["CGCT L2131-1", "CGCT L5211-3"],
        scope: "EPCI, départements, régions, communes de 3 500 habitants et plus, depuis le 1er juillet 2022")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !review.isSingleAct { return PublicityReform.severalActs }
        if !PublicityReform.applies(review) { return .notApplicable("avant le 1er juillet 2022") }
        switch review.extract.authority.kind {
        case .epci, .departement, .region: break
        case .commune:
            guard let population = review.parameters.population else {
                return .indeterminate("population de la commune")
            }
            if population < 3_500 { return .notApplicable("commune de moins de 3 500 habitants") }
        default: return .notApplicable("mode de publication libre")
        }
        guard let mode = act.deliberation.act?.publicationMode else { return .indeterminate("mode de publication") }
        let folded = LatinFolding.fold(mode)
        let isElectronic = LatinFolding.contains(
            folded, anyOf: ["LIGNE", "INTERNET", "SITE", "ELECTRONIQUE", "DEMATERIALISE"])
        if isElectronic { return .ok }
        guard LatinFolding.contains(folded, "AFFICH") else { return .indeterminate("mode de publication") }
        return .remark(
            "Publication électronique obligatoire (le texte dit «\u{A0}\(mode)\u{A0}»).",
            [.fact(act.pointer("act/publicationMode")), .fact(act.pointer("act/publishedOn"))])
    }
}

/// The act stays on line for two months at least: until add_months(publication, 2).
struct PublicationTwoMonths: ActRule {
    let description = RuleDescription(
        "publication-two-months", .info, "L’acte reste en ligne deux mois au moins.", law: ["CGCT R2131-1"],
        scope: "actes depuis le 1er juillet 2022")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !PublicityReform.applies(review) { return .notApplicable("avant le 1er juillet 2022") }
        guard let publication = PublicityReform.publication(act, review) else {
            return review.isSingleAct ? .indeterminate("date de publication") : PublicityReform.severalActs
        }
        let end = publication.addingMonths(2)
        if end < review.today { return .ok }
        return .remark(
            "À maintenir en ligne jusqu’au \(French.date(end)) au moins.",
            computed: "\(French.date(publication)) + 2 mois = \(French.date(end))", PublicityReform.sources(act))
    }
}

/// The reception by the prefecture is printed: acts of L2131-2 are executory only once received.
struct TransmissionRequired: ActRule {
    let description = RuleDescription(
        "transmission-required", .warning, "La réception de l’acte en préfecture est prouvée.",
        law: ["CGCT L2131-1", "CGCT L2131-2", "CGCT L3131-2", "CGCT L5211-3"], scope: "actes transmissibles")

    /// Words of the stamps of the transmission.
    private static let stamps: [PhraseSearch.Phrase] = [
        "accusé de réception en préfecture", "accusé de réception ministère", "accusé certifié exécutoire",
        "certifié exécutoire", "certifiée exécutoire", "reçu en préfecture", "reçue en préfecture",
        "reçu par le préfet", "réception par le préfet", "réception en préfecture", "envoyé en préfecture",
        "transmis en préfecture", "transmission en préfecture", "visa de la préfecture", "AR préfecture",
        "reçu à la préfecture", "transmis à la préfecture", "télétransmis le", "transmis au contrôle de légalité",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if !review.isSingleAct { return PublicityReform.severalActs }
        if act.vote?.outcome == .rejected || act.vote?.outcome == .withdrawn || act.vote?.outcome == .postponed {
            return .notApplicable("acte non adopté")
        }
        let record = act.deliberation.act
        if record?.receivedOn != nil { return .ok }
        if record?.prefectureID != nil || record?.sentOn != nil || review.phrases.contains(Self.stamps) {
            return .indeterminate("date de réception en préfecture")
        }
        return .remark("Preuve de réception en préfecture absente.", [.fact("/session/date")])
    }
}

/// executory = max(publication, reception); a stated day must not be earlier.
struct ExecutoryDate: ActRule {
    let description = RuleDescription(
        "executory-date", .info, "L’acte est exécutoire à la plus tardive de sa publication et de sa réception.",
        law: ["CGCT L2131-1"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let publication = PublicityReform.publication(act, review) else {
            return review.isSingleAct ? .indeterminate("date de publication") : PublicityReform.severalActs
        }
        guard let reception = act.deliberation.act?.receivedOn else {
            return .indeterminate(
                "date de réception en préfecture (exécutoire au plus tôt le \(French.date(publication)))")
        }
        let executory = max(publication, reception)
        let sources = PublicityReform.sources(act) + [.fact(act.pointer("act/receivedOn"))]
        let computed = "publication \(French.date(publication)), réception \(French.date(reception))"
        if let stated = act.deliberation.act?.executoryOn, stated < executory {
            return .remark(
                "Certifié exécutoire le \(French.date(stated)), au plus tôt le \(French.date(executory)).",
                computed: computed, sources + [.fact(act.pointer("act/executoryOn"))])
        }
        return .remark("Exécutoire le \(French.date(executory)).", computed: computed, sources)
    }
}
