import Deadlines
import Deliberations
import Foundation
import Locks
import Mail
import Testing

@testable import Alerting
@testable import Register

@Suite("A simulated year")
struct YearTests {
    /// A step of a deadline, and the day on which it was planned to leave.
    struct Planned: Hashable {
        let deadline: Int64
        let step: String
    }

    @Test("With deaths at random moments every due reminder is sent, none early, none twice", arguments: 0..<3)
    func year(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let office = try Office(at: moment("2025-01-07"), recipients: ["a@grand-val.example", "b@grand-val.example"])
        let end = moment("2026-02-11")
        var register = try office.register()
        let documents = try Self.documents(using: &generator)
        _ = try register.register(documents, now: office.clock.now)
        let planned = try Self.plan(of: register, until: end)
        var deaths = 0
        while office.clock.now < end {
            let transport = DyingTransport(
                outbox: OutboxTransport(folder: office.outbox), register: register, seed: generator.next())
            do {
                let round = try await office.delivery(register, transport: transport, seed: generator.next()).round()
                if round.handled == 0 {
                    let latest = office.clock.now + 86_400
                    let jitter = Int.random(in: 0...7_200, using: &generator)
                    office.clock.now = max(office.clock.now + 1, min(round.nextWake ?? latest, latest)) + jitter
                }
            } catch {
                deaths += 1
                register = try office.register()
                office.clock.now = office.clock.now + Int.random(in: 1...900, using: &generator)
            }
        }
        #expect(deaths > 0)
        try check(office, register, planned)
    }

    /// Archived documents, so that every mail is a reminder, with deadlines of every profile.
    private static func documents(using generator: inout SeededGenerator) throws -> [Registration] {
        let profiles: [Deadline.ReminderProfile] = [.long, .mid, .short, .flash, .keep, .info]
        // Few dates, so that reminders of several leave on one morning.
        return try (0..<2).map { index in
            let deadlines = profiles.map { profile in
                let due = day("2025-01-05") + 30 * Int.random(in: 0...14, using: &generator)
                let direction: Deadline.Direction =
                    profile == .info
                    ? .finalAfter : [.actBefore, .information].randomElement(using: &generator) ?? .actBefore
                return deadline(
                    profile.rawValue, due: due.description, reminders: profile, direction: direction)
            }
            return try registration(
                "\(index).pdf", acts: [act("Sujet \(index)", "\(index)")], deadlines: deadlines, archive: true)
        }
    }

    /// What each schedule says by itself, without a register.
    private static func plan(of register: Register, until end: UTCInstant) throws -> [Planned: UTCInstant] {
        var filter = DeadlineFilter()
        filter.states = Set(Deadline.State.allCases)
        var planned: [Planned: UTCInstant] = [:]
        let start = moment("2025-01-07")
        for listing in try register.deadlines(filter, today: day("2025-01-07")) {
            guard let row = try register.deadline(listing.id) else { continue }
            let schedule = ReminderSchedule(of: row.deadline, createdAt: start, isArchive: true)
            var sent: [Deadlines.ReminderStep] = []
            var now = start
            while let reminder = schedule.next(sent: sent, now: now), reminder.sendAt < end + -86_400 {
                planned[Planned(deadline: row.id.number, step: reminder.step.key)] = reminder.sendAt
                sent.append(reminder.step)
                now = reminder.sendAt
            }
        }
        return planned
    }

    private func check(_ office: Office, _ register: Register, _ planned: [Planned: UTCInstant]) throws {
        var filter = AlertFilter()
        filter.limit = 100_000
        let alerts = try register.alerts(filter)
        #expect(planned.count > 30)
        for recipient in ["a@grand-val.example", "b@grand-val.example"] {
            var found: [Planned: AlertListing] = [:]
            for alert in alerts where alert.recipient == recipient {
                guard let number = Int64(alert.subject.dropFirst("deadline/".count)) else { continue }
                let key = Planned(deadline: number, step: alert.step)
                #expect(found.updateValue(alert, forKey: key) == nil)
                if let moment = planned[key] {
                    #expect(alert.createdAt >= moment.secondsSince1970, "early: \(key)")
                    #expect(alert.createdAt < moment.secondsSince1970 + 86_400, "late: \(key)")
                }
            }
            let missing = planned.keys.filter { found[$0]?.state != .sent }
            #expect(missing.isEmpty, "\(missing.prefix(5))")
        }
        let identities = try office.mails().compactMap { $0.header("Message-ID") }
        let told = Set(alerts.filter { $0.state == .sent }.map { "<\($0.messageID)>" })
        #expect(Set(identities) == told)
        #expect(Set(identities).count == identities.count)
        #expect(told.count < alerts.count, "reminders of one morning share a mail")
    }
}

/// A real outbox whose process dies at random: before the mail is handed over, or after it and before the register knows.
struct DyingTransport: MailTransport {
    let outbox: OutboxTransport
    let register: Register
    private let generator: Lock<SeededGenerator>

    init(outbox: OutboxTransport, register: Register, seed: UInt64) {
        self.outbox = outbox
        self.register = register
        generator = Lock(SeededGenerator(seed: seed))
    }

    func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome {
        let chance = generator.withLock { Int.random(in: 0..<40, using: &$0) }
        if chance == 0 {
            try? register.database.close()
            return .serverTrouble(code: nil, text: "the process is dead")
        }
        let outcome = await outbox.deliver(message, envelope: envelope)
        if chance == 1 { try? register.database.close() }
        return outcome
    }
}
