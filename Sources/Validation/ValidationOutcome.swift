import Deliberations

/// What the rules say of one Extract. A rule that is in none of the three lists is fulfilled.
public struct ValidationOutcome: Hashable, Sendable {
    /// What is wrong or worth knowing, errors first.
    public var findings: [Finding]
    /// The rules that could not be checked, each with what is missing.
    public var indeterminate: [Indeterminate]
    /// The rules that do not apply, each with why.
    public var notApplicable: [NotApplicable]
    /// What the register compares with other documents; nil until a document was checked.
    public var compared: ComparedFacts?

    /// Nothing said.
    public init(
        findings: [Finding] = [], indeterminate: [Indeterminate] = [], notApplicable: [NotApplicable] = []
    ) {
        self.findings = findings
        self.indeterminate = indeterminate
        self.notApplicable = notApplicable
    }
}
