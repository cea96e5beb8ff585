import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Rows that hold what no program writes", .onEveryEngine)
struct DamagedRowTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")

    /// A row that is damaged, and a reader that meets it.
    struct Damage: CustomTestStringConvertible, Sendable {
        let table: String
        let change: String
        let reader: String
        let read: @Sendable (Register) throws -> Void

        var testDescription: String { "\(table), read by \(reader)" }
    }

    static let damages = [
        Damage(table: "acts", change: "facts = '{'", reader: "acts") { _ = try $0.acts() },
        Damage(table: "acts", change: "facts = '{'", reader: "deadline") { _ = try $0.deadline(DeadlineID(1)) },
        Damage(table: "acts", change: "facts = '{'", reader: "document") { _ = try $0.document(id) },
        Damage(table: "acts", change: "facts = '{'", reader: "forEachAct") { register in
            try register.forEachAct(ActFilter()) { _ in }
        },
        Damage(table: "deadlines", change: "direction = 'sideways'", reader: "reminders") { _ = try send($0) },
        Damage(table: "deadlines", change: "stated_state = '?'", reader: "an act of a person") { register in
            _ = try register.perform(.done, on: DeadlineID(1), by: "Agnès Roche", now: start)
        },
        Damage(table: "alerts", change: "kind = 'telegram'", reader: "alerts") { register in
            _ = try register.alerts()
        },
        Damage(table: "alerts", change: "kind = 'telegram'", reader: "claims") { register in
            _ = try register.claimAlerts(now: start + 60, limit: 10, seconds: 60, token: 1)
        },
    ]

    static let id = DocumentID(of: Array("1".utf8))

    @Test("A reader names the row and the cure, and does not say that the database fails", arguments: damages)
    func named(damage: Damage) throws {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "1")
        document.acts = [act("Tarifs", "1")]
        document.deadlines = [deadline("rapport", due: "2024-10-20")]
        try register.register(document, now: Self.start)
        if damage.table == "alerts" { try Self.send(register) }
        try register.database.write { sql in
            try sql.execute("UPDATE \(damage.table) SET \(damage.change) WHERE id = 1")
        }
        let error = #expect(throws: RegisterError.self) { try damage.read(register) }
        #expect(error == .damagedRow(table: damage.table, id: "1"))
        #expect(error?.description.contains("backup") == true)
    }

    @Test("News whose Report is damaged goes to who gets what no route takes, and holds nothing else up")
    func occasion() throws {
        let register = try Register(folder.place)
        for name in ["1", "2"] {
            var document = SampleDocument(name: name)
            document.acts = [act("Tarifs \(name)", name)]
            document.deadlines = [deadline("rapport", due: "2025-04-30")]
            try register.register(document, now: Self.start)
        }
        try register.damageReport(of: Self.id, in: folder.path)
        var topics: [Int] = []
        try register.makeDueAlerts(now: Self.start, limit: 10, messageHost: "greffier.example") { occasion in
            topics.append(try occasion.topics().count)
            return AlertPlan(recipients: ["a@example.org"], sendAt: Self.start)
        }
        #expect(topics.sorted() == [0, 2])
    }

    @discardableResult
    private static func send(_ register: Register) throws -> Int {
        try register.makeDueAlerts(now: start, limit: 10, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: start)
        }
    }
}
