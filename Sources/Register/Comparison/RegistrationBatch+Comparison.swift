import Deliberations
import Digest
import GreffierProtocol
import JSONCodec
import Storage

extension RegistrationBatch {
    /// Takes out what a document gave to be compared, and notes what is to be compared anew without it.
    func retractCompared(of document: DocumentID, into disturbance: inout Disturbance) throws {
        let listed = try sql.first(
            "SELECT authority, organ, session_day, proxies FROM documents WHERE id = ? AND proxies IS NOT NULL",
            [.init(document)]
        ) { row in
            let organ = try row.optionalText(1) ?? ""
            return (
                session: OrganSession(authority: try row.integer(0), organ: organ, day: try row.day(2)),
                digest: try row.integer(3)
            )
        }
        if let listed {
            let key: [SQLValue] = values(of: listed.session) + [.integer(listed.digest)]
            try sql.execute("UPDATE session_proxies SET uses = uses - 1 WHERE \(Self.listKey)", key)
            try sql.execute("DELETE FROM session_proxies WHERE \(Self.listKey) AND uses <= 0", key)
            try sql.execute("UPDATE documents SET proxies = NULL WHERE id = ?", [.init(document)])
            disturbance.sessions.insert(listed.session)
        }
        let beneficiaries = try sql.query(
            "SELECT DISTINCT authority, year, beneficiary FROM grants WHERE document = ?", [.init(document)]
        ) {
            BeneficiaryYear(authority: try $0.integer(0), year: try $0.count(1), beneficiary: try $0.integer(2))
        }
        guard !beneficiaries.isEmpty else { return }
        disturbance.beneficiaries.formUnion(beneficiaries)
        try sql.execute("DELETE FROM grants WHERE document = ?", [.init(document)])
    }

    /// Keeps what a document gives to be compared; answers what its list of proxies is known by.
    func enterCompared(
        _ registration: Registration, at place: Place, _ disturbance: inout Disturbance
    ) throws -> Int64? {
        guard let facts = registration.report.compared else { return nil }
        try enterGrants(facts.grants, of: registration.document, at: place, &disturbance)
        guard let proxies = facts.proxies else { return nil }
        let session = OrganSession(authority: place.authority, organ: facts.organ.rawValue, day: place.day)
        let digest = Self.digest(of: proxies)
        let key: [SQLValue] = values(of: session) + [.integer(digest)]
        let known = try sql.execute("UPDATE session_proxies SET uses = uses + 1 WHERE \(Self.listKey)", key)
        if known == 0 {
            try sql.execute(
                """
                INSERT INTO session_proxies (authority, organ, session_day, digest, uses, proxies)
                VALUES (?, ?, ?, ?, 1, ?)
                """, key + [.text(ProxyList(proxies: proxies).jsonText)])
            disturbance.sessions.insert(session)
        }
        return digest
    }

    private static let listKey = "authority = ? AND organ = ? AND session_day = ? AND digest = ?"

    private func values(of session: OrganSession) -> [SQLValue] {
        [.integer(session.authority), .text(session.organ), .init(session.day)]
    }

    private static func digest(of proxies: [ComparedProxy]) -> Int64 {
        let lines = proxies.map(\.pair).sorted()
        return SHA256Digest(of: Array(lines.joined(separator: "\n").utf8)).leadingBits
    }

    private func enterGrants(
        _ grants: [ComparedGrant], of document: DocumentID, at place: Place, _ disturbance: inout Disturbance
    ) throws {
        for (index, grant) in grants.enumerated() {
            let name = FoldedText(grant.beneficiary).text
            guard !name.isEmpty else { continue }
            let beneficiary = BeneficiaryYear(
                authority: place.authority, year: place.day.year,
                beneficiary: SHA256Digest(of: Array(name.utf8)).leadingBits)
            try sql.execute(
                """
                INSERT INTO grants (document, place, position, authority, year, beneficiary, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    value(of: document), .integer(index), .integer(grant.deliberation), .integer(place.authority),
                    .integer(beneficiary.year), .integer(beneficiary.beneficiary), .text(grant.jsonText),
                ])
            disturbance.beneficiaries.insert(beneficiary)
        }
    }

    /// Compares with the rest of the register what a document brought or took away: its numbers at once, what it shares
    /// with others of the transaction when all stand.
    func compare(_ disturbance: Disturbance, _ matched: Matched, at place: Place, cause: FindingCause) throws {
        comparisons.add(sessions: disturbance.sessions, beneficiaries: disturbance.beneficiaries, cause: cause)
        let own = matched.numbers.map { SessionNumber(authority: place.authority, day: place.day, key: $0) }
        try compareNumbers(disturbance.numbers.union(own), fresh: matched.settledActs(disturbance), cause: cause)
        for act in disturbance.acts.sorted() where try !isLive(act) {
            for row in try findings("act = ?", [.init(act)]) { try withdraw(row) }
        }
    }

    /// Compares what the documents of the transaction share, and forgets that it is to be compared.
    func compareShared() throws {
        for (session, cause) in comparisons.sessions.sorted(by: { $0.key < $1.key }) {
            try compareProxies(around: session, cause: cause)
        }
        for (beneficiary, cause) in comparisons.beneficiaries.sorted(by: { $0.key.key < $1.key.key }) {
            try compareGrants(to: beneficiary, cause: cause)
        }
        comparisons = PendingComparisons()
    }
}

/// The proxies of a session as one document lists them.
struct ProxyList: JSONObject {
    var proxies: [ComparedProxy]

    init(proxies: [ComparedProxy]) { self.proxies = proxies }

    init(blank: JSONBlank) { self.init(proxies: []) }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("proxies", &proxies)
    }
}
