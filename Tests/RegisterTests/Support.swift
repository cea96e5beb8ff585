import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport

@testable import Register

/// A private folder that disappears with the test.
final class TemporaryFolder: Sendable {
    let path: String
    private let engine = TestEngine.current
    private let schema = TestEngine.schema()

    /// A register's place on the engine that the test is run on.
    var place: RegisterPlace {
        get throws { try engine.address.map { .server($0, schema: schema) } ?? .folder(path) }
    }

    init() {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("greffier-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        engine.drop(schema)
    }
}

/// A generator with a seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

func day(_ text: String) -> CivilDate { CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0) }

func moment(_ text: String, _ hour: Int = 10, _ minute: Int = 0) -> UTCInstant {
    ParisTime.instant(of: day(text), at: TimeOfDay(hour: hour, minute: minute) ?? SendingHours.standard.opens)
}

/// A document of a fictional authority, on its way to the register.
struct SampleDocument {
    var name = "extrait.pdf"
    var kind = Extract.Kind.extract
    var authority = Authority(name: "Communauté d’agglomération du Grand Val", kind: .epci)
    var session = day("2024-09-26")
    var acts: [ActSummary] = []
    var deadlines: [Deadline] = []
    var findings: [Finding] = []
    var compared: ComparedFacts?
    var replaces: DocumentID?
    var archive = false
    var acceptedAt = 1_728_000_000
    var generation = 1

    var id: DocumentID { DocumentID(of: Array(name.utf8)) }

    func report() -> Report {
        let text = ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)
        var report = Report(
            producedBy: Producer(program: "test", version: "1"),
            document: DocumentReference(id: id.digest, name: name, mediaType: "application/pdf", text: text),
            summary: ReportSummary(kind: kind, authority: authority, sessionDate: session, acts: acts))
        report.deadlines = deadlines
        report.findings = findings
        report.compared = compared
        return report
    }

    func registration() throws -> Registration {
        try Registration(
            document: id, generation: generation,
            description: DocumentDescription(
                name: name, source: "ged", replaces: replaces, archive: archive, acceptedAt: acceptedAt),
            report: report().jsonBytes(), extract: Array("{\"extract\":\"\(name)\"}".utf8))
    }
}

func act(_ subject: String, _ number: String? = nil) -> ActSummary {
    var act = ActSummary(subject: subject)
    act.number = number.map { ActNumber($0) }
    return act
}

func deadline(
    _ duty: String, of act: String = "00000000000a", deliberation: Int? = 0, due: String?, rule: String? = nil,
    reminders: Deadline.ReminderProfile = .long, direction: Deadline.Direction = .actBefore
) -> Deadline {
    var deadline = Deadline(
        id: "\(act)-\(duty)", rule: rule ?? duty, kind: .report, what: "rapport \(duty)", due: due.map(day),
        state: due == nil ? .open : .scheduled, direction: direction, reminders: reminders, how: "date écrite")
    deadline.deliberation = deliberation
    deadline.startEvent = due == nil ? "la signature de la convention" : nil
    deadline.evidence = [Evidence(range: TextRange(0, 10), quote: "au plus tard le 30 avril")]
    return deadline
}

extension Register {
    @discardableResult
    func register(
        _ documents: [SampleDocument], now: UTCInstant = moment("2024-10-08")
    ) throws
        -> [RegistrationOutcome]
    {
        try register(documents.map { try $0.registration() }, now: now)
    }

    @discardableResult
    func register(_ document: SampleDocument, now: UTCInstant = moment("2024-10-08")) throws -> RegistrationOutcome {
        try register([document], now: now)[0]
    }
}

extension Register {
    /// Claims mails, and shows their alerts.
    func claimAlerts(now: UTCInstant, limit: Int, seconds: Int, token: Int64) throws -> [ClaimedAlert] {
        try claimMails(now: now, limit: limit, seconds: seconds, token: token).flatMap(\.alerts).sorted {
            $0.id < $1.id
        }
    }

    /// Enters what became of one alert of a mail.
    @discardableResult
    func commit(_ alert: ClaimedAlert, as outcome: AlertOutcome, now: UTCInstant) throws -> Bool {
        try commit(ClaimedMail(alert), as: outcome, now: now)
    }
}
