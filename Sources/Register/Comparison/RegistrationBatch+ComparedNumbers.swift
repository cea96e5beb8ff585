import Deliberations
import GreffierProtocol
import JSONCodec
import Storage
import Validation

/// Numbers that more than one act bears.
extension RegistrationBatch {
    /// The most acts of one number that are compared.
    private static let limit = 32

    private struct NumberedAct {
        let act: ActID
        let fact: RegisterFacts.RegisteredAct
    }

    /// Looks for other acts of the same number.
    ///
    /// - Parameter fresh: acts that this document alone states: nothing was ever found of them.
    func compareNumbers(_ numbers: Set<SessionNumber>, fresh: Set<ActID>, cause: FindingCause) throws {
        for number in numbers.sorted(by: { ($0.key, $0.day) < ($1.key, $1.day) }) {
            if !number.isYearly, try fresh.isSuperset(of: acts(of: number)) { continue }
            let bearers = try bearers(of: number)
            if bearers.count == 1, fresh.contains(bearers[0].act) { continue }
            for (index, bearer) in bearers.enumerated() {
                let older = bearers[..<index].map(\.fact)
                try settle(number, bearer, older: Array(older), cause: cause)
            }
        }
    }

    private func settle(
        _ number: SessionNumber, _ bearer: NumberedAct, older: [RegisterFacts.RegisteredAct], cause: FindingCause
    ) throws {
        let (others, evidence) = try namesakes(of: bearer, number)
        let finding = review.number(
            of: bearer.fact, borneBy: older + others, evidence: evidence,
            authority: try authority(numbered: number.authority))
        let subject = "\(bearer.act)/\(number.key)"
        let found = finding.map {
            FoundFinding(
                subject: subject, finding: $0, act: bearer.act, authority: number.authority,
                day: bearer.fact.sessionDate)
        }
        let rows = try findings("act = ? AND rule = ?", [.init(bearer.act), .text(RegisterReview.numberRule)])
        try settle(found.map { [$0] } ?? [], among: rows, cause: cause)
    }

    private func acts(of number: SessionNumber) throws -> Set<ActID> {
        Set(
            try sql.query(
                "SELECT DISTINCT act FROM entries WHERE authority = ? AND number_key = ? AND session_day = ? LIMIT \(Self.limit)",
                [.integer(number.authority), .text(number.key), .init(number.day)]
            ) { ActID(try $0.integer(0)) })
    }

    /// The acts of the number, the oldest first: of the session, or of all if it begins with a year.
    private func bearers(of number: SessionNumber) throws -> [NumberedAct] {
        let everywhere = number.isYearly
        let rows = try sql.query(
            """
            SELECT DISTINCT a.id, a.number, a.subject, a.session_day FROM entries e JOIN acts a ON a.id = e.act
            WHERE e.authority = ? AND e.number_key = ? \(everywhere ? "" : "AND e.session_day = ?")
            ORDER BY a.session_day, a.id LIMIT \(Self.limit)
            """,
            [.integer(number.authority), .text(number.key)] + (everywhere ? [] : [.init(number.day)])
        ) { row in
            let printed = ActNumber(try row.optionalText(1) ?? number.key)
            return NumberedAct(
                act: ActID(try row.integer(0)),
                fact: .init(number: printed, subject: try row.text(2), sessionDate: try row.day(3)))
        }
        return rows
    }

    /// What other extracts call an act: one number over two subjects in one session is two acts that the register took
    /// for one. Minutes and lists shorten subjects as they like.
    private func namesakes(
        of bearer: NumberedAct, _ number: SessionNumber
    ) throws -> ([RegisterFacts.RegisteredAct], Evidence?) {
        let extracts = try sql.query(
            """
            SELECT document, summary FROM entries WHERE act = ? AND number_key = ? AND rank = 3
            ORDER BY accepted_at DESC, document LIMIT \(Self.limit)
            """, [.init(bearer.act), .text(number.key)]
        ) { (document: try $0.document(0), summary: try $0.text(1)) }
        let others = extracts.dropFirst().compactMap { extract in
            (try? ActSummary(json: Array(extract.summary.utf8))).map {
                RegisterFacts.RegisteredAct(
                    number: bearer.fact.number, subject: $0.subject, sessionDate: bearer.fact.sessionDate)
            }
        }
        return (others, try extracts.first.flatMap { try numberEvidence(in: $0.document, of: bearer.act) })
    }

    private func numberEvidence(in document: DocumentID, of act: ActID) throws -> Evidence? {
        let position = try sql.first(
            "SELECT position FROM entries WHERE document = ? AND act = ? LIMIT 1", [.init(document), .init(act)]
        ) { try $0.count(0) }
        let numbers = try readableReport(of: document)?.compared?.numbers
        return numbers?.first { $0.deliberation == position }?.evidence
    }
}
