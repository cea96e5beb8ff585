import Deliberations

/// Makes the deadlines of one document: of the duties that it states, and of the law.
///
/// A value without clock, memory or I/O.
public struct DeadlineComputer: Sendable {
    /// What is known of the authority.
    public let facts: AuthorityFacts
    /// The present day: yearly duties are listed from here on.
    public let today: CivilDate

    /// A computer for an authority's documents, on one day.
    public init(facts: AuthorityFacts = AuthorityFacts(), today: CivilDate) {
        self.facts = facts
        self.today = today
    }

    /// What a document makes due.
    public struct Result: Hashable, Sendable {
        /// The deadlines, first those with a date in the order of dates.
        public var deadlines: [Deadline]
        /// The rules that lack an input.
        public var indeterminate: [Indeterminate]
    }

    /// The deadlines of `extract`.
    ///
    /// - Parameter text: the converted text in UTF-8 that the Extract's ranges count in; deadlines quote it. Ranges that
    ///   lie outside are not quoted.
    public func deadlines(of extract: Extract, text: [UInt8]) -> Result {
        let reading = ReadingContext(extract, text: text, facts: facts, today: today)
        let acts = reading.acts
        var deadlines = SessionPublicityRules(reading: reading).deadlines()
        deadlines += SessionDutyRules(reading: reading).deadlines()
        var indeterminate: [Indeterminate] = []
        for act in acts {
            let obligations = ObligationRules(act: act)
            let grants = GrantRules(act: act, duties: obligations.duties)
            deadlines += AppealRules(act: act).deadlines()
            deadlines += ActPublicityRules(act: act).deadlines()
            deadlines += obligations.deadlines()
            deadlines += ConventionRules(act: act, duties: obligations.duties).deadlines()
            deadlines += grants.deadlines()
            deadlines += [Programme.deadline(of: act, duties: obligations.duties)].compactMap { $0 }
            indeterminate += grants.indeterminate()
        }
        deadlines += BudgetRules(reading: reading, acts: acts).deadlines()
        deadlines += AccountsRules(reading: reading, acts: acts).deadlines()
        deadlines += YearlyDutyRules(reading: reading, acts: acts).deadlines()
        deadlines += EventRules(reading: reading, acts: acts).deadlines()
        indeterminate += Self.undatedAppeals(in: deadlines)
        return Result(deadlines: Self.sorted(Self.distinct(deadlines)), indeterminate: indeterminate)
    }

    /// Court periods that end in the state of health emergency.
    private static func undatedAppeals(in deadlines: [Deadline]) -> [Indeterminate] {
        deadlines.filter { $0.kind == .appeal && $0.due == nil && $0.startEvent == nil }.map { deadline in
            Indeterminate(rule: deadline.rule, deliberation: deadline.deliberation, missing: deadline.how)
        }
    }

    /// No id twice: a duty that is stated twice is one; what only looks the same gets a number.
    private static func distinct(_ deadlines: [Deadline]) -> [Deadline] {
        if Set(deadlines.lazy.map(\.id)).count == deadlines.count { return deadlines }
        var kept: [Deadline] = []
        var positions: [String: Int] = [:]
        kept.reserveCapacity(deadlines.count)
        positions.reserveCapacity(deadlines.count)
        for var deadline in deadlines {
            let id = deadline.id
            var count = 1
            var position = positions[id]
            while let taken = position, !kept[taken].isRestated(by: deadline) {
                count += 1
                deadline.id = "\(id)-\(count)"
                position = positions[deadline.id]
            }
            if let position {
                kept[position].evidence += deadline.evidence.filter { !kept[position].evidence.contains($0) }
            } else {
                positions[deadline.id] = kept.count
                kept.append(deadline)
            }
        }
        return kept
    }

    private static func sorted(_ deadlines: [Deadline]) -> [Deadline] {
        let dues = deadlines.map { $0.due?.daysSince1970 ?? .max }
        return deadlines.indices.sorted { (dues[$0], $0) < (dues[$1], $1) }.map { deadlines[$0] }
    }
}

extension Deadline {
    fileprivate func isRestated(by other: Self) -> Bool {
        deliberation == other.deliberation && due == other.due && rule == other.rule
    }
}
