import Deliberations
import Testing

@testable import Validation

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
