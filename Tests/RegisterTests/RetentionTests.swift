import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("How long sessions stay in the register", .onEveryEngine)
struct RetentionTests {
    let folder = TemporaryFolder()
    private let year = 365 * 86_400

    private func document(
        _ number: Int, session: String = "2024-09-26", due: String? = nil, authority: String = "Commune de Valmont",
        archive: Bool = true
    ) -> SampleDocument {
        var document = SampleDocument(name: "\(number).pdf")
        document.session = day(session)
        document.authority = Authority(name: authority, kind: .commune)
        document.acts = [act("Secours n° \(number) à Mirabelle Quenotte", "\(number)")]
        document.deadlines = due.map { [deadline("rapport", of: "act-\(number)", due: $0)] } ?? []
        document.archive = archive
        return document
    }

    /// Lets a program work on it for some hours.
    private func work(
        _ register: Register, _ retention: RegisterRetention, at now: UTCInstant, hours: Int = 2
    ) throws -> RegisterExpiry.Step {
        var expiry = try RegisterExpiry(register: register, retention: retention, now: now, milliseconds: 0)
        var (done, milliseconds) = (RegisterExpiry.Step(wait: 0), 0)
        while milliseconds < hours * 3_600_000 {
            let step = try expiry.step(now: now + milliseconds / 1_000, milliseconds: milliseconds)
            done.documents += step.documents
            done.auditLines += step.auditLines
            done.clockStep = done.clockStep ?? step.clockStep
            milliseconds += step.wait
        }
        return done
    }

    /// As if a program had believed the clock until then.
    private func rest(_ register: Register, until moment: UTCInstant) throws {
        try register.schedule("believed-clock", at: moment)
    }

    private func left(_ register: Register) throws -> [String] {
        try register.acts().compactMap(\.facts.number?.text).sorted()
    }

