import Deadlines
import Deliberations
import Validation

/// Examines an Extract: what the rules say of it, and what is due by when.
public struct Examiner: Sendable {
    private let producedBy: Producer
    private let rules: RuleSettings
    private let validator: Validator

    /// An examiner for whom `rules` are decided.
    public init(producedBy: Producer, rules: RuleSettings = .none) {
        self.producedBy = producedBy
        self.rules = rules
        validator = Validator(parameters: rules.common)
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
        let due = DeadlineComputer(today: today).deadlines(of: extract, text: text)
        report.deadlines = due.deadlines
        report.indeterminate += due.indeterminate
        return report
    }

    /// The validator that all authorities share, unless something is said of this one.
    private func validator(for authority: Authority) -> Validator {
        let parameters = rules.parameters(for: authority)
        return parameters == rules.common ? validator : Validator(parameters: parameters)
    }
}
