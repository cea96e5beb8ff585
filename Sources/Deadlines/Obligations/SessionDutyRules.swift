import Deliberations

/// Dated duties of a document of several acts that none of them claims: they belong to the session, so that no date is
/// forgotten.
struct SessionDutyRules {
    let reading: ReadingContext

    func deadlines() -> [Deadline] {
        (reading.extract.obligations ?? []).enumerated().compactMap { index, obligation in
            let convention = obligation.convention.flatMap { number in
                reading.extract.conventions.flatMap { $0.indices.contains(number) ? $0[number] : nil }
            }
            guard reading.actIndex(obligation.deliberation ?? convention?.deliberation) == nil else { return nil }
            return deadline(of: obligation, index: index)
        }
    }

    private func deadline(of obligation: Obligation, index: Int) -> Deadline? {
        let (rule, date): (DeadlineRule, DateComputation)
        switch obligation.due {
        case .on(let day): (rule, date) = (.explicit, ObligationRules.fixed(day))
        case .before(let day): (rule, date) = (.before, ObligationRules.before(day))
        case .after, .every, .whenever: return nil
        }
        var deadline = Deadline(
            rule, act: ActKey(reading.sessionKey(reading.session.date)),
            detail: "\(obligation.kind.rawValue)|\(FoldedText(significant: obligation.what).head)",
            what: FrenchWording.sentence(obligation.what), date: date,
            evidence: reading.evidence.quote(obligation: index))
        deadline.kind = obligation.kind
        deadline.article = obligation.article
        return deadline.owed(by: obligation.debtor, to: obligation.creditor)
    }
}
