import Deadlines
import Deliberations
import Digest
import Validation

/// Examines an Extract: what the rules say of it, and what is due by when.
public struct Examiner: Sendable {
    private let producedBy: Producer
    private let rules: RuleSettings
    private let validator: Validator
    private let calendar: WorkingCalendar
    /// A digest of all that deadlines are computed on beside the documents: the rules, the calendar, and what is said of
    /// authorities.
    public let deadlineBasis: String

    /// An examiner for whom `rules` are decided.
    ///
    /// - Parameter calendar: its zone is that of authorities of which no department is known; its added holidays are public
    ///   ones everywhere. Its other days off move no deadline.
    public init(
        producedBy: Producer, rules: RuleSettings = .none, calendar: WorkingCalendar = WorkingCalendar()
    ) {
        self.producedBy = producedBy
        self.rules = rules
        self.calendar = calendar
        validator = Validator(parameters: rules.common)
        deadlineBasis = Self.deadlineBasis(rules, calendar)
    }

    private static func deadlineBasis(_ rules: RuleSettings, _ calendar: WorkingCalendar) -> String {
        let holidays = calendar.addedHolidays.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let daysOff = calendar.otherDaysOff.sorted().map(\.description)
        let parts = [
            "\(DeadlineRevision.current)", calendar.zone.rawValue, "\(calendar.observesGoodFriday)",
            holidays.joined(separator: "\n"), daysOff.joined(separator: "\n"), rules.authorityText,
        ]
        return SHA256Digest(of: Array(parts.joined(separator: "\u{0}").utf8)).hexadecimal
    }

    /// The Report on `extract`, whose converted text is `text`, as of `today`.
    public func report(on extract: Extract, text: [UInt8], today: CivilDate) -> Report {
        var report = Report(
            producedBy: producedBy, document: extract.document, summary: ReportSummary(of: extract))
        var extract = extract
        extract.provenance = extract.provenance.indexed()
        let outcome = validator(for: extract.authority).validate(extract, text: text, today: today)
        report.findings = outcome.findings
        report.indeterminate = outcome.indeterminate
        report.notApplicable = outcome.notApplicable
        report.compared = outcome.compared
        let computer = DeadlineComputer(facts: facts(of: extract.authority), today: today)
        let due = computer.deadlines(of: extract, text: text)
        report.deadlines = due.deadlines
        report.basis = deadlineBasis
        report.indeterminate += due.indeterminate
        return report
    }

    /// What the configuration says of an authority, as far as deadlines ask for it.
    public func facts(of authority: Authority) -> AuthorityFacts {
        let parameters = rules.parameters(for: authority)
        return AuthorityFacts(
            usualZone: calendar.zone, department: parameters.department, addedHolidays: calendar.addedHolidays,
            population: parameters.population)
    }

    /// The validator that all authorities share, unless something is said of this one.
    private func validator(for authority: Authority) -> Validator {
        let parameters = rules.parameters(for: authority)
        return parameters == rules.common ? validator : Validator(parameters: parameters)
    }
}
