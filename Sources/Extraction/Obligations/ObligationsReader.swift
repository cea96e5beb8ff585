import Deliberations

/// Reads all obligations of a document: of its act, of its conventions and of their annexes.
struct ObligationsReader {
    let text: NormalizedText
    let mentions: FoundMentions
    let clauses: ClauseMatches
    let session: CivilDate?

    /// The obligations in the order act, conventions, annexes.
    func read(
        _ segments: Segments, _ conventions: [ReadConvention]
    ) -> [FoundObligation] {
        var found = ActDuties.read(
            in: segments.act, of: text, mentions: mentions, clauses: clauses, session: session)
        var reports: [FoundObligation?] = []
        for (index, convention) in conventions.enumerated() {
            let first = found.count
            found += ConventionDuties.read(convention, in: text, mentions: mentions, clauses: clauses).map {
                var obligation = $0
                obligation.convention = index
                return obligation
            }
            reports.append(found[first...].last { $0.kind == .report && text.find("livrables", in: $0.what) != nil })
        }
        for annex in segments.annexes where annex.kind == .annex {
            let after = conventions.partitioningIndex { $0.range.lowerBound >= annex.range.lowerBound }
            found += deliverables(
                in: annex.range, of: after > 0 ? after - 1 : nil, report: after > 0 ? reports[after - 1] : nil)
        }
        return found
    }

    /// The deliverables of an annex belong to the convention before it, and fall due with the report that is to detail
    /// them, unless their list says another day.
    private func deliverables(
        in range: Range<Int>, of convention: Int?, report: FoundObligation?
    ) -> [FoundObligation] {
        return DeliverablesReader.read(in: range, of: text, clauses: clauses).map {
            var obligation = $0
            obligation.convention = convention
            obligation.debtor = report?.debtor
            obligation.creditor = report?.creditor
            if obligation.due == nil { obligation.due = report?.due }
            return obligation
        }
    }
}
