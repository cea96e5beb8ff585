import Deliberations

/// Duties of a document of several acts that none of them claims: they belong to the session, so that no date is
/// forgotten. Those without a date or an event are left out.
struct SessionDutyRules {
    let reading: ReadingContext

    func deadlines() -> [Deadline] {
        (reading.extract.obligations ?? []).enumerated().flatMap { index, obligation -> [Deadline] in
            let convention = obligation.convention.flatMap { number in
                reading.extract.conventions.flatMap { $0.indices.contains(number) ? $0[number] : nil }
            }
            guard reading.actIndex(obligation.deliberation ?? convention?.deliberation) == nil else { return [] }
            return deadlines(of: obligation, of: convention, index: index)
        }
    }

    private func deadlines(of obligation: Obligation, of convention: Convention?, index: Int) -> [Deadline] {
        switch obligation.due {
        case .on(let day): return [deadline(.explicit, of: obligation, index, ObligationRules.fixed(day))]
        case .before(let day): return [deadline(.before, of: obligation, index, ObligationRules.before(day))]
        case .after(let delay):
            guard ![.appeal, .notice].contains(obligation.kind), let date = date(after: delay) else { return [] }
            return [deadline(.explicit, of: obligation, index, date)]
        case .every(let month, let day):
            let yearly = YearlyDuties(
                month: month, day: day, from: reading.session.date, end: convention?.endsOn, today: reading.today)
            return yearly.days.map { day in
                deadline(.explicit, of: obligation, index, YearlyDuties.computation(on: day), year: day.year)
            }
        case .whenever: return []
        }
    }

    /// The date of a delay; it waits where the document says of no act when its event was.
    private func date(after delay: Delay) -> DateComputation? {
        guard let months = delay.totalMonths, let days = delay.plausibleDays else { return nil }
        let resolution = AnchorResolution(delay.after, reading: reading)
        return resolution?.computation(
            months: months, days: days, counting: delay.counting, isClear: delay.clear)
    }

    private func deadline(
        _ rule: DeadlineRule, of obligation: Obligation, _ index: Int, _ date: DateComputation, year: Int? = nil
    ) -> Deadline {
        let words = FoldedText(significant: obligation.what).head
        let occurrence = year.map { "|\($0)" } ?? ""
        var deadline = Deadline(
            rule, act: ActKey(reading.sessionKey(reading.session.date)),
            detail: "\(obligation.kind.rawValue)|\(words)\(occurrence)",
            what: FrenchWording.sentence(obligation.what), date: date,
            evidence: reading.evidence.quote(obligation: index))
        deadline.kind = obligation.kind
        deadline.article = obligation.article
        return deadline.owed(by: obligation.debtor, to: obligation.creditor)
    }
}
