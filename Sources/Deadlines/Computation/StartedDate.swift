import Deliberations

/// The date of a deadline whose event has come.
public struct StartedDate: Hashable, Sendable {
    /// The day; nil where the law gives none that can be computed.
    public let due: CivilDate?
    /// The other reading where the law or the wording is doubtful.
    public let alternative: CivilDate?
    /// How the date was computed, in French.
    public let how: String
}

extension StartRule {
    /// The date that follows if the event happened on `day`.
    ///
    /// - Parameter addedHolidays: public holidays besides those of the law, by their days, with their names in French.
    public func date(from day: CivilDate, addedHolidays: [CivilDate: String] = [:]) -> StartedDate {
        let calendar = WorkingCalendar(
            zone: zone ?? .metropole, observesGoodFriday: !(worksOnGoodFriday ?? false), addedHolidays: addedHolidays)
        let computation = computation(from: day, calendar: calendar)
        return StartedDate(due: computation.due, alternative: computation.alternative, how: computation.how)
    }

    /// The date by a calendar.
    ///
    /// - Parameter remark: what is said of the day: " (déduit)".
    func computation(from day: CivilDate, calendar: WorkingCalendar, remark: String = "") -> DateComputation {
        let start = "\(words) \(day.frenchDigits)\(remark)"
        let computation: DateComputation =
            switch counting {
            case .court: CourtPeriod(months: months, calendar: calendar).computation(start, from: day)
            case .fulfilled: .fixed(day, how: start)
            case .duration: duration(start, from: day)
            case .clear: clear(start, from: day)
            case .ordinary: ordinary(start, from: day)
            case .worked:
                working(start, from: day, "ouvré") { calendar.adding(workedDays: $0, to: $1) }
            case .workable:
                working(start, from: day, "ouvrable") { calendar.adding(workableDays: $0, to: $1) }
            }
        return computation.adding(note ?? "")
    }

    /// The same by the calendar in which the rule counts.
    consuming func counted(in calendar: WorkingCalendar) -> Self {
        zone = calendar.zone
        worksOnGoodFriday = calendar.observesGoodFriday ? nil : true
        return self
    }

    private func ordinary(_ start: String, from day: CivilDate) -> DateComputation {
        if months == 0, days == 0 { return .fixed(day, how: start) }
        return .ordinary(start, from: day, months: months, days: days)
    }

    private func clear(_ start: String, from day: CivilDate) -> DateComputation {
        let due = TimeLimit.franc(from: day, months: months, days: days)
        let span = FrenchWording.span(months: months, days: days)
        return .fixed(due, how: "\(start), \(span) francs\(FrenchWording.colon)\(due.frenchDigits)")
    }

    /// Days of a kind; the other reading of a doubtful wording counts one more.
    private func working(
        _ start: String, from day: CivilDate, _ kind: String, adding: (Int, CivilDate) -> CivilDate
    ) -> DateComputation {
        let first = day.adding(months: months)
        let due = adding(days, first)
        let span = "\(FrenchWording.span(months: months, days: days)) \(kind)\(days > 1 ? "s" : "")"
        let how = "\(start), \(span)\(FrenchWording.colon)\(due.frenchDigitsWithWeekday)"
        guard isDoubtful ?? false else { return .fixed(due, how: how) }
        let other = adding(days + 1, first)
        return .fixed(due, alternative: other, how: "\(how) (ou \(other.frenchDigits), si les jours sont francs)")
    }

    /// The last day that is certainly covered; the other reading includes the same day of the month.
    private func duration(_ start: String, from day: CivilDate) -> DateComputation {
        var computation = ordinary(start, from: day)
        guard let end = computation.due else { return computation }
        computation.due = end - 1
        computation.alternative = end
        return computation.adding("\(FrenchWording.colon)dernier jour certain \((end - 1).frenchDigits)")
    }
}
