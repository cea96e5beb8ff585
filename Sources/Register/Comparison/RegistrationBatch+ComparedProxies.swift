import Deliberations
import Storage
import Validation

/// Proxies over the sessions of an organ.
extension RegistrationBatch {
    /// How many sessions before and after one are looked at: a run is counted up to here.
    private static let reach = 12
    /// How many lists are read of them at most: documents of one session may differ.
    private static let lists = 96

    private struct KnownProxies {
        let day: CivilDate
        var proxies: [ComparedProxy]
    }

    /// Looks for proxies given too often in a session and in those after it.
    func compareProxies(around session: OrganSession, cause: FindingCause) throws {
        let former = try sessions(of: session, "session_day < ? ORDER BY session_day DESC")
        let later = try sessions(of: session, "session_day >= ? ORDER BY session_day")
        let authority = try authority(numbered: session.authority)
        var known = former.map(Self.known)
        if later.first?.day != session.day { try settle([], of: session, at: session.day, cause: cause) }
        for present in later {
            let long = review.longProxies(
                of: present.proxies, on: present.day, after: Array(known.prefix(Self.reach)), authority: authority)
            let found = long.map { long in
                FoundFinding(
                    subject: "\(session.authority)/\(session.organ)/\(present.day.daysSince1970)/\(long.proxy.pair)",
                    finding: long.finding, act: nil, authority: session.authority, day: present.day)
            }
            try settle(found, of: session, at: present.day, cause: cause)
            known.insert(Self.known(present), at: 0)
        }
    }

    private func settle(
        _ found: [FoundFinding], of session: OrganSession, at day: CivilDate, cause: FindingCause
    ) throws {
        let prefix = "\(session.authority)/\(session.organ)/\(day.daysSince1970)/"
        let rows = try findings(
            "authority = ? AND session_day = ? AND act IS NULL AND rule = ?",
            [.integer(session.authority), .init(day), .text(RegisterReview.proxyRule)]
        ).filter { $0.subject.hasPrefix(prefix) }
        try settle(found, among: rows, cause: cause)
    }

    private static func known(_ session: KnownProxies) -> RegisterFacts.KnownSession {
        RegisterFacts.KnownSession(
            date: session.day,
            proxies: session.proxies.map { Proxy(giver: Person(name: $0.giver), holder: Person(name: $0.holder)) })
    }

    /// The nearest sessions, each with what any of its documents lists.
    private func sessions(of session: OrganSession, _ condition: String) throws -> [KnownProxies] {
        let rows = try sql.query(
            """
            SELECT session_day, proxies FROM session_proxies WHERE authority = ? AND organ = ? AND \(condition), digest
            LIMIT \(Self.lists)
            """, [.integer(session.authority), .text(session.organ), .init(session.day)]
        ) { (day: try $0.day(0), list: try $0.text(1)) }
        return nearest(rows)
    }

    /// What the lists say together of each of the first sessions.
    private func nearest(_ lists: [(day: CivilDate, list: String)]) -> [KnownProxies] {
        var sessions: [KnownProxies] = []
        var pairs: Set<String> = []
        for row in lists {
            let isNew = sessions.last?.day != row.day
            if isNew, sessions.count == Self.reach { break }
            guard let list = try? ProxyList(json: Array(row.list.utf8)) else {
                passOver(.damagedRow(table: "session_proxies", id: "\(row.day)"), "session", "\(row.day)")
                continue
            }
            if isNew {
                sessions.append(KnownProxies(day: row.day, proxies: []))
                pairs.removeAll(keepingCapacity: true)
            }
            for proxy in list.proxies where pairs.insert(proxy.pair).inserted {
                sessions[sessions.count - 1].proxies.append(proxy)
            }
        }
        return sessions
    }
}

extension ComparedProxy {
    /// The same in each document that lists this proxy.
    var pair: String { "\(FoldedText(giver).text)>\(FoldedText(holder).text)" }
}
