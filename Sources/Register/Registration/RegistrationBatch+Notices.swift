import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// What staff are told of acts and deadlines that they know, beside the dates that move.
extension RegistrationBatch {
    /// What is known of the acts of documents that are about to be taken out: of what a document corrects; of itself, when it
    /// is read anew and has errors to tell.
    func formerActs(
        of registration: Registration, replacing replaced: DocumentID?, isKnown: Bool
    ) throws -> FormerActs {
        guard !registration.isArchive else { return FormerActs() }
        let isReread = isKnown && registration.report.findings.contains { $0.severity == .error }
        var former = FormerActs()
        former.isCorrection = replaced != nil && !isKnown
        for document in [replaced, isReread ? registration.document : nil].compactMap({ $0 }) {
            let entries = try sql.query(
                """
                SELECT e.position, e.act, a.facts FROM entries e JOIN acts a ON a.id = e.act
                WHERE e.document = ? ORDER BY e.position
                """, [.init(document)]
            ) { (position: try $0.count(0), act: ActID(try $0.integer(1)), facts: try $0.text(2)) }
            guard !entries.isEmpty, let report = try readableReport(of: document) else { continue }
            former.general += report.findings.filter { $0.deliberation == nil }
            for entry in entries {
                guard let facts = try? ActSummary(json: Array(entry.facts.utf8)) else { continue }
                let findings = Self.findings(of: report, at: entry.position)
                former.acts[entry.act, default: FormerActs.Act(facts: facts, findings: [])].findings += findings
            }
        }
        return former
    }

    private static func findings(of report: Report, at position: Int) -> [Finding] {
        let isOnly = report.summary.acts.count == 1
        return report.findings.filter { isOnly || $0.deliberation == position }
    }

    /// Notes what a document says otherwise of acts that staff know: of what it corrects, everything; else its errors. What
    /// the mail about an act is still to say needs no other; archives are quiet.
    func noteCorrections(_ registration: Registration, _ matched: Matched, formerly former: FormerActs) throws {
        guard !registration.isArchive else { return }
        var seen = Set(matched.newActs)
        var general = registration.report.findings.filter { $0.deliberation == nil }
        if !matched.newActs.isEmpty || registration.report.summary.acts.count == 1 { general = [] }
        for (position, act) in matched.acts.enumerated() where seen.insert(act).inserted {
            let own = Self.findings(of: registration.report, at: position)
            var correction = try correction(of: act, own, registration, formerly: former)
            correction.found += Finding.newErrors(general, former.general)
            general = []
            guard !correction.isEmpty else { continue }
            try insertNotice(of: act, by: registration.document, detail: correction.jsonText)
        }
    }

    private func correction(
        of act: ActID, _ own: [Finding], _ registration: Registration, formerly former: FormerActs
    ) throws -> ActCorrection {
        var correction = ActCorrection()
        if let known = former.acts[act], former.isCorrection {
            guard try news(of: act) != .pending else { return correction }
            correction.found = Finding.difference(own, known.findings)
            correction.gone = Finding.difference(known.findings, own)
            if let facts = try facts(of: act), facts.told != known.facts.told { correction.former = known.facts }
        } else if own.contains(where: { $0.severity == .error }) {
            let others = try others(stating: act, than: registration)
            let isListed = try news(of: act) == .pending && !others.isBetter
            if isListed { return correction }
            correction.found = Finding.newErrors(own, (former.acts[act]?.findings ?? []) + others.findings)
        }
        return correction
    }

    private func facts(of act: ActID) throws -> ActSummary? {
        let text = try sql.first("SELECT facts FROM acts WHERE id = ?", [.init(act)]) { try $0.text(0) }
        return text.flatMap { try? ActSummary(json: Array($0.utf8)) }
    }

    /// What the other documents that state an act say of it, and whether one of them is better.
    private func others(
        stating act: ActID, than registration: Registration
    ) throws -> (findings: [Finding], isBetter: Bool) {
        let entries = try sql.query(
            "SELECT document, position, rank, accepted_at FROM entries WHERE act = ? AND document <> ?",
            [.init(act), .init(registration.document)]
        ) { row in
            let document = try row.document(0)
            let precedence = Precedence(rank: try row.count(2), acceptedAt: try row.count(3), document: document)
            return (document: document, position: try row.count(1), precedence: precedence)
        }
        var findings: [Finding] = []
        for entry in entries {
            guard let report = try readableReport(of: entry.document) else { continue }
            findings += Self.findings(of: report, at: entry.position)
        }
        return (findings, entries.contains { $0.precedence > registration.precedence })
    }

    /// Notes that a deadline fell away of which staff were told, and which still asked for something.
    func noteWithdrawal(of row: DeadlineRow) throws {
        guard let cause, row.isRunning else { return }
        let isOver = row.due.map { $0 < ParisTime.civil(at: now).date } ?? false
        guard !isOver || row.terms.direction == .actBefore, !(isOver && cause.isArchive) else { return }
        let isUntold = try row.changeStep.map { try !writer.isToldToAnybody($0, of: row) } ?? true
        if row.change == .added, isUntold { return }
        let isTold = try !isUntold || news(of: row.act) == .told || isReminded(of: row.id)
        guard isTold else { return }
        var known = row.due
        if case .moved(let former)? = row.change, isUntold { known = former }
        try insertNotice(of: row.act, by: cause.document, deadline: row.id, formerDue: known, detail: "")
    }

    private func isReminded(of deadline: DeadlineID) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM alerts WHERE subject = ? AND (state IN ('sent', 'uncertain') OR doubts > 0) LIMIT 1",
            [.text(AlertSubject.deadline(deadline).key)]
        ) { _ in true } ?? false
    }

    /// Whether staff were told that no document states a deadline any more.
    func isWithdrawalTold(of deadline: DeadlineID) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM notices WHERE deadline = ? AND mail IS NOT NULL LIMIT 1", [.init(deadline)]
        ) { _ in true } ?? false
    }

    private func insertNotice(
        of act: ActID, by document: DocumentID, deadline: DeadlineID? = nil, formerDue: CivilDate? = nil,
        detail: String
    ) throws {
        try sql.enqueue(
            """
            INSERT INTO notices (id, cause, act, deadline, former_due, announce_at, detail) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(numbers.next(.notice)), value(of: document), .init(act), deadline.map { .init($0) } ?? .null,
                .init(formerDue), .init(now), .text(detail),
            ])
    }
}
