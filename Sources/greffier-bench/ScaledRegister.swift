import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import Register

/// A register of very many small acts of many authorities, as a department's would be after years.
struct ScaledRegister {
    private static let first = CivilDate(daysSince1970: 18_000)
    private static let days = 2_000
    private static let authorities = 5_000
    private static let words = [
        "voirie", "marché", "école", "subvention", "budget", "eau", "déchets", "bibliothèque", "stade", "crèche",
        "cantine", "toiture", "éclairage", "forêt", "cimetière", "fibre", "musée", "piscine", "tarifs", "personnel",
    ]
    private static let batch = 256

    private let register: Register
    private var count = 0
    private var now: UTCInstant

    init(_ place: RegisterPlace, documents: Int) throws {
        register = try Register(place)
        now = ParisTime.instant(of: Self.first + Self.days, at: SendingHours.standard.opens)
        while count < documents {
            let numbers = count..<min(documents, count + Self.batch)
            _ = try register.register(numbers.map { try registration($0, isArchive: true) }, now: now)
            count = numbers.upperBound
        }
    }

    mutating func registerOne() throws {
        count += 1
        _ = try register.register([try registration(count, isArchive: false)], now: now)
    }

    func search(_ text: String) throws -> Int {
        var filter = ActFilter()
        filter.limit = 50
        guard let query = SearchQuery(text, filter: filter) else { return 0 }
        return try register.search(query).count
    }

    func listDeadlines() throws -> Int {
        var filter = DeadlineFilter()
        filter.until = Self.first + Self.days + 30
        filter.states = [.scheduled, .due]
        filter.limit = 100
        return try register.deadlines(filter, today: Self.first + Self.days).count
    }

    func nextWake() throws -> UTCInstant? { try register.nextWake() }

    mutating func makeAlerts() throws -> Int {
        now = now + 60
        let sendAt = now
        return try register.makeDueAlerts(now: now, limit: 256, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: sendAt)
        }
    }

    /// One act with one deadline; of a thousand, one has a word of its own.
    private func registration(_ number: Int, isArchive: Bool) throws -> Registration {
        let id = DocumentID(of: Array("acte \(number)".utf8))
        let words = Self.words
        let subject = [
            words[number % 20], "et", words[number / 20 % 20], "de la rue", "\(number % 977)",
            number % 1_000 == 7 ? "singulier\(number / 1_000 % 100)" : "",
        ].joined(separator: " ")
        var act = ActSummary(subject: subject)
        act.number = ActNumber("2024-\(number)")
        act.beneficiary = "Association \(words[number / 400 % 20]) \(number % 6_007)"
        let session = Self.first + number / Self.authorities * 7 % Self.days
        let text = ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)
        var report = Report(
            producedBy: Producer(program: "bench", version: "0"),
            document: DocumentReference(id: id.digest, name: "\(number).txt", mediaType: "text/plain", text: text),
            summary: ReportSummary(
                kind: .extract,
                authority: Authority(name: "Commune de Fictive-sur-Val \(number % Self.authorities)", kind: .commune),
                sessionDate: session, acts: [act]))
        var deadline = Deadline(
            id: "00000000000a-bilan", rule: "echeance-explicite", kind: .report, what: "bilan",
            due: session + 60 + number % 700, state: .scheduled, direction: .actBefore, reminders: .long,
            how: "date écrite")
        deadline.deliberation = 0
        report.deadlines = [deadline]
        return try Registration(
            document: id, generation: 1,
            description: DocumentDescription(
                name: "\(number).txt", source: "bench", archive: isArchive, acceptedAt: now.secondsSince1970),
            report: report.jsonBytes(), extract: Array("{}".utf8))
    }
}
