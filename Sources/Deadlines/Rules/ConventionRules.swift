import Deliberations

/// What the conventions of an act make due: signature, payments, end, notice.
struct ConventionRules {
    let act: ActContext
    let duties: [Duty]

    func deadlines() -> [Deadline] {
        guard act.isAdopted else { return [] }
        guard !act.conventions.isEmpty else { return [authorisedSignature].compactMap { $0 } }
        return act.conventions.flatMap { index, convention in
            [signature(index, convention)].compactMap { $0 } + payments(index, convention)
                + [end(index, convention), termination(index, convention)].compactMap { $0 }
        }
    }

    // MARK: Signature

    private func signatureWait(_ convention: Convention?) -> DateComputation {
        let event = act.signatureEvent(of: convention)
        return .waiting(
            for: event, by: act.startRule(event, counting: .fulfilled),
            how: "aucune date dans le texte ; à signer une fois la délibération exécutoire")
    }

    private func signature(_ index: Int, _ convention: Convention) -> Deadline? {
        guard convention.signedOn == nil else { return nil }
        let parties = convention.parties.filter { $0.utf8.count < 120 }.joined(separator: ", ")
        let what = "Signer la convention" + (parties.isEmpty ? "" : " (\(parties))")
        return act.deadline(
            .signature, detail: "convention|\(ordinal(index))", what: what, signatureWait(convention),
            evidence: decisionEvidence(orPointer: "/conventions/\(index)")
        ).owed(by: act.reading.authority, to: partner(of: convention))
    }

    /// A convention that is authorised but not annexed.
    private var authorisedSignature: Deadline? {
        guard let position = signatureDecision else { return nil }
        let decision = FoldedText(act.deliberation.decisions?[position] ?? "")
        guard decision.contains(anyOf: ["convention", "contrat", "avenant", " bail"]) else { return nil }
        return act.deadline(
            .signature, detail: "convention|1", what: "Signer la convention autorisée", signatureWait(nil),
            evidence: act.reading.evidence.quote(act.pointer("/decisions/\(position)"))
        ).owed(by: act.reading.authority, to: nil)
    }

    private var signatureDecision: Int? {
        act.deliberation.decisions?.firstIndex { FoldedText($0).contains("signer") }
    }

    private func decisionEvidence(orPointer pointer: String) -> [Evidence] {
        let decision = signatureDecision.map { [act.pointer("/decisions/\($0)")] } ?? []
        return act.reading.evidence.quote(decision + [pointer, "\(pointer)/parties/0"])
    }

    // MARK: Payments

    private func payments(_ index: Int, _ convention: Convention) -> [Deadline] {
        convention.payments.enumerated().map { position, payment in
            let pointer = "/conventions/\(index)/payments/\(position)"
            return act.deadline(
                .payment, detail: "payment|\(ordinal(index))|\(position + 1)",
                what: "\(label(payment))\(FrenchWording.colon)\(FrenchWording.bounded(payment.when, limit: 120))",
                paymentDate(payment, convention),
                evidence: act.reading.evidence.quote([pointer, "\(pointer)/when", "\(pointer)/amount"])
            ).owed(by: act.reading.authority, to: partner(of: convention))
        }
    }

    /// "Verser 70 % (22 400,00 €)".
    private func label(_ payment: Convention.Payment) -> String {
        switch (share(payment), payment.amount?.frenchWithCents) {
        case (let share?, let amount?): "Verser \(share) (\(amount))"
        case (let sum?, nil), (nil, let sum?): "Verser \(sum)"
        case (nil, nil): "Verser"
        }
    }

    private func share(_ payment: Convention.Payment) -> String? {
        payment.share.map { "\($0 / 100)\($0 % 100 == 0 ? "" : ",\($0 % 100 < 10 ? "0" : "")\($0 % 100)")\u{A0}%" }
    }

    private func paymentDate(_ payment: Convention.Payment, _ convention: Convention) -> DateComputation {
        if let day = WrittenDates.first(in: payment.when) {
            return FoldedText(payment.when).contains("avant le")
                ? ObligationRules.before(day) : ObligationRules.fixed(day)
        }
        if case .at(let anchor) = WheneverWording(payment.when) {
            let resolution = AnchorResolution(anchor, act: act, convention: convention)
            return resolution.computation(months: 0, days: 0, counting: .ordinary)
        }
        let event = FrenchWording.bounded(payment.when, limit: 120)
        let quoted = FrenchWording.quoted(event)
        return .waiting(
            for: event, by: StartRule(event: nil, words: "\(quoted), le"),
            how: "\(quoted)\(FrenchWording.colon)date à saisir")
    }

