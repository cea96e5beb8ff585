import Deliberations
import Testing

@testable import Validation

@Suite("What an outcome says")
struct OutcomeTests {
    @Test("A vote that balances passes, however the voices are divided", arguments: 0..<40)
    func balance(seed: Int) {
        var document = Fictional.community()
        let con = seed * 7 % 8
        let abstentions = seed * 5 % 4
        document.vote { vote in
            (vote.for, vote.against, vote.abstentions) = (16 - con - abstentions, con, abstentions)
            vote.outcome = nil
        }
        let rules = Set(document.validate().findings.map(\.rule))
        #expect(
            !rules.contains("vote-balance") && !rules.contains("vote-exceeds") && !rules.contains("interested-proxy"))
    }

    @Test("Quotes are the words of the text, at their offsets")
    func quotes() {
        var document = Fictional.community()
        document.vote { $0.for = 17 }
        let written = FictionalText(document)
        let outcome = document.validate()
        let bytes = Array(written.text.utf8)
        for evidence in outcome.findings.flatMap(\.evidence) {
            let words = String(decoding: bytes[evidence.start..<evidence.end], as: UTF8.self)
            #expect(
                evidence.quote.hasSuffix("…")
                    || words.split { $0.isWhitespace } == evidence.quote.split { $0.isWhitespace })
        }
        #expect(outcome.findings.first?.severity == .error)
        #expect(outcome.findings.first?.deliberation == 0)
    }

    @Test("Without a list of present members no rule about voices is fulfilled")
    func noLists() {
        var document = Fictional.community()
        document.extract.attendance = Attendance()
        let outcome = document.validate()
        let undecided = Set(outcome.indeterminate.map(\.rule))
        #expect(undecided.isSuperset(of: ["vote-balance", "quorum-at-question", "interested-count", "proxy-limit"]))
        #expect(outcome.findings.filter { $0.severity == .error } == [])
    }

    @Test("A rule that is switched off says nothing, and a severity can be replaced")
    func parameters() {
        var document = Fictional.community()
        document.vote { $0.for = 17 }
        document.parameters.switchedOff = ["interested-proxy"]
        document.parameters.severities = ["vote-balance": .warning]
        let outcome = document.validate()
        #expect(outcome.findings.first { $0.rule == "vote-balance" }?.severity == .warning)
        document.parameters.switchedOff.insert("vote-balance")
        #expect(!document.validate().findings.contains { $0.rule == "vote-balance" })
    }

    @Test("What a rule says alike of several acts is said once")
    func shared() {
        var document = Fictional.community()
        document.extract.kind = .minutes
        document.extract.deliberations.append(document.act)
        document.extract.deliberations.append(document.act)
        let outcome = document.validate()
        let notes = outcome.notApplicable.filter { $0.rule == "vote-secret" }
        #expect(notes.count == 1)
        #expect(notes.first?.deliberation == nil)
    }

    @Test("An unknown population leaves the notice of a commune undecided between three and five clear days")
    func population() {
        var document = Fictional.commune()
        document.parameters = .default
        document.session.convokedOn = .on("2025-03-09")
        #expect(
            document.validate().indeterminate.contains {
                $0.rule == "convocation-delay" && $0.missing.contains("population")
            })
        document.session.convokedOn = .on("2025-03-07")
        #expect(!document.validate().indeterminate.contains { $0.rule == "convocation-delay" })
        document.session.convokedOn = .on("2025-03-10")
        #expect(document.validate().findings.contains { $0.rule == "convocation-delay" && $0.severity == .error })
    }

    @Test(
        "The quorum and the proxies of the health emergency",
        arguments: [
            ("2020-02-01", 1, ExceptionalPeriods.Quorum.ordinary), ("2020-03-12", 2, .thirdPresentOrRepresented),
            ("2020-07-11", 2, .thirdPresent), ("2020-08-31", 1, .ordinary), ("2020-10-17", 1, .doubtful),
            ("2020-11-15", 2, .thirdPresent), ("2021-09-30", 2, .thirdPresent), ("2021-10-01", 1, .ordinary),
            ("2022-07-31", 2, .thirdPresent), ("2022-08-01", 1, .ordinary),
        ])
    func emergency(date: String, proxies: Int, quorum: ExceptionalPeriods.Quorum) {
        #expect(ExceptionalPeriods.quorum(on: .on(date)) == quorum)
        #expect(ExceptionalPeriods.proxyLimit(on: .on(date)).certain == proxies)
    }

    @Test(
        "Two proxies in one hand are allowed in February 2021 and not in February 2023",
        arguments: [("2021-02-11", false), ("2023-02-09", true)])
    func proxiesByDate(date: String, isError: Bool) {
        var document = Fictional.community()
        document.move(to: date)
        document.proxy(1) { $0.holder.name = "Anne Abeille" }
        let found = document.validate().findings.contains { $0.rule == "proxy-limit" && $0.severity == .error }
        #expect(found == isError)
    }

    @Test("A summary has the acts of the Extract in their order")
    func summary() {
        let document = Fictional.community()
        let summary = ReportSummary(of: document.extract)
        #expect(summary.acts.count == 1)
        #expect(summary.acts.first?.grantedCents == 6_000_000)
        #expect(summary.acts.first?.publishedOn == .on("2025-03-18"))
        #expect(summary.acts.first?.for == 15)
    }

    @Test(
        "La Poste's SIRET is valid by its exception",
        arguments: [
            ("35600000009075", true), ("73282932000074", true), ("73282932000075", false), ("7328293200007", false),
        ])
    func siret(number: String, isValid: Bool) {
        #expect(Luhn.isSIRET(number) == isValid)
    }
}

@Suite("How figures are written in messages")
struct FrenchTests {
    @Test(
        "Amounts have groups of three, a comma and a no-break space",
        arguments: [
            (6_500_000, "65\u{A0}000\u{A0}€"), (123_456_705, "1\u{A0}234\u{A0}567,05\u{A0}€"), (50, "0,50\u{A0}€"),
        ])
    func money(cents: Int, written: String) {
        #expect(French.money(cents) == written)
    }

    @Test("Runs of numbers are drawn together", arguments: [([1], "1"), ([1, 2, 3, 7], "1 à 3, 7"), ([], "")])
    func runs(numbers: [Int], written: String) {
        #expect(French.runs(numbers) == written)
    }

    @Test(
        "Phrases are found whatever letters their first words begin with",
        arguments: [
            ("Œuvre d’été", "oeuvre d'ete"), ("l’ÉTÉ", "été"), ("e\u{301}te\u{301} 2031", "ete 2031"),
            ("À la fin", "a la fin"),
            ("a\u{AD}b  c", "ab c"), ("dit 7e", "7e"), ("çà et là", "ca et la"),
        ])
    func beginnings(text: String, phrase: String) {
        #expect(PhraseSearch(Array(text.utf8)).contains([.init(stringLiteral: phrase)]))
    }

    @Test("Phrases are found whatever their accents and spaces, at the beginning of a word")
    func phrases() {
        let text = "L’assemblée prend  connaissance d’un COMPTE-RENDU\nFinancier ; décompte rendu."
        let search = PhraseSearch(Array(text.utf8))
        let found = search.first(["compte rendu financier"])
        let words = found.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) }
        #expect(words == "COMPTE-RENDU\nFinancier")
        #expect(!search.contains(["omptes"]))
        #expect(!search.contains(["compte"], in: TextRange(found?.end ?? 0, text.utf8.count)))
        #expect(search.contains(["rendu"], in: TextRange(found?.end ?? 0, text.utf8.count)))
    }
}
