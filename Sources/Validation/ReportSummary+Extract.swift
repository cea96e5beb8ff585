import Deliberations

extension ReportSummary {
    /// What the register needs of `extract`.
    public init(of extract: Extract) {
        self.init(
            kind: extract.kind, authority: extract.authority, sessionDate: extract.session.date,
            acts: extract.deliberations.map { ActSummary(of: $0, in: extract) })
    }
}

extension ActSummary {
    /// What the register needs of `deliberation`, one of the acts of `extract`.
    fileprivate init(of deliberation: Deliberation, in extract: Extract) {
        self.init(subject: deliberation.subject, unanimous: deliberation.vote?.unanimous ?? false)
        number = deliberation.number
        item = deliberation.item
        outcome = deliberation.vote?.outcome
        `for` = deliberation.vote?.for
        against = deliberation.vote?.against
        abstentions = deliberation.vote?.abstentions
        if let grants = deliberation.grants, let first = grants.first {
            grantedCents = grants.reduce(0) { $0 + $1.amount.cents }
            beneficiary = first.beneficiary
        }
        matter = deliberation.matterCode
        let publishedWithTheExtract = extract.kind == .extract ? extract.session.publishedOn : nil
        publishedOn = deliberation.act?.publishedOn ?? publishedWithTheExtract
        receivedOn = deliberation.act?.receivedOn
    }
}
