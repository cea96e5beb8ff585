import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Registering documents", .onEveryEngine)
struct RegistrationTests {
    let folder = TemporaryFolder()
    let today = day("2024-10-08")

    func extract(_ name: String = "extrait-318.pdf") -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Soutien à l’association Atelier du Lac", "2024/00318")]
        document.deadlines = [
            deadline("recours-tiers", due: "2024-12-09", direction: .finalAfter),
            deadline("echeance-explicite-aaaaaaaa", due: "2025-04-30", rule: "echeance-explicite"),
            deadline("versement", due: nil),
        ]
        return document
    }

    func minutes() -> SampleDocument {
        var document = SampleDocument(name: "pv.pdf", kind: .minutes)
        document.acts = [act("Budget"), act("SOUTIEN A L'ASSOCIATION  « ATELIER DU LAC »")]
        document.deadlines = [
            deadline("recours-tiers", of: "00000000000b", deliberation: 1, due: "2024-12-10", direction: .finalAfter),
            deadline("versement", of: "00000000000b", deliberation: 1, due: nil),
        ]
        return document
    }

    @Test("The extract, then minutes that contain it: one act, one set of deadlines, the extract's dates")
    func extractThenMinutes() throws {
        let register = try Register(folder.place)
        let first = try register.register(extract())
        let second = try register.register(minutes())
        #expect(first == .registered(newActs: [ActID(1)], knownActs: []))
        #expect(second == .registered(newActs: [ActID(2)], knownActs: [ActID(1)]))
        let deadlines = try register.deadlines(today: today)
        #expect(deadlines.map(\.due) == [day("2024-12-09"), day("2025-04-30"), nil])
        #expect(Set(deadlines.map(\.document)) == ["extrait-318.pdf"])
        #expect(deadlines.allSatisfy { $0.version == 0 })
        #expect(try register.acts().map(\.documents).sorted() == [1, 2])
    }

    @Test("Minutes first: the extract corrects their date, raises the version and leaves a trace")
    func minutesThenExtract() throws {
        let register = try Register(folder.place)
        try register.register(minutes())
        #expect(try register.register(extract()) == .registered(newActs: [], knownActs: [ActID(2)]))
        let appeal = try #require(try register.deadlines(today: today).first { $0.rule == "recours-tiers" })
        #expect(appeal.due == day("2024-12-09"))
        #expect(appeal.version == 1)
        let moved = try register.audit(of: "deadline/\(appeal.id)")
        #expect(moved.map(\.action) == ["deadline.moved"])
        #expect(moved.first?.detail == "2024-12-10 → 2024-12-09")
        #expect(try register.acts().first { $0.id == ActID(2) }?.facts.number == "2024/00318")
    }

    @Test("The same document and generation twice changes nothing")
    func idempotent() throws {
        let register = try Register(folder.place)
        try register.register([extract(), extract()])
        let before = try snapshot(register)
        #expect(try register.register(extract()) == .known)
        #expect(try snapshot(register) == before)
        #expect(try register.audit().count == 1)
    }

    @Test("A later generation replaces what the earlier one said, without a new act")
    func replay() throws {
        let register = try Register(folder.place)
        try register.register(extract())
        var again = extract()
        again.generation = 2
        again.deadlines.removeLast()
        again.acts = [act("Soutien à l’association Atelier du Lac de Villeneuve", "2024/00318")]
        #expect(try register.register(again) == .registered(newActs: [], knownActs: [ActID(1)]))
        let rules = try register.deadlines(today: today).map(\.rule)
        #expect(rules == ["recours-tiers", "echeance-explicite"])
        #expect(try register.acts().map(\.facts.subject) == ["Soutien à l’association Atelier du Lac de Villeneuve"])
        var old = extract()
        old.generation = 1
        #expect(try register.register(old) == .known)
    }

    @Test("What a generation said is still shown of a deadline that the next does not state")
    func replayKeepsWords() throws {
        let register = try Register(folder.place)
        try register.register(extract())
        var again = extract()
        again.generation = 2
        again.deadlines.removeFirst()
        try register.register(again)
        var filter = DeadlineFilter()
        filter.states = [.superseded]
        #expect(try register.deadlines(filter, today: today).map(\.what) == ["rapport recours-tiers"])
        #expect(
            try register.deadlines(today: today).map(\.what) == [
                "rapport echeance-explicite-aaaaaaaa", "rapport versement",
            ])
    }

    @Test("A correction continues the act even if its number and date were wrong")
    func correction() throws {
        let register = try Register(folder.place)
        let wrong = extract()
        try register.register(wrong)
        var right = extract("extrait-318-corrigé.pdf")
        right.replaces = wrong.id
        right.session = day("2024-09-27")
        right.acts = [act("Soutien à l’association Atelier du Lac", "2024/00319")]
        right.deadlines = [deadline("recours-tiers", due: "2024-12-10", direction: .finalAfter)]
        #expect(try register.register(right) == .registered(newActs: [], knownActs: [ActID(1)]))
        #expect(try register.acts().map(\.session) == [day("2024-09-27")])
        let running = try register.deadlines(today: today)
        #expect(running.map(\.due) == [day("2024-12-10")])
        var filter = DeadlineFilter()
        filter.states = [.superseded]
        #expect(try register.deadlines(filter, today: today).count == 2)
        #expect(try register.document(wrong.id)?.superseded == true)
    }

    @Test("A document whose correction came first is kept without effect")
    func correctionFirst() throws {
        let register = try Register(folder.place)
        let wrong = extract()
        var right = extract("corrigé.pdf")
        right.replaces = wrong.id
        try register.register(right)
        let before = try register.deadlines(today: today)
        #expect(try register.register(wrong) == .superseded)
        #expect(try register.deadlines(today: today) == before)
        #expect(try register.acts().map(\.documents) == [1])
    }

    @Test("Two documents that correct each other: the one pushed last stands")
    func mutualCorrection() throws {
        let register = try Register(folder.place)
        var first = extract("a.pdf")
        var second = extract("b.pdf")
        second.replaces = first.id
        try register.register([first, second])
        first.generation = 2
        first.replaces = second.id
        #expect(try register.register(first) == .registered(newActs: [], knownActs: [ActID(1)]))
        #expect(try register.document(second.id)?.superseded == true)
        #expect(try register.document(first.id)?.superseded == false)
    }

    @Test("Two numbered acts of one subject stay two; a list without numbers joins them in order")
    func namesakes() throws {
        let register = try Register(folder.place)
        var list = SampleDocument(name: "liste.pdf", kind: .list)
        list.acts = [act("Garantie d’emprunt"), act("Garantie d’emprunt"), act("Garantie d’emprunt")]
        try register.register(list)
        var second = SampleDocument(name: "10.pdf")
        second.acts = [act("Garantie d’emprunt", "DEL-10")]
        var first = SampleDocument(name: "9.pdf")
        first.acts = [act("Garantie d’emprunt", "DEL-9")]
        try register.register([second, first])
        let acts = try register.acts()
        #expect(acts.map(\.facts.number).sorted { ($0?.text ?? "") < ($1?.text ?? "") } == [nil, "DEL-10", "DEL-9"])
        #expect(acts.map(\.documents).sorted() == [1, 2, 2])
    }

    @Test("A duty of the session is one, however many extracts restate it")
    func sessionDuties() throws {
        let register = try Register(folder.place)
        for number in 1...5 {
            var document = SampleDocument(name: "\(number).pdf")
            document.acts = [act("Sujet \(number)", "\(number)")]
            document.deadlines = [deadline("liste-1-semaine", of: "00000000005e", deliberation: nil, due: "2024-10-03")]
            try register.register(document)
        }
        #expect(try register.deadlines(today: today).map(\.rule) == ["liste-1-semaine"])
    }

    typealias Shared = (rule: String, due: String?)

    static let shared: [Shared] = [
        ("pv-1-semaine", "2024-10-17"), ("budget-vote", "2025-04-15"), ("pv-1-semaine", nil),
    ]

    @Test(
        "A shared duty outlives a correction of the document that dated it if one of another session states it",
        arguments: shared)
    func sharedDutyStatedElsewhere(shared: Shared) throws {
        let register = try Register(folder.place)
        func document(_ name: String, session: String, due: String?) -> SampleDocument {
            var document = SampleDocument(name: name)
            document.session = day(session)
            document.acts = [act("Sujet \(name)", name)]
            document.deadlines = [deadline(shared.rule, of: "00000000005e", deliberation: nil, due: due)]
            return document
        }
        let first = document("1", session: "2024-09-26", due: shared.due ?? "2024-10-16")
        try register.register([first, document("2", session: "2024-10-10", due: shared.due)])
        var correction = document("3", session: "2024-09-26", due: nil)
        correction.deadlines = []
        correction.replaces = first.id
        try register.register(correction)
        let left = try register.deadlines(today: today)
        #expect(left.map(\.due) == [shared.due.map(day)])
        #expect(left.map(\.document) == ["2"])
        #expect(left.map(\.number) == ["2"])
        var last = document("4", session: "2024-10-10", due: nil)
        last.deadlines = []
        last.replaces = document("2", session: "2024-10-10", due: nil).id
        try register.register(last)
        #expect(try register.deadlines(today: today).isEmpty)
    }

    @Test("One authority under several names: by its SIREN, or without what only says its kind")
    func authorities() throws {
        let register = try Register(folder.place)
        let names: [(String, String?)] = [
            ("Ville de Saint-Orme", nil), ("COMMUNE DE SAINT-ORME", "219900011"), ("Saint Orme", nil),
            ("Mairie d’Orme", "219900011"),
        ]
        for (index, (name, siren)) in names.enumerated() {
            var document = SampleDocument(name: "\(index).pdf")
            document.authority = Authority(name: name, kind: .commune, siren: siren)
            document.acts = [act("Budget", "1")]
            try register.register(document)
        }
        #expect(try register.acts().map(\.documents) == [4])
        var other = SampleDocument(name: "autre.pdf")
        other.authority = Authority(name: "Saint-Orme", kind: .commune, siren: "219900029")
        other.acts = [act("Budget", "1")]
        #expect(try register.register(other) == .registered(newActs: [ActID(2)], knownActs: []))
    }

    @Test("What an archive says of the past is silent, what it says of the future is reminded of")
    func archive() throws {
        let register = try Register(folder.place)
        var document = extract()
        document.archive = true
        try register.register(document, now: moment("2025-01-15"))
        let deadlines = try register.deadlines(today: day("2025-01-15"))
        #expect(deadlines.map(\.nextReminder) == ["J-60", nil])
        #expect(try register.nextWake() == moment("2025-02-28", 8))
    }

    @Test("A Report that cannot be read, or of another document, is refused before the register is touched")
    func badReports() throws {
        let document = extract()
        let description = DocumentDescription(name: "x", source: "ged", acceptedAt: 0)
        #expect(throws: RegisterError.self) {
            try Registration(
                document: document.id, generation: 1, description: description, report: Array("{".utf8), extract: [])
        }
        let other = DocumentID(of: [1, 2, 3])
        #expect(throws: RegisterError.reportOfAnotherDocument(document: other)) {
            try Registration(
                document: other, generation: 1, description: description, report: document.report().jsonBytes(),
                extract: [])
        }
    }

    func snapshot(_ register: Register) throws -> String {
        try register.acts().map(\.jsonText).joined() + register.deadlines(today: today).map(\.jsonText).joined()
            + register.alerts().map(\.jsonText).joined()
    }
}
