import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Finding acts by words", .onEveryEngine)
struct SearchTests {
    let folder = TemporaryFolder()

    /// Two acts of one authority and one of another.
    func filled() throws -> Register {
        let register = try Register(folder.place)
        var tennis = SampleDocument(name: "tennis")
        tennis.acts = [act("Subvention à l’école de tennis d’Œuilly", "2024-31")]
        tennis.acts[0].beneficiary = "Association « Raquette châtelaine »"
        tennis.compared = ComparedFacts(organ: .assembly, proxies: [.init(giver: "Léa Prévôt", holder: "Noé Garçon")])
        var bridge = SampleDocument(name: "bridge")
        bridge.session = day("2025-02-03")
        bridge.acts = [act("Réfection du pont", "2025-2"), act("Subventions aux clubs", "2025-3")]
        bridge.deadlines = [deadline("bilan", due: "2025-06-30")]
        bridge.deadlines[0].debtor = "Société des Ponts"
        var other = SampleDocument(name: "other")
        other.authority = Authority(name: "Commune de Fictiville", kind: .commune)
        other.acts = [act("Ponton de pêche", "7")]
        try register.register([tennis, bridge, other])
        return register
    }

    func found(_ text: String, in register: Register, _ change: (inout ActFilter) -> Void = { _ in }) throws -> [String]
    {
        var filter = ActFilter()
        change(&filter)
        let query = try #require(SearchQuery(text, filter: filter))
        return try register.search(query).map { "\($0.number?.text ?? "") \($0.field.rawValue)" }
    }

    @Test(
        "Words are found whatever their accents, case and ends, in any order and over all texts of an act",
        arguments: [
            ("ECOLE tennis", ["2024-31 subject"]), ("subvention", ["2025-3 subject", "2024-31 subject"]),
            ("oeuilly", ["2024-31 subject"]), ("œuil", ["2024-31 subject"]), ("raquette", ["2024-31 beneficiary"]),
            ("chatelaine tennis", ["2024-31 subject"]), ("noe GARCON", ["2024-31 name"]),
            ("societe", ["2025-2 name"]), ("pont", ["2025-2 subject", "7 subject"]), ("tennis pont", []),
            ("ennis", []),
        ])
    func words(text: String, expected: [String]) throws {
        #expect(try found(text, in: filled()) == expected)
    }

    @Test(
        "What operators mean to an engine are words or nothing here",
        arguments: [
            "tennis OR pont", "tennis NOT ecole", "\"pont zzz", "pont\" OR \"tennis", "NEAR(pont tennis)", "words:zzz",
            "pont AND",
            "^zzz", "-pont zzz", "p'); DROP TABLE acts; --",
        ])
    func operators(text: String) throws {
        let register = try filled()
        #expect(try found(text, in: register).isEmpty)
        #expect(try register.acts().count == 4)
    }

    @Test("A text without a letter or digit is no question", arguments: ["", " ", "\"*\"", "«»!"])
    func nothing(text: String) {
        #expect(SearchQuery(text) == nil)
    }

    @Test("Authority, days and number of acts can be chosen")
    func filters() throws {
        let register = try filled()
        #expect(try found("pont", in: register) { $0.authority = "fictiville" } == ["7 subject"])
        #expect(try found("subvention", in: register) { $0.from = day("2025-01-01") } == ["2025-3 subject"])
        #expect(try found("subvention", in: register) { $0.until = day("2024-12-31") } == ["2024-31 subject"])
        #expect(try found("subvention", in: register) { $0.limit = 1 } == ["2025-3 subject"])
    }

    @Test("An act that several documents state is found once, by the best that has the words")
    func once() throws {
        let register = try filled()
        var minutes = SampleDocument(name: "minutes")
        minutes.kind = .minutes
        minutes.acts = [act("Subvention à l’école de tennis d’Œuilly et terrains", "2024-31")]
        try register.register(minutes)
        let both = try register.search(#require(SearchQuery("tennis")))
        #expect(both.map(\.document) == [SampleDocument(name: "tennis").id])
        #expect(try register.search(#require(SearchQuery("terrains"))).map(\.document) == [minutes.id])
    }

    @Test("A correction is found by its own words and no more by those of what it corrects")
    func correction() throws {
        let register = try filled()
        var corrected = SampleDocument(name: "corrected")
        corrected.acts = [act("Subvention à l’école de natation", "2024-31")]
        corrected.replaces = SampleDocument(name: "tennis").id
        corrected.acceptedAt += 1
        try register.register(corrected)
        #expect(try found("tennis", in: register).isEmpty)
        #expect(try found("natation", in: register) == ["2024-31 subject"])
        corrected.generation = 2
        corrected.acts = [act("Subvention au club de voile", "2024-31")]
        try register.register(corrected)
        #expect(try found("natation", in: register).isEmpty)
        let rows = try register.database.read { sql in
            try sql.first("SELECT (SELECT COUNT(*) FROM search_words), (SELECT COUNT(*) FROM entries)") {
                (try $0.count(0), try $0.count(1))
            }
        }
        #expect(rows?.0 == rows?.1)
    }

    @Test("What was registered before the index was made is found")
    func upgrade() throws {
        let before = try filled()
        try before.database.write { sql in
            try sql.execute("DELETE FROM search_words")
            try sql.execute("UPDATE entries SET search = NULL, beneficiaries = NULL, people = NULL")
            try sql.execute("DELETE FROM meta WHERE name = 'searchable'")
        }
        try before.database.close()
        let register = try Register(folder.place)
        #expect(try found("ecole", in: register) == ["2024-31 subject"])
        #expect(try found("garcon", in: register) == ["2024-31 name"])
        #expect(try found("societe", in: register) == ["2025-2 name"])
        var next = SampleDocument(name: "next")
        next.acts = [act("École de voile", "2024-99")]
        try register.register(next)
        #expect(try found("ecole", in: register).count == 2)
    }
}
