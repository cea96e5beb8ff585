import Deliberations
import Testing

@testable import Validation

@Suite("Rules that only inform, and rules that lack an input")
struct InformationRuleTests {
    @Test(
        "Amounts",
        arguments: [
            ("12 000 €", false), ("7 500,50 €", false), ("12000 €", true), ("1 200.50 €", true), ("800€", true),
            ("1.200.000 €", false),
        ])
    func amountFormat(text: String, isOdd: Bool) {
        var document = Fictional.commune()
        document.amountLines = [[Fictional.amount(text, 1)]]
        #expect(document.validate().findings.contains { $0.rule == "amount-format" } == isOdd)
    }

    @Test("Many parts that were not read are told in one finding of bounded length, with the reason of each")
    func unreadParts() throws {
        var document = Fictional.commune()
        document.extract.warnings = (1...30).map { number in
            ReadingWarning(
                code: "unread-part", message: "", part: "pièce \(number).pdf",
                reason: number < 20 ? "encrypted-document" : nil)
        }
        let findings = document.validate().findings.filter { $0.rule == "doc-part-unread" }
        let message = try #require(findings.first?.message)
        #expect(
            findings.count == 1 && message.hasPrefix("Pièces non lues\u{A0}: «\u{A0}pièce 1.pdf\u{A0}» (protégée par"))
        #expect(message.hasSuffix(" et 22 autres.") && message.utf8.count < 800)
    }

    @Test("Digits that a line's end parts are compared with nothing")
    func partedAmounts() {
        var document = Fictional.commune()
        let words = "douze mille trois cent vingt-trois euros"
        document.amountLines = [
            [Fictional.amount("lot 12", 1_200)],
            [Fictional.amount("323,00 €", 32_300), Fictional.amount(words, 1_232_300, inWords: true)],
        ]
        #expect(!document.validate().findings.contains { $0.rule == "amount-words" })
        document.amountLines[0] = [Fictional.amount("lot A", 1_200)]
        #expect(document.validate().findings.contains { $0.rule == "amount-words" })
    }

    @Test("k€ and K€ in one document are one too many")
    func thousands() {
        var document = Fictional.commune()
        document.amountLines = [[Fictional.amount("60 k€", 6_000_000)], [Fictional.amount("50 K€", 5_000_000)]]
        #expect(document.validate().findings.contains { $0.rule == "amount-format" })
    }

    @Test("A title that is nearly repeated is not the same; another sentence is none")
    func title() {
        let rule = "title-consistent"
        var document = Fictional.community()
        document.act.subject = "Soutien à l'association Les Ateliers du Val pour les fêtes du printemps"
        document.sentences.append("Soutien à l'association Les Ateliers du Val pour les fêtes de l'automne")
        #expect(document.validate().findings.contains { $0.rule == rule })
        document.sentences[document.sentences.count - 1] = document.act.subject
        let outcome = document.validate()
        #expect(!outcome.findings.contains { $0.rule == rule } && !outcome.notApplicable.contains { $0.rule == rule })
    }

    @Test("Communes are compared with the configured names")
    func communes() {
        var document = Fictional.community()
        #expect(document.validate().indeterminate.contains { $0.rule == "att-commune-unknown" })
        document.parameters.memberCommunes = [
            "Aubrelle", "Bellecombe", "Corvelle", "Dormans", "Esserts", "Fontaigu", "Grandval", "Hautpré", "Issoncourt",
            "Jussy-le-Bois", "Lombreuil", "Montcharvin", "Novillers", "Ormeaux",
        ]
        #expect(!document.validate().findings.contains { $0.rule == "att-commune-unknown" })
        document.parameters.memberCommunes[7] = "Hautprè"
        let found = document.validate().findings.filter { $0.rule == "att-commune-unknown" }
        #expect(found.map(\.message) == ["Commune «\u{A0}Hautpré\u{A0}»\u{A0}: nom officiel «\u{A0}Hautprè\u{A0}»."])
    }

    @Test("Grants of the year are added up from the register")
    func auditor() {
        var document = Fictional.community()
        #expect(document.validate().indeterminate.contains { $0.rule == "grant-auditor" })
        document.register {
            $0.grants = [
                .init(beneficiary: "ASSOCIATION LES ATELIERS DU VAL", year: 2025, amount: Money(cents: 9_400_000)),
                .init(beneficiary: "Association Les Ateliers du Val", year: 2024, amount: Money(cents: 9_400_000)),
            ]
        }
        let found = document.validate().findings.first { $0.rule == "grant-auditor" }
        #expect(found?.computed == "60\u{A0}000\u{A0}€ + 94\u{A0}000\u{A0}€ > 153\u{A0}000\u{A0}€")
    }

    @Test("The essential data are due three months after the signature")
    func essentialData() {
        var document = Fictional.community()
        document.convention { $0.signedOn = .on("2025-04-01") }
        let found = document.validate().findings.first { $0.rule == "grant-essential-data" }
        #expect(found?.message == "Données essentielles à publier le 01/07/2025 au plus tard.")
    }

    @Test(
        "Rules of the register, of lists and of minutes say what is missing",
        arguments: [
            ("delib-number-unique", "registre"), ("proxy-three-sessions", "registre"),
            ("list-one-week", "20/03/2025"), ("pv-one-week", "séance qui arrête"),
        ])
    func missing(rule: String, words: String) {
        let notes = Fictional.community().validate().indeterminate.filter { $0.rule == rule }
        #expect(notes.count == 1 && notes.allSatisfy { $0.missing.contains(words) })
    }

    @Test("The next session of the register is the one that approves the minutes")
    func nextSession() {
        var document = Fictional.community()
        document.extract.kind = .minutes
        document.session.publishedOn = .on("2025-04-20")
        document.register { $0.sessions = [.init(date: .on("2025-05-15")), .init(date: .on("2025-04-10"))] }
        let found = document.validate().findings.first { $0.rule == "pv-one-week" }
        #expect(found?.computed == "10/04/2025 + 7 jours = 17/04/2025 < 20/04/2025")
    }
}

