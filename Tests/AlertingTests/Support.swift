import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import Locks
import Mail
import Register

@testable import Alerting

/// A private folder that disappears with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("greffier-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
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

/// A clock that stands where it is put.
final class HandClock: Sendable {
    private let moment: Lock<UTCInstant>

    init(_ moment: UTCInstant) { self.moment = Lock(moment) }

    var now: UTCInstant {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

/// A register, a clock and an outbox folder in one place.
struct Office: Sendable {
    let folder = TemporaryFolder()
    let clock: HandClock
    let settings: AlertSettings
    let templates: Templates

    init(
        at start: UTCInstant = moment("2024-10-08"),
        recipients: [String] = ["assemblees@grand-val.example"]
    ) throws {
        try self.init(
            at: start,
            settings: try AlertSettings(
                recipients: try recipients.map { address in try EmailAddress(address) },
                from: try EmailAddress("greffier@grand-val.example", displayName: "Greffier")))
    }

    init(at start: UTCInstant = moment("2024-10-08"), settings: AlertSettings) throws {
        clock = HandClock(start)
        templates = try Templates()
        self.settings = settings
        try FileManager.default.createDirectory(atPath: outbox, withIntermediateDirectories: true)
    }

    var outbox: String { "\(folder.path)/outbox" }

    func register() throws -> Register { try Register(folder: "\(folder.path)/data") }

    func delivery(
        _ register: Register, transport: (any MailTransport)? = nil, seed: UInt64 = 1
    ) -> AlertDelivery {
        AlertDelivery(
            register: register, transport: transport ?? OutboxTransport(folder: outbox), templates: templates,
            settings: settings, clock: { [clock] in clock.now }, random: SeededGenerator(seed: seed))
    }

    /// The mails of the outbox, oldest first.
    func mails() throws -> [ReadMail] {
        try FileManager.default.contentsOfDirectory(atPath: outbox).filter { $0.hasSuffix(".eml") }.map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(outbox)/\(name)"))
            return ReadMail(String(decoding: data, as: UTF8.self))
        }
    }
}

/// A mail's headers, unfolded, and its whole text.
struct ReadMail: Sendable {
    let source: String
    private let headers: [String: String]

    init(_ source: String) {
        self.source = source
        let head = source.components(separatedBy: "\r\n\r\n")[0].replacingOccurrences(of: "\r\n ", with: " ")
        var headers: [String: String] = [:]
        for line in head.components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = value.trimmingCharacters(in: .whitespaces)
        }
        self.headers = headers
    }

    func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// The quoted-printable text with its soft line ends undone, and the attached calendars decoded.
    var text: String { Self.unquoted(source.replacingOccurrences(of: "=\r\n", with: "")) }

    private static func unquoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let unit = rest.popFirst() {
            let digits = rest.prefix(2)
            if unit == UInt8(ascii: "="), let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(unit)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The subject, its encoded words undone.
    var subjectText: String {
        let words = (header("Subject") ?? "").components(separatedBy: " ").map { word -> String in
            let parts = word.components(separatedBy: "?")
            guard parts.count == 5, parts[0] == "=", parts[4] == "=" else { return word + " " }
            if parts[2] == "B" {
                return Data(base64Encoded: parts[3]).map { String(decoding: $0, as: UTF8.self) } ?? ""
            }
            return Self.unquoted(parts[3].replacingOccurrences(of: "_", with: " "))
        }
        return words.joined()
    }

    var calendar: String? {
        guard let part = source.components(separatedBy: "Content-Type: text/calendar").dropFirst().first,
            let body = part.components(separatedBy: "\r\n\r\n").dropFirst().first
        else { return nil }
        let base64 = body.components(separatedBy: "\r\n").prefix { !$0.hasPrefix("--") }.joined()
        return Data(base64Encoded: base64).map {
            String(decoding: $0, as: UTF8.self).replacingOccurrences(of: "\r\n ", with: "")
        }
    }
}

func act(_ subject: String, _ number: String? = nil) -> ActSummary {
    var act = ActSummary(subject: subject, unanimous: true)
    act.number = number.map { ActNumber($0) }
    act.outcome = .adopted
    act.for = 101
    return act
}

func deadline(
    _ duty: String, deliberation: Int? = 0, due: String?, reminders: Deadline.ReminderProfile = .long,
    direction: Deadline.Direction = .actBefore
) -> Deadline {
    var deadline = Deadline(
        id: "00000000000a-\(duty)", rule: duty, kind: .report, what: "rapport \(duty)", due: due.map(day),
        state: due == nil ? .open : .scheduled, direction: direction, reminders: reminders, how: "date écrite")
    deadline.deliberation = deliberation
    deadline.startEvent = due == nil ? "la signature de la convention" : nil
    deadline.debtor = "Atelier du Lac"
    deadline.evidence = [Evidence(range: TextRange(0, 10), quote: "remis au plus tard le 30 avril 2025")]
    return deadline
}

func registration(
    _ name: String, kind: Extract.Kind = .extract, acts: [ActSummary], deadlines: [Deadline] = [],
    findings: [Finding] = [], archive: Bool = false, replaces: String? = nil
) throws -> Registration {
    let id = DocumentID(of: Array(name.utf8))
    let text = ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)
    let authority = Authority(name: "Grand Val Agglomération", kind: .epci)
    var report = Report(
        producedBy: Producer(program: "test", version: "1"),
        document: DocumentReference(id: id.digest, name: name, mediaType: "application/pdf", text: text),
        summary: ReportSummary(kind: kind, authority: authority, sessionDate: day("2024-09-26"), acts: acts))
    report.deadlines = deadlines
    report.findings = findings
    return try Registration(
        document: id, generation: 1,
        description: DocumentDescription(
            name: name, source: "secrétariat", replaces: replaces.map { DocumentID(of: Array($0.utf8)) },
            archive: archive, acceptedAt: 1_728_370_000),
        report: report.jsonBytes(), extract: Array("{}".utf8))
}