    private func stored() throws -> String {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/register.bodies").map { path in
            let file = "\(folder.path)/register.bodies/\(path)"
            return String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        }.joined()
    }

    @Test("A session leaves when its day and its registration are older than is kept, and a later one stays")
    func age() throws {
        let register = try Register(folder.place)
        try register.register(document(1), now: moment("2024-10-08"))
        try register.register(document(2, session: "2026-03-01"), now: moment("2026-03-08"))
        try register.register(document(3, session: "2019-03-01"), now: moment("2026-03-08"))
        let retention = RegisterRetention(seconds: 2 * year)
        try rest(register, until: moment("2026-09-20"))
        #expect(try work(register, retention, at: moment("2026-09-21")).documents == 0)
        #expect(try left(register) == ["1", "2", "3"])
        try rest(register, until: moment("2026-10-20"))
        #expect(try work(register, retention, at: moment("2026-10-21")).documents == 1)
        #expect(try left(register) == ["2", "3"])
        #expect(try register.inspect().isSound)
        #expect(try register.search(#require(SearchQuery("Secours"))).count == 2)
        if TestEngine.current.isSQLite {
            #expect(try !stored().contains("n° 1 à Mirabelle") && stored().contains("n° 2 à Mirabelle"))
        }
        #expect(try register.register(document(1), now: moment("2026-10-22")) == .known)
        let trail = try register.database.read { sql in
            try sql.query("SELECT actor, detail FROM audit WHERE action = 'document.expired'") {
                [try $0.text(0), try $0.text(1)]
            }
        }
        #expect(trail == [["greffier-notify", "retention.register"]])
    }

    @Test("While a deadline of one of its documents runs, a session stays whole")
    func runningDeadline() throws {
        let register = try Register(folder.place)
        try register.register([document(1), document(2, due: "2030-04-30")], now: moment("2024-10-08"))
        let retention = RegisterRetention(seconds: year)
        try rest(register, until: moment("2027-01-04"))
        #expect(try work(register, retention, at: moment("2027-01-05")).documents == 0)
        let id = try #require(try register.deadlines(DeadlineFilter(), today: day("2027-01-05")).first?.id)
        try register.perform(.done, on: id, by: "claire", now: moment("2027-01-06"))
        try rest(register, until: moment("2027-01-06"))
        #expect(try work(register, retention, at: moment("2027-01-07")).documents == 2)
        #expect(try left(register).isEmpty && register.inspect().isSound)
    }

    @Test("While a mail about one of its documents waits, a session stays")
    func waitingMail() throws {
        let register = try Register(folder.place)
        try register.register(document(1, archive: false), now: moment("2024-10-08"))
        let retention = RegisterRetention(seconds: year)
        try rest(register, until: moment("2027-01-04"))
        #expect(try work(register, retention, at: moment("2027-01-05")).documents == 0)
        #expect(try left(register) == ["1"])
    }

    @Test("An authority may be kept for another time, by its name or its SIREN, or for ever")
    func authorities() throws {
        let register = try Register(folder.place)
        try register.register(document(1, authority: "Commune de Valmont"), now: moment("2024-10-08"))
        try register.register(document(2, authority: "Ville de Grandpré"), now: moment("2024-10-08"))
        try register.register(document(3, authority: "Syndicat du Val"), now: moment("2024-10-08"))
        var retention = RegisterRetention(seconds: year)
        retention.set("Valmont", to: nil)
        retention.set("commune de Grandpré", to: 5 * year)
        try rest(register, until: moment("2027-01-04"))
        #expect(try work(register, retention, at: moment("2027-01-05")).documents == 1)
        #expect(try left(register) == ["1", "2"])
        try rest(register, until: moment("2030-01-04"))
        #expect(try work(register, retention, at: moment("2030-01-05")).documents == 1)
        #expect(try left(register) == ["1"])
    }

    @Test("However many there are, they leave in small batches, and of several programs one takes them out")
    func batches() throws {
        let register = try Register(folder.place)
        try register.register((1...120).map { document($0) }, now: moment("2024-10-08"))
        let retention = RegisterRetention(seconds: year)
        let now = moment("2027-01-05")
        try rest(register, until: now)
        var one = try RegisterExpiry(register: register, retention: retention, now: now, milliseconds: 0)
        var other = try RegisterExpiry(register: register, retention: retention, now: now, milliseconds: 0)
        var steps: [Int] = []
        for second in 0..<5 {
            let step = try one.step(now: now + second, milliseconds: second * 1_000)
            steps.append(step.documents)
            let idle = try other.step(now: now + second, milliseconds: second * 1_000)
            #expect(idle.documents == 0 && idle.wait == 60_000)
        }
        #expect(steps == [50, 50, 20, 0, 0])
        // The one that had the turn is gone: another takes it over.
        try register.register(document(200), now: moment("2024-10-08"))
        #expect(try other.step(now: now + 3_700, milliseconds: 3_700_000).documents == 1)
    }

    @Test("A clock that is far ahead at the start, or is set, takes nothing out for a day")
    func clock() throws {
        let register = try Register(folder.place)
        try register.register(document(1), now: moment("2024-10-08"))
        let retention = RegisterRetention(seconds: year)
        let ahead = moment("2027-01-05")
        for _ in 1...2 {
            let step = try work(register, retention, at: ahead, hours: 20)
            #expect(step.documents == 0 && step.clockStep != nil)
        }
        #expect(try work(register, retention, at: ahead, hours: 26).documents == 1)
    }

    @Test("While a backup copies the register nothing leaves")
    func backup() throws {
        guard TestEngine.current.isSQLite else { return }
        let register = try Register(folder.place)
        try register.register(document(1), now: moment("2024-10-08"))
        let (retention, now) = (RegisterRetention(seconds: year), moment("2026-01-05"))
        try rest(register, until: now)
        let lock = try BackupLock(copying: folder.path + "/register.bodies")
        #expect(try withExtendedLifetime(lock) { try work(register, retention, at: now).documents } == 0)
        _ = consume lock
        #expect(try work(register, retention, at: now).documents == 1)
    }

    @Test("On a host that is on for ten hours a day a new clock is believed on the third day")
    func dailyStarts() throws {
        let register = try Register(folder.place)
        try register.register(document(1), now: moment("2024-10-08"))
        let retention = RegisterRetention(seconds: year)
        let left = try (0..<3).map { day in
            try work(register, retention, at: moment("2027-01-05") + day * 86_400, hours: 10).documents
        }
        #expect(left == [0, 0, 1])
    }

    @Test("Lines of the trail leave when they are old, the others stay")
    func audit() throws {
        let register = try Register(folder.place)
        try register.register(document(1), now: moment("2024-10-08"))
        try register.register(document(2), now: moment("2026-12-08"))
        try rest(register, until: moment("2027-01-05"))
        let retention = RegisterRetention(auditSeconds: year)
        #expect(try work(register, retention, at: moment("2027-01-05")).auditLines == 1)
        let trail = try register.database.read { sql in try sql.query("SELECT subject FROM audit") { try $0.text(0) } }
        #expect(trail == ["document/\(document(2).id)"])
        #expect(try left(register) == ["1", "2"])
    }
}
