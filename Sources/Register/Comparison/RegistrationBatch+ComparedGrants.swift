import Deliberations
import GreffierProtocol
import Storage
import Validation

/// What an authority grants to one body in one year.
extension RegistrationBatch {
    /// The most grants of one body and year that are added up; past it what was found stands, and nothing is added up anew:
    /// no body has so many, and each registration would read them all.
    private static let limit = 200

    private struct StatedGrant {
        let act: ActID
        let day: CivilDate
        let precedence: Precedence
        let grant: ComparedGrant
    }

    /// Looks whether the grants to a body pass a threshold together.
    func compareGrants(to beneficiary: BeneficiaryYear, cause: FindingCause) throws {
        guard try !isPastLimit(beneficiary) else { return }
        let awards = try self.awards(to: beneficiary)
        let passed =
            awards.count < 2
            ? []
            : review.passedThresholds(
                awards.map(\.award), authority: try authority(numbered: beneficiary.authority))
        let found = passed.map { passed in
            let (act, award) = awards[passed.award]
            return FoundFinding(
                subject: beneficiary.key, finding: passed.finding, act: act, authority: beneficiary.authority,
                day: award.sessionDate)
        }
        let rows = try findings(
            "rule IN (?, ?) AND subject = ?",
            RegisterReview.grantRules.map(SQLValue.text) + [.text(beneficiary.key)])
        try settle(found, among: rows, cause: cause)
    }

    private func isPastLimit(_ beneficiary: BeneficiaryYear) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM grants WHERE authority = ? AND year = ? AND beneficiary = ? LIMIT 1 OFFSET \(Self.limit)",
            [.integer(beneficiary.authority), .integer(beneficiary.year), .integer(beneficiary.beneficiary)]
        ) { _ in true } ?? false
    }

    /// What each act awards, as its best document says it; the first session first.
    private func awards(to beneficiary: BeneficiaryYear) throws -> [(act: ActID, award: RegisterReview.Award)] {
        let rows = try statedGrants(to: beneficiary)
        let acts = Dictionary(grouping: rows, by: \.act)
        return acts.keys.sorted().compactMap { act -> (ActID, RegisterReview.Award)? in
            guard let stated = acts[act], let best = stated.map(\.precedence).max() else { return nil }
            let grants = stated.filter { $0.precedence == best }
            guard let first = grants.first else { return nil }
            let award = RegisterReview.Award(
                sessionDate: first.day, beneficiary: first.grant.beneficiary,
                cents: grants.reduce(0) { $0 + $1.grant.cents },
                hasConvention: grants.contains(where: \.grant.hasConvention), evidence: first.grant.evidence)
            return (act, award)
        }.sorted { ($0.1.sessionDate, $0.0) < ($1.1.sessionDate, $1.0) }
    }

    private func statedGrants(to beneficiary: BeneficiaryYear) throws -> [StatedGrant] {
        try sql.query(
            """
            SELECT e.act, e.session_day, e.rank, e.accepted_at, g.document, g.detail
            FROM grants g JOIN entries e ON e.document = g.document AND e.position = g.position
            WHERE g.authority = ? AND g.year = ? AND g.beneficiary = ? ORDER BY g.document, g.place
            """,
            [.integer(beneficiary.authority), .integer(beneficiary.year), .integer(beneficiary.beneficiary)]
        ) { row -> StatedGrant? in
            guard let grant = try? ComparedGrant(json: Array(try row.text(5).utf8)) else { return nil }
            let precedence = Precedence(
                rank: try row.count(2), acceptedAt: try row.count(3), document: try row.document(4))
            return StatedGrant(
                act: ActID(try row.integer(0)), day: try row.day(1), precedence: precedence, grant: grant)
        }.compactMap { $0 }
    }
}
