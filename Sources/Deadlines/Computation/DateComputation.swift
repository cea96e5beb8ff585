import Deliberations

/// A date and, in French, how it came about; or what it waits for.
struct DateComputation: Hashable, Sendable {
    /// The day; nil while the start is unknown or if there is none.
    var due: CivilDate?
    /// The other reading.
    var alternative: CivilDate?
    /// What an unknown date waits for.
    var startEvent: String?
    /// How it follows from that event.
    var startRule: StartRule?
    /// How the date came about.
    var how: String

    /// A date that is simply so.
    static func fixed(_ due: CivilDate, alternative: CivilDate? = nil, how: String) -> Self {
        Self(due: due, alternative: alternative, how: how)
    }

    /// A date that waits for `event`, and follows from it by `rule`.
    static func waiting(
        for event: String, by rule: StartRule?, how: String, alternative: CivilDate? = nil
    ) -> Self {
        Self(alternative: alternative, startEvent: event, startRule: rule, how: how)
    }

    /// A date that follows from `event`: on its day if that is known.
    ///
    /// - Parameter unknown: what is said while it is not.
    static func following(
        _ event: String, on day: CivilDate?, by rule: StartRule, calendar: WorkingCalendar, unknown: String
    ) -> Self {
        day.map { rule.computation(from: $0, calendar: calendar) } ?? .waiting(for: event, by: rule, how: unknown)
    }

    /// A duty without a date.
    static func undated(_ how: String) -> Self { Self(how: how) }

    /// An ordinary limit: "séance du 26/09/2024, quatre mois : 26/01/2025, sans report".
    ///
    /// - Parameter start: the start in words with its date.
    static func ordinary(_ start: String, from day: CivilDate, months: Int = 0, days: Int = 0) -> Self {
        let due = TimeLimit.ordinary(from: day, months: months, days: days)
        let isOff = due.isWeekend || WorkingCalendar().isHoliday(due)
        let note = isOff ? " (\(due.weekday.rawValue), sans report)" : ""
        let span = FrenchWording.span(months: months, days: days)
        return .fixed(due, how: "\(start), \(span)\(FrenchWording.colon)\(due.frenchDigits)\(note)")
    }

    /// Six months after the end of an exercise, and the like: where the exercise ends with a month, some count to the
    /// end of the month.
    static func afterExercise(_ start: String, end: CivilDate, months: Int) -> Self {
        var computation = ordinary(start, from: end, months: months)
        guard let due = computation.due, end == end.endOfMonth, due != due.endOfMonth else { return computation }
        computation.alternative = due.endOfMonth
        computation.how += " (ou \(due.endOfMonth.frenchDigits), de fin de mois à fin de mois)"
        return computation
    }

    /// The same with more said.
    consuming func adding(_ note: String) -> Self {
        how += note
        return self
    }
}

/// A limit for going to court: clear months, extended to a working day (CJA R421-1; CPC 642 al. 2).
struct CourtPeriod {
    /// The months of the limit.
    var months: Int
    /// The calendar of the court.
    var calendar: WorkingCalendar

    /// Limits that would have ended in the state of health emergency were extended by orders 2020-305 and 2020-306 in
    /// ways that no table holds.
    private static let healthEmergency: ClosedRange<Int> = 18_333...18_497

    /// Whether a limit that ends on `date` fell under the orders of 2020 (12 March to 23 August).
    static func isInHealthEmergency(_ date: CivilDate) -> Bool { healthEmergency.contains(date.daysSince1970) }

    /// The period that runs from `day`; `start` says so in words with the date.
    func computation(_ start: String, from day: CivilDate) -> DateComputation {
        let raw = TimeLimit.franc(from: day, months: months)
        let due = calendar.extended(raw)
        let span = "\(start), \(FrenchWording.months(months)) francs"
        if Self.isInHealthEmergency(raw) || Self.isInHealthEmergency(due) {
            return .undated(
                "\(span)\(FrenchWording.colon)\(raw.frenchDigits), mais les délais échus du 12/03/2020 au 23/08/2020 "
                    + "ont été prorogés (ordonnances 2020-305 et 2020-306)\(FrenchWording.colon)date indéterminée")
        }
        let sentence = "\(span)\(FrenchWording.colon)\(raw.frenchDigits)\(extensionNote(from: raw, to: due))"
        guard let other = otherReading(from: day), other != due else { return .fixed(due, how: sentence) }
        return .fixed(
            due, alternative: other,
            how: sentence + " (ou \(other.frenchDigits), si l’on compte de quantième à quantième)")
    }

    private func extensionNote(from raw: CivilDate, to due: CivilDate) -> String {
        guard raw != due else { return "" }
        let why = calendar.holidayName(of: raw).map { "férié (\($0))" } ?? "un \(raw.weekday.rawValue)"
        return ", \(why), reporté au \(due.frenchDigitsWithWeekday)"
    }

    /// Where the month of the end is shorter, some count the months from the day after the start.
    private func otherReading(from day: CivilDate) -> CivilDate? {
        guard day.adding(months: months).day != day.day else { return nil }
        return calendar.extended((day + 1).adding(months: months))
    }
}
