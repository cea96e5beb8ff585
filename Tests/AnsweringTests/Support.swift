import Alerting
import Conversion
import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import Mail
import Register
import Testing

@testable import Answering

func day(_ text: String) -> CivilDate { CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0) }

let now = ParisTime.instant(of: day("2025-04-15"), at: SendingHours.standard.opens)

/// A register with deadlines of a fictional authority, and a desk for the answers of Claire and Hugo.
final class Office: Sendable {
    let folder: String
    let register: Register
    let settings: AlertSettings
    let desk: AnswerDesk
    let clerk: AnswerClerk

    static let claire = "claire@grand-val.example"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("greffier-\(UUID().uuidString)").path
        register = try Register(folder: folder)
        var settings = try AlertSettings(
            recipients: [try EmailAddress(Self.claire), try EmailAddress("hugo@grand-val.example")],
            from: try EmailAddress("greffier@grand-val.example"))
        let key = try #require(AnswerKey((0..<32).map { UInt8($0) }))
        desk = AnswerDesk(address: try EmailAddress("reponses@grand-val.example"), key: key)
        settings.answers = desk
        self.settings = settings
        clerk = AnswerClerk(register: register, settings: settings, desk: desk, templates: try Templates())
        _ = try register.register([try Self.document()], now: now)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// An extract with one dated deadline and one whose start is unknown.
    private static func document() throws -> Registration {
        let id = DocumentID(of: Array("extrait".utf8))
        var act = ActSummary(subject: "Soutien aux Ateliers du Lac")
        act.number = ActNumber("2025-12")
        var report = Report(
            producedBy: Producer(program: "test", version: "1"),
            document: DocumentReference(
                id: id.digest, name: "extrait.pdf", mediaType: "application/pdf",
                text: ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)),
            summary: ReportSummary(
                kind: .extract, authority: Authority(name: "Grand Val", kind: .epci), sessionDate: day("2025-03-13"),
                acts: [act]))
        report.deadlines = [deadline("rapport", due: day("2025-06-30")), deadline("publication", due: nil)]
        return try Registration(
            document: id, generation: 1,
            description: DocumentDescription(name: "extrait.pdf", source: "ged", acceptedAt: 1_742_000_000),
            report: report.jsonBytes(), extract: Array("{}".utf8))
    }

    private static func deadline(_ what: String, due: CivilDate?) -> Deadline {
        var deadline = Deadline(
            id: "00000000000a-\(what)", rule: what, kind: .report, what: what, due: due,
            state: due == nil ? .open : .scheduled, direction: .actBefore, reminders: .long, how: "date écrite")
        deadline.deliberation = 0
        deadline.startEvent = due == nil ? "la signature" : nil
        return deadline
    }

    /// The number of the deadline `what`.
    func id(_ what: String) throws -> DeadlineID {
        try state(what).id
    }

    /// A mail as a mailbox's program writes it.
    func mail(
        _ subject: String, _ what: String = "rapport", from: String = Office.claire, body: String = "",
        messageID: String = "<a1@client.example>", more: String = ""
    ) throws -> [UInt8] {
        let token = AnswerToken(try id(what), recipient: from, key: desk.key)
        return Array(
            """
            From: Claire <\(from)>\r
            To: reponses@grand-val.example\r
            Message-ID: \(messageID)\r
            Subject: \(subject) [\(token)]\r
            \(more)Content-Type: text/plain; charset=utf-8\r
            \r
            \(body)
            """.utf8)
    }

    func follow(_ bytes: [UInt8]) throws -> AnswerClerk.Outcome { try clerk.follow(try ReceivedMail(bytes), now: now) }

    func state(_ what: String) throws -> RegisteredDeadline {
        var filter = DeadlineFilter()
        filter.states = Set(Deadline.State.allCases)
        let row = try register.registeredDeadlines(filter, today: day("2025-04-15")).first { $0.deadline.what == what }
        return try #require(row)
    }
}
