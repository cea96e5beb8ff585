import Deliberations

/// Duties that come every year.
///
/// Each occurrence is a deadline of its own, from the session or the signature on, whether its day is past or to come: what
/// was stated once is stated again whenever the document is read, so that no replay takes away one that is not done. The
/// last is that of the convention's end; of those to come, `yearsAhead` are stated, and later readings state more. So there
/// is always a next one when one is done, and a lease of 99 years does not fill the register.
struct YearlyDuties {
    /// The days of the duty.
    let days: [CivilDate]

    /// For how many years after today occurrences are stated.
    static let yearsAhead = 5
    /// The most occurrences; a text that is older says more than anybody will look at.
    private static let limit = 60

    /// The occurrences on one day of each year, between two days.
    ///
    /// - Parameter end: the last day of the duty; nil if it is not known.
    init(month: Int, day: Int, from start: CivilDate, end: CivilDate?, today: CivilDate) {
        let horizon = max(start, today).adding(months: 12 * Self.yearsAhead)
        let last = min(end ?? horizon, horizon)
        guard (1...12).contains(month), day >= 1, start <= last else {
            days = []
            return
        }
        let occurrences = (start.year...last.year).compactMap { year in
            CivilDate(year: year, month: month, day: min(day, CivilDate.numberOfDays(inMonth: month, of: year)))
        }
        days = Array(occurrences.filter { start <= $0 && $0 <= last }.suffix(Self.limit))
    }

    /// How a day came about.
    static func computation(on day: CivilDate) -> DateComputation {
        .fixed(day, how: "chaque année\(FrenchWording.colon)\(day.frenchDigitsWithWeekday)")
    }
}

extension ObligationRules {
    /// The occurrences of a yearly duty.
    func yearly(_ duty: Duty, _ rule: DeadlineRule, month: Int, day: Int) -> [Deadline] {
        let session = act.reading.session.date
        let start = max(session, convention(of: duty)?.signedOn ?? session)
        let yearly = YearlyDuties(
            month: month, day: day, from: start, end: end(of: duty), today: act.reading.today)
        return yearly.days.map { deadline(duty.occurrence(in: $0.year), rule, YearlyDuties.computation(on: $0)) }
    }

    /// When the convention that states a duty ends: on its day, or after its duration. While nobody knows when it was
    /// signed, a year is left for that: an occurrence too many is closed by a person, one too few would be missed.
    private func end(of duty: Duty) -> CivilDate? {
        let convention = convention(of: duty)
        if let end = convention?.endsOn { return end }
        let duration = duties.first { isEndOfConvention($0) && $0.obligation.convention == duty.obligation.convention }
        guard case .after(let delay)? = duration?.obligation.due, let months = delay.totalMonths,
            let days = delay.plausibleDays, months + days > 0
        else { return nil }
        let start = AnchorResolution(delay.after, act: act, convention: convention).date
        let latest = start ?? act.reading.session.date.adding(months: 12)
        return TimeLimit.ordinary(from: latest, months: months, days: days)
    }
}
