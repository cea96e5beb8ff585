import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Who may correct a document", .onEveryEngine)
struct ForeignCorrectionTests {
    let folder = TemporaryFolder()

    private func register(_ document: SampleDocument, source: String, in register: Register) throws {
        let whole = try document.registration()
        var description = whole.description
        description.source = source
        let registration = try Registration(
            document: document.id, generation: 1, description: description, report: document.report().jsonBytes(),
            extract: [])
        _ = try register.register([registration], now: moment("2024-10-08"))
    }

    @Test(
        "A document of another pusher and another authority, or pushed before, replaces nothing, whichever comes first",
        arguments: [
            ("other", "Commune de Fictiville", 1, false), ("ged", "Commune de Fictiville", 1, true),
            ("ged", "Commune de Fictiville", -1, true),
            ("other", "Communauté d’agglomération du Grand Val", 1, true),
            ("other", "Communauté d’agglomération du Grand Val", 0, false),
            ("other", "Communauté d’agglomération du Grand Val", -1, false),
        ], [false, true])
    func foreign(by: (source: String, authority: String, later: Int, replaces: Bool), isFirst: Bool) throws {
        let register = try Register(folder.place)
        var original = SampleDocument(name: "original")
        original.acts = [act("Sujet", "1")]
        var correction = SampleDocument(name: "correction")
        correction.authority = Authority(name: by.authority, kind: .other)
        correction.acts = [act("Autre sujet", "2")]
        correction.replaces = original.id
        correction.acceptedAt = original.acceptedAt + by.later
        let steps = [(original, "ged"), (correction, by.source)]
        for (document, source) in isFirst ? steps.reversed() : steps {
            try self.register(document, source: source, in: register)
        }
        #expect(try register.document(original.id)?.superseded == by.replaces)
        #expect(try register.acts().count == (by.replaces ? 1 : 2))
        let trail = try register.audit(of: "document/\(original.id)").map(\.action)
        #expect(trail.contains("document.not-replaced") == (!by.replaces && !isFirst))
    }
}