@Suite("Mentions of the register and of the minutes")
struct MandatoryMentionsTests {
    private func remarks(_ change: (inout FictionalDocument) -> Void) -> [Finding] {
        var document = Fictional.community()
        change(&document)
        return document.validate().findings.filter { $0.rule == "mandatory-mentions" }
    }

    /// Minutes of three acts without president and secretary.
    private func makeMinutes(_ document: inout FictionalDocument) {
        document.extract.kind = .minutes
        document.extract.deliberations = [document.act, document.act, document.act]
        document.session.president = nil
        document.session.secretary = nil
    }

    @Test("What the minutes lack is said once, not once an act")
    func once() {
        let found = remarks { makeMinutes(&$0) }
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.message.contains("président de séance") == true)
        #expect(found.first?.deliberation == nil)
    }

    @Test("Before July 2022 the law asked nothing of the minutes: a remark")
    func formerLaw() {
        let found = remarks { document in
            document.move(to: "2022-06-30")
            makeMinutes(&document)
        }
        #expect(found.map(\.severity) == [.info])
    }

    @Test("Acts of minutes without a result are named together")
    func results() {
        let found = remarks { document in
            document.extract.kind = .minutes
            document.extract.deliberations = [document.act, document.act, document.act]
            for index in [1, 2] { document.extract.deliberations[index].vote = Vote() }
        }
        #expect(found.map(\.severity) == [.info])
        #expect(found.first?.message.contains("résultat du vote (délibérations 2 à 3)") == true)
    }

    @Test("An office that the text names is not said to be absent")
    func named() {
        let found = remarks { document in
            makeMinutes(&document)
            document.sentences = ["Le doyen préside la séance ; le secrétaire est choisi au sort."]
        }
        #expect(found.isEmpty)
    }
}

@Suite("Findings that a doubtful reading does not bear")
struct DoubtfulReadingTests {
    private func outcome(_ change: (inout FictionalDocument) -> Void) -> ValidationOutcome {
        var document = Fictional.community()
        change(&document)
        return document.validate()
    }

    @Test("Stamps whose day could not be read leave publication and transmission undecided")
    func stamps() {
        let outcome = outcome { document in
            document.session.publishedOn = nil
            document.act.act = nil
            document.sentences.append("Reçu en préfecture le 1? mars. Publié le ?? mars.")
        }
        for rule in ["publication-present", "transmission-required"] {
            #expect(outcome.indeterminate.contains { $0.rule == rule })
            #expect(!outcome.findings.contains { $0.rule == rule })
        }
    }

    @Test(
        "A hyphen lost at a line's end is no other name, a letter that scanners confuse hardly one",
        arguments: [
            ("Colette Cerisier", "Colette Cérisier", Severity?.none),
            ("Colette Cerisier", "Coletta Cerisier", .warning),
            ("Colette Cerisier", "Coiette Cerisier", .info), ("Jean-Luc Cerisier", "JeanLuc Cerisier", nil),
        ])
    func names(listed: String, written: String, severity: Severity?) {
        let outcome = outcome { document in
            document.present(2) { $0.name = listed }
            document.proxy(0) { $0.holder = Person(name: written) }
        }
        #expect(outcome.findings.first { $0.rule == "att-name-mismatch" }?.severity == severity)
    }

