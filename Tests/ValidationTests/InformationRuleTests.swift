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
