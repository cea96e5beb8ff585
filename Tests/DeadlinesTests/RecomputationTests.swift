import Deliberations
import Digest
import JSONCodec
import Testing

@testable import Deadlines

@Suite("Deadlines computed anew without the text")
struct RecomputationTests {
    private let act = FictionalAct()
    private let today = FictionalAct.date(2024, 10, 8)

    private func report() -> Report {
        var report = Report(
            producedBy: Producer(program: "test", version: "1"), document: act.extract.document,
            summary: ReportSummary(
                kind: .extract, authority: act.extract.authority, sessionDate: act.extract.session.date, acts: []))
        report.deadlines = DeadlineComputer(today: today).deadlines(of: act.extract, text: act.text).deadlines
        return report
    }

    @Test("On the same facts they are the same, quotes included")
    func same() {
        let report = report()
        #expect(DeadlineComputer(today: today).deadlines(of: act.extract, recalling: report) == report.deadlines)
    }

    @Test("With a holiday more, what ends on it ends on the next day, and every quote stays")
    func holiday() throws {
        let report = report()
        let day = FictionalAct.date(2024, 12, 9)
        let computer = DeadlineComputer(facts: AuthorityFacts(addedHolidays: [day: "deuil national"]), today: today)
        let anew = computer.deadlines(of: act.extract, recalling: report)
        let moved = try #require(anew.first { $0.rule == "recours-tiers" })
        #expect(moved.due == FictionalAct.date(2024, 12, 10) && moved.how.contains("10/12/2024"))
        let quotes = Dictionary(uniqueKeysWithValues: report.deadlines.map { ($0.id, $0.evidence) })
        #expect(Set(anew.map(\.id)) == Set(quotes.keys))
        #expect(anew.allSatisfy { quotes[$0.id] == $0.evidence })
    }

    @Test("What the rules make of an act is that of this revision: with another digest, raise DeadlineRevision.current")
    func revision() throws {
        let bytes = report().deadlines.flatMap { $0.jsonBytes() }
        #expect(DeadlineRevision.current == 2)
        #expect(SHA256Digest(of: bytes).hexadecimal.prefix(16) == "e1dd690f0efd7d3f")
    }
}
