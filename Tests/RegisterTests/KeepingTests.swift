import Deliberations
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("What the register keeps", .onEveryEngine)
struct KeepingTests {
    let folder = TemporaryFolder()

    func document(_ name: String, due: String = "2025-04-30") -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Sujet \(name)", name)]
        document.deadlines = [deadline("rapport", due: due)]
        return document
    }

    @Test("A register keeps its id, and another has another")
    func identity() throws {
        let id = try Register(folder.place).id
        #expect(try Register(folder.place).id == id)
        #expect(id.text.count == 32)
        #expect(try Register(TemporaryFolder().place).id != id)
    }

    @Test("Report and Extract come back byte for byte, from every process that opens the register")
    func bodies() throws {
        let one = try Register(folder.place)
        let two = try Register(folder.place)
        try one.register(document("1"))
        try two.register(document("2"))
        try one.register(document("3"))
        let reader = try Register(reading: folder.place)
        for name in ["1", "2", "3"] {
            let sample = document(name)
            let bodies = try #require(try reader.bodies(of: sample.id))
            #expect(bodies.report == sample.report().jsonBytes())
            #expect(String(decoding: bodies.extract, as: UTF8.self) == "{\"extract\":\"\(name)\"}")
        }
    }

    @Test("A damaged body is an error that names the cure")
    func damage() throws {
        let register = try Register(folder.place)
        try register.register(document("1"))
        try register.damageReport(of: document("1").id, in: folder.path)
        let error = #expect(throws: RegisterError.self) { try register.document(document("1").id) }
        #expect(error?.description.contains("backup") == true)
    }

    @Test("A reader works beside the writer, sees what it commits, and cannot write")
    func readsBeside() throws {
        let writer = try Register(folder.place)
        try writer.register(document("1"))
        let reader = try Register(reading: folder.place)
        #expect(try reader.acts().count == 1)
        try writer.register(document("2"))
        #expect(try reader.acts().count == 2)
        #expect(throws: RegisterError.readOnly) { try reader.register(document("3")) }
        #expect(throws: RegisterError.self) { try Register(reading: TemporaryFolder().place) }
    }

    typealias Filtered = (today: String, states: Set<Deadline.State>, expected: [String])

    static let filtered: [Filtered] = [
        ("2025-04-29", [.scheduled], ["2025-04-30", "2025-06-30"]), ("2025-04-30", [.due], ["2025-04-30"]),
        ("2025-04-30", [.scheduled], ["2025-06-30"]), ("2025-05-01", [.overdue], ["2025-04-30"]),
        ("2025-05-01", [.closed], []), ("2025-07-01", [.due, .overdue], ["2025-04-30", "2025-06-30"]),
        ("2025-07-01", [], []),
    ]

    @Test("Deadlines are filtered by where they stand on a day", arguments: filtered)
    func filters(today: String, states: Set<Deadline.State>, expected: [String]) throws {
        let register = try Register(folder.place)
        try register.register([document("1"), document("2", due: "2025-06-30")])
        var filter = DeadlineFilter()
        filter.states = states
        let rows = try register.deadlines(filter, today: day(today))
        #expect(rows.compactMap { $0.due?.description } == expected)
        #expect(rows.allSatisfy { states.contains($0.state) })
    }

    @Test("Deadlines are filtered by their last day and by authority")
    func moreFilters() throws {
        let register = try Register(folder.place)
        var other = document("3", due: "2025-05-15")
        other.authority = Authority(name: "Commune d’Orme", kind: .commune, siren: "219900011")
        try register.register([document("1"), document("2", due: "2025-06-30"), other])
        var filter = DeadlineFilter()
        filter.until = day("2025-05-31")
        #expect(try register.deadlines(filter, today: day("2025-01-01")).count == 2)
        for name in ["grand val", "GRAND VÀL"] {
            filter.authority = name
            #expect(try register.deadlines(filter, today: day("2025-01-01")).map(\.number) == ["1"])
        }
        filter.authority = "219 900 011"
        let rows = try register.deadlines(filter, today: day("2025-01-01"))
        #expect(rows.map(\.number) == ["3"])
        #expect(rows.first?.quote == "au plus tard le 30 avril")
        #expect(rows.first.map { $0.jsonText.contains("\"due\":\"2025-05-15\"") } == true)
    }

    @Test(
        "Wordings of one thing fold to one text",
        arguments: [
            ("L’Œuvre  d’ÉTÉ – n° 3", "l oeuvre d ete n 3"), ("  Ça\u{A0}va ?", "ca va"), ("e\u{301}te\u{301}", "ete"),
            ("co\u{AD}opération", "cooperation"), ("", ""), ("« » –", ""),
        ])
    func folding(text: String, folded: String) {
        #expect(FoldedText(text).text == folded)
    }
}