    @Test("A printed count that is far from the list says that the list was not read")
    func farCounts() {
        let outcome = outcome { document in
            document.session.membersInOffice = nil
            document.session.stated.present = 31
        }
        #expect(outcome.indeterminate.contains { $0.rule == "att-stated-counts" })
        #expect(!outcome.findings.contains { $0.rule == "att-stated-counts" })
    }

    @Test("Lists that name excused members only may leave others out")
    func excusedOnly() {
        let outcome = outcome { document in
            document.session.membersInOffice = document.session.membersInOffice.map { $0 + 1 }
            for index in document.extract.attendance.absent?.indices ?? 0..<0 {
                document.extract.attendance.absent?[index].excused = true
            }
        }
        #expect(outcome.indeterminate.contains { $0.rule == "att-total-in-office" })
    }

    @Test("A woman and a man of one family name are two members of the roll, where no first name tells them apart")
    func roll() {
        let count = { (members: [Member]) in
            Roll(
                Attendance(present: members, absent: nil, proxies: nil),
                order: AgendaOrder(of: Fictional.commune().extract),
                hours: .init()
            ).persons.count
        }
        #expect(count([member("Mme", "ALISIER C."), member("M.", "ALISIER C.")]) == 2)
        #expect(count([member("Mme", "Claude Alisier"), member("M.", "Claude Alisier")]) == 1)
    }

    @Test("A member who came late and stands in both lists is only remarked")
    func lateInBothLists() {
        let outcome = outcome { document in
            document.extract.session.orderOfPassage = nil
            document.act.item = nil
            document.present(1) { $0.presence = [ItemRange(from: "23 03 05")] }
            document.extract.attendance.absent?.append(document.extract.attendance.present?[1] ?? member("M.", "X Y"))
        }
        let found = outcome.findings.filter { $0.rule == "att-present-and-absent" }
        #expect(found.map(\.severity) == [.info])
    }

    @Test("A man and a woman of one name are two members, and so is nobody by a word among names")
    func namesakes() {
        let twice = { (name: String, civilities: [String]) in
            self.outcome { document in
                for civility in civilities {
                    document.extract.attendance.present?.append(Member(Person(civility: civility, name: name)))
                }
            }.findings.contains { $0.rule == "att-listed-twice" }
        }
        #expect(!twice("Claude Alisier", ["Mme", "M."]))
        #expect(!twice("VALMONT", ["M.", "M."]))
        #expect(twice("Claude Alisier", ["M.", "M."]))
    }
}

@Suite("Writing of tables")
struct TableWritingTests {
    private func findings(_ rule: String, _ rows: [(String, Int, Int)]) -> [Finding] {
        var document = Fictional.commune()
        let lines = rows.map { label, quantity, cents in
            BudgetTable.Row(label: label, quantity: quantity, amount: Money(cents: cents), level: .line)
        }
        document.extract.budgetTables = [BudgetTable(direction: .expense, rows: lines)]
        return document.validate().findings.filter { $0.rule == rule }
    }

    @Test("A post that another line extends has one price")
    func extended() {
        let found = findings(
            "table-unit-price",
            [("Ateliers de quartier et restitution", 5, 150_000), ("Ateliers de quartier", 2, 400_000)])
        #expect(found.count == 1)
        #expect(found.first?.message.contains("300\u{A0}€ et 2\u{A0}000\u{A0}€") == true)
        #expect(
            findings("table-unit-price", [("Salle et jardin", 1, 10_000), ("Salle", 1, 20_000)]).isEmpty)
    }

    @Test("Three ways of writing a post are one remark, whatever the order of the words")
    func variants() {
        let found = findings(
            "table-label-variants",
            [
                ("Chargée de projet verrier ADV", 2, 60_000), ("Chargé de projet verrier ADV", 2, 60_000),
                ("Chargé de projet ADV verrier santé", 1, 30_000), ("Régisseur de la salle haute", 1, 10_000),
            ])
        #expect(found.count == 1)
        #expect(found.first?.evidence.count == 3)
    }

    @Test("Thousands with and without a space in the tables of one document are one writing too many")
    func thousands() {
        var document = Fictional.commune()
        document.extract.budgetTables = nil
        document.amountLines = []
        #expect(!document.validate().findings.contains { $0.rule == "amount-format" })
        let text = "Salle\t7500\nTotal\t130 000\n"
        let rows = [(0, 10, "Salle", 750_000), (11, 24, "Total", 13_000_000)]
        var extract = document.extract
        extract.mentions = Mentions()
        extract.provenance = Provenance()
        extract.budgetTables = [
            BudgetTable(
                direction: .expense,
                rows: rows.map { BudgetTable.Row(label: $0.2, amount: Money(cents: $0.3), level: .line) })
        ]
        for (index, row) in rows.enumerated() {
            extract.provenance.cite("/budgetTables/0/rows/\(index)", TextRange(row.0, row.1))
        }
        let outcome = Validator().validate(extract, text: text, today: .on("2025-03-20"))
        let found = outcome.findings.first { $0.rule == "amount-format" }
        #expect(found?.evidence.map(\.quote) == ["7500", "130 000"])
    }
}

