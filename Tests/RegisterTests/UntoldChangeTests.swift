import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Notices of a change that were on their way when the deadline changed again", .onEveryEngine)
struct UntoldChangeTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")
    static let later = moment("2024-10-15")
    static let added = DeadlineID(2)

    func document(_ name: String, _ deadlines: [Deadline]) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Soutien à l’association", "2024-112")]
        document.deadlines = deadlines
        document.acceptedAt += name.utf8.count
        return document
    }

    /// A register whose one act was told of; then a document added a deadline, whose notice is claimed and not sent.
    func claimed(due: String? = "2025-12-31") throws -> (Register, ClaimedAlert) {
        let register = try Register(folder.place)
        try register.register(document("1", [deadline("rapport", due: "2025-04-30")]), now: Self.start)
        try round(register, at: Self.start)
        let both = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: due)]
        try register.register(document("22", both), now: Self.later)
        try make(register, at: Self.later)
        let alerts = try register.claimAlerts(now: Self.later, limit: 9, seconds: 60, token: 77)
        #expect(alerts.map(\.key.kind) == [.changes])
        return (register, try #require(alerts.first))
    }

    func make(_ register: Register, at now: UTCInstant) throws {
        try register.makeDueAlerts(now: now, limit: 100, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now)
        }
    }

    @discardableResult
    func round(_ register: Register, at now: UTCInstant) throws -> [String] {
        try make(register, at: now)
        return try register.claimAlerts(now: now, limit: 100, seconds: 60, token: Int64(now.secondsSince1970)).map {
            try register.commit($0, as: .sent(reply: "250"), now: now)
            return "\($0.key.kind.rawValue) \($0.key.step)"
        }
    }

    /// What a person or a document does while the notice is claimed.
    enum Turn: String, CaseIterable {
        case snooze, done, move

        /// When the notice is due again.
        var nextRound: UTCInstant { self == .snooze ? moment("2024-10-21", 9) : UntoldChangeTests.later + 120 }
    }

    func take(_ turn: Turn, _ register: Register) throws {
        let now = Self.later + 1
        switch turn {
        case .snooze: try register.perform(.snooze(until: day("2024-10-21")), on: Self.added, by: "claire", now: now)
        case .done:
            try register.perform(.done, on: Self.added, by: "claire", now: now)
            try register.perform(.reopen, on: Self.added, by: "claire", now: now + 1)
        case .move:
            let moved = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-11-30")]
            try register.register(document("333", moved), now: now)
        }
    }

    @Test("One that was claimed and never sent is told with the deadline as it is now", arguments: Turn.allCases)
    func neverSent(turn: Turn) throws {
        let (register, alert) = try claimed()
        try take(turn, register)
        try register.commit(alert, as: .cancelled(reason: "the deadline has changed"), now: Self.later + 5)
        #expect(try round(register, at: turn.nextRound) == ["changes "])
        #expect(try register.deadline(Self.added)?.change(toldBy: "changement") == .added)
    }

    @Test("One that was sent is not told again", arguments: Turn.allCases)
    func sent(turn: Turn) throws {
        let (register, alert) = try claimed()
        try register.commit(alert, as: .sent(reply: "250"), now: Self.later)
        try take(turn, register)
        let steps = try round(register, at: turn.nextRound)
        #expect(steps == (turn == .move ? ["changes "] : []))
        let change = try register.deadline(Self.added)?.change
        #expect(change == (turn == .move ? .moved(from: day("2025-12-31")) : nil))
    }

    @Test("One whose sender died may have arrived: it is not told again", arguments: [Turn.snooze, .done])
    func doubtful(turn: Turn) throws {
        let (register, _) = try claimed()
        let again = try register.claimAlerts(now: Self.later + 60, limit: 9, seconds: 60, token: 78)
        #expect(again.map(\.doubts) == [1])
        try take(turn, register)
        #expect(try register.deadline(Self.added)?.change == nil)
    }

    @Test("One that the server refused for good was not told")
    func failed() throws {
        let (register, alert) = try claimed()
        try register.commit(alert, as: .failed(reply: "550"), now: Self.later)
        try take(.snooze, register)
        #expect(try register.deadline(Self.added)?.change == .added)
    }

    @Test("Entering the missing date of an added deadline leaves its notice to be told")
    func entered() throws {
        let (register, alert) = try claimed(due: nil)
        try register.perform(
            .setDate(day("2025-06-30"), how: "signature"), on: Self.added, by: "claire", now: Self.later + 1)
        try register.commit(alert, as: .cancelled(reason: "the deadline has changed"), now: Self.later + 5)
        #expect(try round(register, at: Self.later + 120) == ["changes "])
        #expect(try register.deadline(Self.added)?.change(toldBy: "changement") == .added)
    }

    @Test("A generation of a document that brings a new act tells the moved date of an act that it had brought before")
    func replayWithNewAct() throws {
        let register = try Register(folder.place)
        var document = document("1", [deadline("rapport", due: "2025-04-30")])
        try register.register(document, now: Self.start)
        try round(register, at: Self.start)
        document.acts.append(act("Une autre délibération", "2024-113"))
        document.deadlines = [
            deadline("rapport", due: "2025-05-30"),
            deadline("bilan", of: "00000000000b", deliberation: 1, due: "2025-07-31"),
        ]
        document.generation = 2
        try register.register(document, now: Self.later)
        #expect(try register.deadline(DeadlineID(1))?.change == .moved(from: day("2025-04-30")))
        #expect(try register.deadline(Self.added)?.change == nil)
        #expect(try Set(round(register, at: Self.later)) == ["new-acts ", "changes "])
    }
}
