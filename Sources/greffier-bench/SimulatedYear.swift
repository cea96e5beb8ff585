import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import Register

/// A year of one register with a clock of its own, crashes between any two of its steps, and a mail server that remembers
/// what it took.
struct SimulatedYear {
    static let start = CivilDate(daysSince1970: 20_094)

    /// What the checker found.
    struct Result {
        var expected = 0
        var sent = 0
        var missing = 0
        var twice = 0
        var doubtful = 0
        var early = 0

        var isSound: Bool { missing == 0 && twice == 0 && early == 0 }
    }

    private struct Crash: Error {}

    /// Something that a mail told which the server took.
    private struct Told: Hashable {
        let subject: String
        let step: String
        let version: Int
    }

    private let folder: String
    private let deliberations: Int
    private let days: Int
    private let crashes: Int
    private var register: Register
    private var random: SplitMix
    private var now: UTCInstant
    private var pushed = 0
    private var taken: [Told: (count: Int, first: UTCInstant)] = [:]
    private var resent: Set<Told> = []
    private(set) var deaths = 0
    /// How many mails the server took.
    private(set) var mails = 0

    init(folder: String, deliberations: Int, days: Int, crashes: Int, seed: UInt64) throws {
        (self.folder, self.deliberations, self.days, self.crashes) = (folder, deliberations, days, max(2, crashes))
        random = SplitMix(state: seed)
        register = try Register(folder: folder)
        now = ParisTime.instant(of: Self.start, at: SendingHours.standard.opens)
    }

    /// Runs the clock to its end.
    mutating func run() throws {
        let end = now + days * 86_400
        while now < end {
            do {
                try step(until: end)
            } catch is Crash {
                deaths += 1
                register = try Register(folder: folder)
                now = now + Int.random(in: 1...900, using: &random)
            }
        }
    }

    private mutating func step(until end: UTCInstant) throws {
        let elapsed = now.secondsSince1970 / 86_400 - Self.start.daysSince1970
        while pushed < min(deliberations, deliberations * (elapsed + 1) / 365 + 1) {
            let due = (0..<4).map { _ in Self.start + elapsed + Int.random(in: 1...300, using: &random) }
            _ = try register.register([try Self.registration(pushed, due: due, on: now)], now: now)
            pushed += 1
            try crash()
        }
        try register.makeDueAlerts(now: now, limit: 256, messageHost: "greffier.example") { [now] occasion in
            if case .reminder(_, let reminder, _) = occasion.event {
                return AlertPlan(recipients: ["a@example.org"], sendAt: max(now, reminder.sendAt))
            }
            return AlertPlan(recipients: ["a@example.org"], sendAt: now, listedDeadlines: 60)
        }
        try crash()
        let claimed = try register.claimMails(
            now: now, limit: 8, seconds: 600, token: Int64.random(in: 1 ... .max, using: &random))
        try crash()
        for mail in claimed { try send(mail) }
        guard claimed.isEmpty else { return }
        let wake = try register.nextWake() ?? end
        now = max(now + 1, min(wake, now + 86_400)) + Int.random(in: 0...600, using: &random)
    }

    private mutating func send(_ mail: ClaimedMail) throws {
        var cancelled: [AlertID: AlertOutcome] = [:]
        for alert in mail.alerts {
            if case .deadline(let id) = alert.key.subject, let row = try register.deadline(id),
                row.version != alert.key.version || row.lastStep?.key != alert.key.step
            {
                cancelled[alert.id] = .cancelled(reason: "it has changed")
                continue
            }
            let told = Told(subject: "\(alert.key.subject)", step: alert.key.step, version: alert.key.version)
            taken[told, default: (0, now)].count += 1
            if alert.doubts > 0 { resent.insert(told) }
        }
        if cancelled.count < mail.alerts.count { mails += 1 }
        try crash()
        try register.commit(mail, as: .sent(reply: "250"), except: cancelled, now: now)
        try crash()
    }

    /// The process dies here, or not.
    private mutating func crash() throws {
        if Int.random(in: 0..<crashes, using: &random) == 0 { throw Crash() }
    }

    /// What each deadline's own schedule says must have left by the end, without looking at the ledger.
    func check() throws -> Result {
        var result = Result()
        result.sent = taken.values.reduce(0) { $0 + $1.count }
        result.twice = taken.filter { $0.value.count > 1 && !resent.contains($0.key) }.count
        result.doubtful = taken.filter { $0.value.count > 1 && resent.contains($0.key) }.count
        var filter = DeadlineFilter()
        (filter.states, filter.limit) = (Set(Deadline.State.allCases), 10_000_000)
        let announced = Set(
            try register.audit(limit: 100_000_000).filter { $0.action == "reminder.announced" }.map {
                "\($0.subject) \($0.detail.prefix { $0 != ":" })"
            })
        for listing in try register.deadlines(filter, today: Self.start) {
            guard let row = try register.deadline(listing.id) else { continue }
            check(row, announced, &result)
        }
        return result
    }

    private func check(_ row: RegisteredDeadline, _ announced: Set<String>, _ result: inout Result) {
        let known = row.document.acceptedAt
        let schedule = ReminderSchedule(of: row.deadline, createdAt: known)
        var sent: [ReminderStep] = []
        var moment = known
        while let reminder = schedule.next(sent: sent, now: moment), reminder.sendAt < now + -2 * 86_400 {
            (moment, sent) = (reminder.sendAt, sent + [reminder.step])
            let subject = "deadline/\(row.id)"
            if announced.contains("\(subject) \(reminder.step.key)") { continue }
            result.expected += 1
            guard let told = taken[Told(subject: subject, step: reminder.step.key, version: row.version)] else {
                result.missing += 1
                continue
            }
            if told.first < reminder.sendAt { result.early += 1 }
        }
    }

    /// A deliberation with a deadline for each day in `due`.
    static func registration(_ index: Int, due: [CivilDate], on now: UTCInstant) throws -> Registration {
        let id = DocumentID(of: Array("document \(index)".utf8))
        var act = ActSummary(subject: "Sujet \(index)")
        act.number = ActNumber("\(index)")
        let session = start + index / 30
        let text = ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)
        var report = Report(
            producedBy: Producer(program: "bench", version: "0"),
            document: DocumentReference(id: id.digest, name: "\(index).txt", mediaType: "text/plain", text: text),
            summary: ReportSummary(
                kind: .extract, authority: Authority(name: "Communauté du Grand Val", kind: .epci),
                sessionDate: session, acts: [act]))
        let profiles: [Deadline.ReminderProfile] = [.long, .mid, .short, .keep]
        report.deadlines = due.enumerated().map { position, day in
            var deadline = Deadline(
                id: "00000000000a-duty-\(position)", rule: "echeance-explicite", kind: .report, what: "rapport",
                due: day, state: .scheduled, direction: position % 2 == 0 ? .actBefore : .information,
                reminders: profiles[position % profiles.count], how: "date écrite")
            deadline.deliberation = 0
            return deadline
        }
        return try Registration(
            document: id, generation: 1,
            description: DocumentDescription(name: "\(index).txt", source: "bench", acceptedAt: now.secondsSince1970),
            report: report.jsonBytes(), extract: Array("{}".utf8))
    }
}

/// A small reproducible generator (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