    // MARK: End and notice

    private func end(_ index: Int, _ convention: Convention) -> Deadline? {
        let stated = convention.endsOn.map { day in
            let how = "fin de la convention\(FrenchWording.colon)\(day.frenchDigitsWithWeekday)"
            return (day, how, act.reading.evidence.quote("/conventions/\(index)/endsOn"))
        }
        guard let (day, how, evidence) = stated ?? deducedEnd(index, convention) else { return nil }
        var deadline = act.deadline(
            .conventionEnd, detail: "end|\(ordinal(index))", what: "Fin de la convention", .fixed(day, how: how),
            evidence: evidence)
        deadline.article = article(on: "duree", of: convention)?.number
        return deadline.owed(by: partner(of: convention), to: act.reading.authority)
    }

    /// A date in the article on the duration ends the convention: "cessera avec la transmission des pièces … au plus
    /// tard le 30 avril".
    private func deducedEnd(_ index: Int, _ convention: Convention) -> (CivilDate, String, [Evidence])? {
        guard let article = article(on: "duree", of: convention) else { return nil }
        let dates = act.reading.extract.mentions.dates.filter { mention in
            article.range.start <= mention.range.start && mention.range.end <= article.range.end
        }
        guard
            let last = dates.filter({ $0.date != nil }).max(by: { $0.date ?? .distantPast < $1.date ?? .distantPast }),
            let day = last.date, day >= act.reading.session.date
        else { return nil }
        let how =
            "article \(article.number) sur la durée\(FrenchWording.colon)au plus tard le "
            + "\(day.frenchDigitsWithWeekday) (déduit)"
        return (day, how, act.reading.evidence.quote(last.range).map { [$0] } ?? [])
    }

    private func termination(_ index: Int, _ convention: Convention) -> Deadline? {
        guard let months = convention.noticeMonths, (1...120).contains(months) else { return nil }
        let cited = act.reading.evidence.quote("/conventions/\(index)/noticeMonths")
        var deadline = act.deadline(
            .termination, detail: "notice|\(ordinal(index))", what: "Effet d’une résiliation de la convention",
            Self.noticeDate(months: months, days: 0), evidence: cited)
        deadline.article = article(on: "resiliation", of: convention)?.number
        return deadline.owed(by: "L’une ou l’autre des parties", to: nil)
    }

    /// Notice runs from the day the letter is sent, without extension (Cass. 3e civ. 8 March 2018 n° 17-11.312).
    static func noticeDate(months: Int, days: Int) -> DateComputation {
        let span = FrenchWording.span(months: months, days: days)
        return .waiting(
            for: StartEvent.letter,
            by: StartRule(event: nil, words: "lettre recommandée envoyée le", months: months, days: days),
            how: "\(span) après l’envoi de la lettre recommandée, sans report")
    }

    // MARK: Parts

    /// The article whose title holds a word, folded.
    private func article(on word: String, of convention: Convention) -> Convention.Article? {
        convention.articles.first { FoldedText($0.title).contains(word) }
    }

    /// The place of a convention among the act's.
    private func ordinal(_ index: Int) -> Int {
        (act.conventions.firstIndex { $0.index == index } ?? 0) + 1
    }

    private func partner(of convention: Convention) -> String? {
        let authority = act.reading.authority.map { FoldedText($0).text }
        let others = convention.parties.filter { party in
            authority.map { !FoldedText(party).contains($0) } ?? true
        }
        return others.count == 1 ? others.first : act.grants.first?.beneficiary
    }
}

extension CivilDate {
    fileprivate static let distantPast = CivilDate(daysSince1970: -800_000)
}

extension Money {
    /// The amount in French: "65 000 €", "1 234,50 €".
    var french: String { french(withCents: cents % 100 != 0) }

    /// The exact amount in French: "22 400,00 €".
    var frenchWithCents: String { french(withCents: true) }

    private func french(withCents: Bool) -> String {
        let euros = String(abs(cents) / 100)
        var grouped = ""
        for (position, digit) in euros.enumerated() {
            if position > 0, (euros.count - position) % 3 == 0 { grouped += "\u{202F}" }
            grouped.append(digit)
        }
        let rest = abs(cents) % 100
        let decimals = !withCents ? "" : ",\(rest < 10 ? "0" : "")\(rest)"
        return "\(cents < 0 ? "−" : "")\(grouped)\(decimals)\u{A0}€"
    }
}
