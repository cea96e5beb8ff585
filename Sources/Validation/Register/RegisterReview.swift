import Deliberations

/// The rules that compare one document with what the register knows from others: pure, and asked anew whenever that
/// changes. Rules that are switched off for an authority say nothing.
public struct RegisterReview: Sendable {
    private let settings: RuleSettings

    /// A proxy that is given for too long, with the finding that says so.
    public struct LongProxy: Sendable {
        /// The proxy.
        public let proxy: ComparedProxy
        /// What the rule says.
        public let finding: Finding
    }

    /// What an act awards to one beneficiary.
    public struct Award: Hashable, Sendable {
        /// The day of its session.
        public var sessionDate: CivilDate
        /// To whom, as written.
        public var beneficiary: String
        /// How much, in euro cents.
        public var cents: Int
        /// Whether the act joins or mentions a convention with the beneficiary.
        public var hasConvention: Bool
        /// The words that say the amount.
        public var evidence: Evidence?

        /// An award.
        public init(
            sessionDate: CivilDate, beneficiary: String, cents: Int, hasConvention: Bool, evidence: Evidence? = nil
        ) {
            self.sessionDate = sessionDate
            self.beneficiary = beneficiary
            self.cents = cents
            self.hasConvention = hasConvention
            self.evidence = evidence
        }
    }

    /// A threshold that the awards of a year pass.
    public struct PassedThreshold: Sendable {
        /// The index of the award by which they pass it.
        public let award: Int
        /// What the rule says.
        public let finding: Finding
    }

    /// The rules as a deployment has decided about them.
    public init(_ settings: RuleSettings = .none) {
        self.settings = settings
    }

    /// The id of the rule on numbers.
    public static let numberRule = NumberUnique().description.id
    /// The id of the rule on proxies.
    public static let proxyRule = ProxyThreeSessions().description.id
    /// The ids of the two rules on the grants of a year.
    public static let grantRules = [GrantConventionRequired().description.id, GrantAuditor().description.id]

    /// What is wrong with an act's number, which `others` bear too: acts of other sessions, if the number begins with a
    /// year, and what other extracts of this session call by it.
    ///
    /// - Parameter others: the oldest first.
    public func number(
        of act: RegisterFacts.RegisteredAct, borneBy others: [RegisterFacts.RegisteredAct], evidence: Evidence?,
        authority: Authority
    ) -> Finding? {
        guard let other = others.first(where: { NumberUnique.isConflict(act, with: $0) }) else { return nil }
        return finding(
            NumberUnique().description, NumberUnique.message(act.number, borneBy: other), evidence: [evidence],
            authority: authority)
    }

    /// The proxies of a session that were given in more than three sessions in a row.
    ///
    /// - Parameter former: the sessions before it whose proxies are known, the last one first.
    public func longProxies(
        of proxies: [ComparedProxy], on date: CivilDate, after former: [RegisterFacts.KnownSession],
        authority: Authority
    ) -> [LongProxy] {
        guard ProxyThreeSessions.concerns(authority) else { return [] }
        return proxies.compactMap { proxy in
            let run = ProxyThreeSessions.run(from: proxy.giver, to: proxy.holder, before: former)
            guard run > ProxyThreeSessions.longest else { return nil }
            let message = ProxyThreeSessions.message(proxy.giver, proxy.holder, run: run)
            return finding(
                ProxyThreeSessions().description,
                "Séance du \(French.date(date))\u{A0}: \(message.prefix(1).lowercased())\(message.dropFirst())",
                computed: ProxyThreeSessions.computed(run), evidence: [proxy.evidence], authority: authority
            ).map { LongProxy(proxy: proxy, finding: $0) }
        }
    }

    /// The thresholds that the awards of one authority to one body pass in a year, where no award does alone.
    ///
    /// - Parameter awards: one an act, the first session first.
    public func passedThresholds(_ awards: [Award], authority: Authority) -> [PassedThreshold] {
        [
            passed(GrantConventionRequired.threshold, by: awards).flatMap { index in
                awards[index].hasConvention ? nil : conventionRequired(awards, index, authority)
            },
            passed(GrantAuditor.threshold, by: awards).flatMap { auditor(awards, $0, authority) },
        ].compactMap { $0 }
    }

    /// The award by which the sum passes a threshold; nil if none does, or one alone: that is seen without the register.
    private func passed(_ threshold: Int, by awards: [Award]) -> Int? {
        var sum = 0
        for (index, award) in awards.enumerated() {
            sum += award.cents
            if sum > threshold { return award.cents > threshold ? nil : index }
        }
        return nil
    }

    private func conventionRequired(_ awards: [Award], _ index: Int, _ authority: Authority) -> PassedThreshold? {
        let award = awards[index]
        return finding(
            GrantConventionRequired().description,
            "Les subventions de l’année \(award.sessionDate.year) à \(award.beneficiary) dépassent "
                + "23\u{A0}000\u{A0}€\u{A0}: convention obligatoire.",
            lowered: .warning, computed: Self.sum(awards[...index], over: GrantConventionRequired.threshold),
            evidence: [award.evidence], authority: authority
        ).map { PassedThreshold(award: index, finding: $0) }
    }

    private func auditor(_ awards: [Award], _ index: Int, _ authority: Authority) -> PassedThreshold? {
        finding(
            GrantAuditor().description, GrantAuditor.message(awards[index].beneficiary),
            computed: Self.sum(awards[...index], over: GrantAuditor.threshold), evidence: [awards[index].evidence],
            authority: authority
        ).map { PassedThreshold(award: index, finding: $0) }
    }

    /// "15 000 € (13/03/2025) + 10 000 € (15/05/2025) = 25 000 € > 23 000 €"; of many awards the last ones.
    private static func sum(_ awards: ArraySlice<Award>, over threshold: Int) -> String {
        let shown = awards.suffix(6).map { "\(French.money($0.cents)) (\(French.date($0.sessionDate)))" }
        let total = awards.reduce(0) { $0 + $1.cents }
        let terms = (awards.count > shown.count ? ["…"] : []) + shown
        return "\(terms.joined(separator: " + ")) = \(French.money(total)) > \(French.money(threshold))"
    }

    private func finding(
        _ rule: RuleDescription, _ message: String, lowered: Severity? = nil, computed: String? = nil,
        evidence: [Evidence?], authority: Authority
    ) -> Finding? {
        let parameters = settings.parameters(for: authority)
        guard !parameters.switchedOff.contains(rule.id) else { return nil }
        let severity = parameters.severities[rule.id] ?? rule.severity
        return Finding(
            rule: rule.id, severity: lowered.map { min($0, severity) } ?? severity, message: message,
            computed: computed, evidence: evidence.compactMap { $0 }, law: rule.lawInOneLine)
    }
}
