import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("What comparing documents finds", .onEveryEngine)
struct ComparisonTests {
    let folder = TemporaryFolder()
    static let start = moment("2025-03-14")

    func register() throws -> Register { try Register(folder.place) }

    func document(
        _ name: String, on session: String = "2025-03-13", subject: String? = nil, number: String? = nil,
        proxies: [ComparedProxy]? = nil, grants: [ComparedGrant] = []
    ) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.session = day(session)
        document.acts = [act(subject ?? "Sujet \(name)", number ?? name)]
        let evidence = Evidence(range: TextRange(3, 9), quote: "n° \(number ?? name)")
        document.compared = ComparedFacts(
            organ: .assembly, proxies: proxies, grants: grants,
            numbers: [ComparedNumber(deliberation: 0, evidence: evidence)])
        document.acceptedAt += name.utf8.count
        return document
    }

    func proxy(_ giver: String, _ holder: String) -> ComparedProxy {
        ComparedProxy(
            giver: giver, holder: holder, evidence: Evidence(range: TextRange(1, 5), quote: "\(giver) à \(holder)"))
    }

    func grant(_ euros: Int, to beneficiary: String = "Les Sabots", hasConvention: Bool = false) -> ComparedGrant {
        ComparedGrant(
            deliberation: 0, beneficiary: beneficiary, cents: euros * 100, hasConvention: hasConvention,
            evidence: Evidence(range: TextRange(7, 12), quote: "\(euros) €"))
    }

    /// What holds, as "rule: message".
    func found(_ register: Register) throws -> [String] {
        try register.database.read { sql in
            try sql.query("SELECT rule, detail FROM findings WHERE state = 'live' ORDER BY rule, subject") {
                "\(try $0.text(0)): \(try Finding(json: Array($0.text(1).utf8)).message)"
            }
        }
    }

    /// Makes what is due and sends it; answers what it was.
    func round(_ register: Register, at now: UTCInstant = start) throws -> [AlertKey] {
        try register.makeDueAlerts(now: now, limit: 100, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now)
        }
        return try register.claimAlerts(now: now, limit: 100, seconds: 60, token: Int64(now.secondsSince1970)).map {
            try register.commit($0, as: .sent(reply: "250"), now: now)
            return $0.key
        }
    }

    static let sessions = ["2024-12-12", "2025-01-16", "2025-02-13", "2025-03-13"]

    @Test(
        "A proxy in the fourth session in a row is found once, whatever number of documents and in whatever order",
        arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]])
    func longProxy(order: [Int]) throws {
        let register = try register()
        let given = [proxy("Karim BENALI", "Hugo DELMAS"), proxy("Maud KELLER", "Luc HAMON")]
        for index in order {
            for copy in 1...2 {
                let listed = copy == 1 && index == 2 ? Array(given.prefix(1)) : given
                try register.register(
                    document("\(index)-\(copy)", on: Self.sessions[index], proxies: listed), now: Self.start)
            }
        }
        let messages = try found(register)
        #expect(
            messages.count == 2 && messages.allSatisfy { $0.hasPrefix("proxy-three-sessions: Séance du 13/03/2025") })
        let record = try #require(try register.document(document("3-1").id))
        #expect(
            record.comparedFindings.map(\.evidence.first?.quote) == [
                "Karim BENALI à Hugo DELMAS", "Maud KELLER à Luc HAMON",
            ])
    }

    @Test("A session in which it was not given, or a correction that takes it away, ends the run")
    func interrupted() throws {
        let register = try register()
        let given = [proxy("Karim BENALI", "Hugo DELMAS")]
        for (index, session) in Self.sessions.enumerated() {
            try register.register(document("\(index)", on: session, proxies: given), now: Self.start)
        }
        #expect(try found(register).count == 1)
        var corrected = document("1 bis", on: Self.sessions[1], number: "1", proxies: [])
        corrected.replaces = document("1").id
        try register.register(corrected, now: Self.start)
        #expect(try found(register) == [])
        var again = document("1 ter", on: Self.sessions[1], number: "1", proxies: given)
        again.replaces = corrected.id
        try register.register(again, now: Self.start)
        #expect(try found(register).count == 1)
        #expect(
            try register.audit().filter { $0.action.hasPrefix("finding.") }.map(\.action)
                == ["finding.found", "finding.withdrawn", "finding.found"])
    }

    @Test("Grants of a year that pass 23,000 € together are found at the act that passes it")
    func conventionThreshold() throws {
        let register = try register()
        try register.register(document("1", on: "2025-01-16", grants: [grant(15_000)]), now: Self.start)
        try register.register(
            document("2", on: "2025-02-13", grants: [grant(8_000, to: "les sabots")]), now: Self.start)
        #expect(try found(register) == [])
        try register.register(document("9", on: "2024-12-12", grants: [grant(20_000)]), now: Self.start)
        #expect(try found(register) == [], "another year")
        try register.register(document("3", on: "2025-03-13", grants: [grant(1_000)]), now: Self.start)
        #expect(try found(register).count == 1)
        let finding = try #require(try register.document(document("3").id)?.comparedFindings.first)
        #expect((finding.rule, finding.severity) == ("grant-convention-required", .warning))
        #expect(finding.computed?.hasSuffix("= 24\u{A0}000\u{A0}€ > 23\u{A0}000\u{A0}€") == true)
        #expect(finding.evidence.map(\.quote) == ["1000 €"])
        var smaller = document("2 bis", on: "2025-02-13", number: "2", grants: [grant(7_000)])
        smaller.replaces = document("2").id
        try register.register(smaller, now: Self.start)
        #expect(try found(register) == [])
    }

    @Test(
        "A convention, or one grant that passes the threshold alone, leaves the register nothing to say",
        arguments: [false, true])
    func noThreshold(isAlone: Bool) throws {
        let register = try register()
        try register.register(document("1", on: "2025-01-16", grants: [grant(15_000)]), now: Self.start)
        let second = isAlone ? grant(30_000) : grant(9_000, hasConvention: true)
        try register.register(document("2", grants: [second]), now: Self.start)
        #expect(try found(register) == [])
    }

    @Test("The same act in extract and minutes is counted once; 153,000 € are found as well")
    func auditorThreshold() throws {
        let register = try register()
        for (index, session) in Self.sessions.dropFirst().enumerated() {
            for kind in [Extract.Kind.minutes, .extract] {
                var document = document("\(index)-\(kind.rawValue)", on: session, number: "\(index)")
                document.kind = kind
                document.acts = [act("Soutien \(index)", "\(index)")]
                document.compared?.grants = [grant(60_000, hasConvention: true)]
                try register.register(document, now: Self.start)
            }
        }
        #expect(try found(register).map { $0.prefix(13) } == ["grant-auditor"])
    }

    @Test("A number that begins with a year and comes again in another session is found at the later act")
    func yearlyNumber() throws {
        let register = try register()
        try register.register(document("b", on: "2025-03-13", number: "2025-017"), now: Self.start)
        try register.register(document("a", on: "2025-02-13", subject: "Voirie", number: "2025/17"), now: Self.start)
        #expect(
            try found(register) == [
                "delib-number-unique: Le n°\u{A0}2025-017 est déjà attribué à «\u{A0}Voirie\u{A0}» (13/02/2025)."
            ])
        let record = try #require(try register.document(document("b").id))
        #expect(record.comparedFindings.first?.evidence.map(\.quote) == ["n° 2025-017"])
        var corrected = document("a bis", on: "2025-02-13", subject: "Voirie", number: "2025-016")
        corrected.replaces = document("a").id
        try register.register(corrected, now: Self.start)
        #expect(try found(register) == [])
    }

    @Test("Numbers that begin again in every session, and versions of one act, are none")
    func usualNumbers() throws {
        let register = try register()
        for (index, session) in Self.sessions.enumerated() {
            try register.register(document("x\(index)", on: session, number: "12"), now: Self.start)
        }
        try register.register(document("y", on: Self.sessions[0], subject: "Sujet x0", number: "12"), now: Self.start)
        #expect(try found(register) == [])
        try register.register(
            document("z", on: Self.sessions[0], subject: "Tarifs de la piscine", number: "12"), now: Self.start)
        #expect(try found(register).count == 1, "two extracts of one session on other subjects")
    }

    @Test("What a new act brings stands in its announcement; what comes to light of a known act is told once")
    func telling() throws {
        let register = try register()
        let later = document("b", on: "2025-03-13", number: "2025-017")
        try register.register(later, now: Self.start)
        #expect(try round(register).map(\.kind) == [.newActs])
        let earlier = document("a", on: "2025-02-13", subject: "Voirie", number: "2025-017")
        try register.register(earlier, now: Self.start + 60)
        let sent = try round(register, at: Self.start + 60)
        #expect(Set(sent.map(\.kind)) == [.newActs, .changes])
        guard case .changes(let mail)? = sent.first(where: { $0.kind == .changes })?.subject else {
            Issue.record("no mail about changes")
            return
        }
        let notice = try #require(try register.changes(toldBy: mail))
        #expect(notice.findings.map(\.act?.number?.text) == ["2025-017"] && notice.document.name == "a")
        var replay = earlier
        replay.generation = 2
        try register.register(replay, now: Self.start + 120)
        #expect(try round(register, at: Self.start + 120) == [])
        let third = document("c", on: "2025-03-27", subject: "Piscine", number: "2025-017")
        try register.register(third, now: Self.start + 180)
        #expect(try round(register, at: Self.start + 180).map(\.kind) == [.newActs])
        let announcement = try #require(try register.announcement(of: third.id, generation: 1))
        #expect(announcement.acts[0].findings.map(\.rule) == ["delib-number-unique"])
    }

    @Test("Archives tell nothing of what they bring to light; it stands in the register")
    func archives() throws {
        let register = try register()
        var later = document("b", on: "2025-03-13", number: "2025-017")
        try register.register(later, now: Self.start)
        _ = try round(register)
        later = document("a", on: "2025-02-13", subject: "Voirie", number: "2025-017")
        later.archive = true
        try register.register(later, now: Self.start + 60)
        #expect(try round(register, at: Self.start + 60) == [])
        #expect(try found(register).count == 1)
    }

    @Test("What comparing looks up is looked up in indexes")
    func indexed() throws {
        // PostgreSQL words its plans otherwise; it never scans a table that has an index (Connecting.settings).
        guard TestEngine.current.isSQLite else { return }
        let plans = try register().database.read { sql in
            try [
                "SELECT DISTINCT act FROM entries WHERE authority = 1 AND number_key = '2025-17'",
                "SELECT DISTINCT act FROM entries WHERE authority = 1 AND number_key = '7' AND session_day = 5",
                "SELECT proxies FROM session_proxies WHERE authority = 1 AND organ = 'assembly' AND session_day < 9 "
                    + "ORDER BY session_day DESC, digest LIMIT 9",
                "SELECT detail FROM grants WHERE authority = 1 AND year = 2025 AND beneficiary = 7",
                "SELECT id FROM findings WHERE act = 3", "SELECT id FROM findings WHERE rule = 'r' AND subject = 's'",
                "SELECT id FROM findings WHERE authority = 1 AND session_day = 5 AND act IS NULL",
                "SELECT id FROM findings WHERE announce_at <= 5 ORDER BY announce_at, id LIMIT 3",
            ].flatMap { query in try sql.query("EXPLAIN QUERY PLAN \(query)") { try $0.text(3) } }
        }
        #expect(plans.allSatisfy { $0.contains("SEARCH") || $0.contains("B-TREE") }, "\(plans)")
    }
}