@Suite("Dates in force")
struct DatesInForceTests {
    private func outcome(on date: String, _ change: (inout FictionalDocument) -> Void = { _ in }) -> ValidationOutcome {
        var document = Fictional.community()
        document.move(to: date)
        change(&document)
        return document.validate()
    }

    @Test(
        "Latest sending of the notice, as in the vectors of the reference",
        arguments: [
            ("2024-09-26", 5, "2024-09-20"), ("2024-09-26", 3, "2024-09-22"), ("2025-04-22", 5, "2025-04-16"),
            ("2024-03-04", 5, "2024-02-27"), ("2026-05-05", 3, "2026-05-01"),
        ])
    func convocation(session: String, clearDays: Int, latest: String) {
        for (sent, isShort) in [(CivilDate.on(latest), false), (CivilDate.on(latest) + 1, true)] {
            var document = Fictional.commune()
            document.move(to: session)
            document.parameters.population = clearDays == 5 ? 5_200 : 900
            document.session.convokedOn = sent
            let found = document.validate().findings.contains { $0.rule == "convocation-delay" }
            #expect(found == isShort)
        }
    }

    @Test(
        "An urgent notice leaves one clear day", arguments: [("2024-01-01", false), ("2024-01-02", true)])
    func urgent(sent: String, isShort: Bool) {
        let found = outcome(on: "2024-01-03") {
            $0.session.urgency = true
            $0.session.convokedOn = .on(sent)
        }.findings.contains { $0.rule == "convocation-urgent" }
        #expect(found == isShort)
    }

    @Test(
        "Before March 2020 the notice of a community depends on its largest commune",
        arguments: [("2020-02-29", 900, false), ("2020-02-29", 4_000, true), ("2020-03-01", 900, true)])
    func community(session: String, largest: Int, isShort: Bool) {
        let found = outcome(on: session) {
            $0.parameters.largestMemberCommune = largest
            $0.session.convokedOn = .on(session) - 4
        }.findings.contains { $0.rule == "convocation-delay" }
        #expect(found == isShort)
    }

    @Test(
        "Publicity on line since 1 July 2022",
        arguments: [
            "publication-present", "publication-mode", "publication-two-months", "list-one-week", "pv-one-week",
        ])
    func publicity(rule: String) {
        let before = outcome(on: "2022-06-30")
        #expect(before.notApplicable.contains { $0.rule == rule })
        #expect(!outcome(on: "2022-07-01").notApplicable.contains { $0.rule == rule })
    }

    @Test(
        "Rules on grants begin with their laws",
        arguments: [
            ("grant-cer", "2021-12-31", "2022-01-02"), ("grant-essential-data", "2017-07-31", "2017-08-01"),
            ("grant-beneficiary-id", "2017-07-31", "2017-08-01"),
        ])
    func grants(rule: String, before: String, after: String) {
        #expect(outcome(on: before).notApplicable.contains { $0.rule == rule })
        #expect(!outcome(on: after).notApplicable.contains { $0.rule == rule })
    }

    @Test(
        "In Alsace and Moselle a small commune is convoked three days before, and any second notice will do",
        arguments: [("67", "2025-03-10", false), ("57", "2025-03-11", true), ("974", "2025-03-10", true)])
    func localLaw(department: String, sent: String, isShort: Bool) {
        var document = Fictional.commune()
        document.parameters.population = 900
        document.extract.authority.department = department
        document.session.convokedOn = .on(sent)
        #expect(document.validate().findings.contains { $0.rule == "convocation-delay" } == isShort)
        document.session.secondConvocation = true
        let second = document.validate().notApplicable.contains { $0.rule == "convocation-second" }
        #expect(second == (department != "974"))
    }

    @Test("The court of an overseas department is not in the table: not checked")
    func overseas() {
        var document = Fictional.community()
        document.extract.authority.department = "974"
        document.act.act?.prefectureID = nil
        #expect(document.validate().indeterminate.contains { $0.rule == "appeal-court" })
    }

    @Test(
        "The draft of a budget is due twelve days before since 2024",
        arguments: [("2023-03-30", false), ("2024-03-28", true)])
    func budget(session: String, applies: Bool) {
        let outcome = outcome(on: session) { $0.act.subject = "Vote du budget primitif" }
        #expect(outcome.notApplicable.contains { $0.rule == "budget-notice-12" } != applies)
    }
}
