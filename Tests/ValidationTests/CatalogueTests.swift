import Deliberations
import Foundation
import Testing

@testable import Validation

@Suite("The catalogue of rules")
struct CatalogueTests {
    @Test("Every rule says what it needs and gives an example, and nothing else does")
    func explanations() {
        #expect(RuleExplanations.all.map(\.id) == RuleCatalogue.all.map(\.id))
        #expect(RuleExplanations.all.allSatisfy { !$0.needs.isEmpty && !$0.example.isEmpty })
    }

    @Test("The example of a rule is what it says of a spoilt document")
    func examples() {
        var said: [String: Set<String>] = [:]
        for mutation in MutationTests.all {
            let messages = mutation.spoilt.validate().findings.filter { $0.rule == mutation.rule }.map(\.message)
            said[mutation.rule, default: []].formUnion(messages)
        }
        for rule in RuleCatalogue.all {
            guard let messages = said[rule.id], let example = rule.explanation?.example else { continue }
            #expect(messages.contains(example), "\(rule.id): \(example)")
        }
    }

    @Test("protocol/rules.md is the catalogue (GREFFIER_RECORD=1 writes it anew)")
    func page() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("protocol/rules.md")
        if ProcessInfo.processInfo.environment["GREFFIER_RECORD"] == "1" {
            try Data(RuleCatalogue.page.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == RuleCatalogue.page)
    }

    @Test("A rule is explained in French, with its law and its example")
    func explained() throws {
        let text = try #require(RuleCatalogue.rule("list-one-week")).frenchExplanation
        for part in ["à vérifier", "CGCT L2121-25", "depuis le 1er juillet 2022", "Exemple\u{A0}:"] {
            #expect(text.contains(part))
        }
    }
}

@Suite("The configuration of rules")
struct RuleSettingsTests {
    private let community = Authority(name: "Communauté de communes du Val d'Aubrelle", kind: .epci, siren: "200000008")
    private let other = Authority(name: "Commune de Sourcelles", kind: .commune)

    @Test("A rule is switched off and a severity changed for all, and otherwise for one authority")
    func layers() throws {
        let settings = try RuleSettings(
            off: ["note-synthese"], severities: ["vote-balance=warning"],
            authorities: [
                "200000008: department=25, on=note-synthese, population=12000, memberCommunes=Aubrelle;Val Dormant",
                "commune de sourcelles: vote-balance=info, localLaw=true",
            ])
        let forCommunity = settings.parameters(for: community)
        #expect(forCommunity.switchedOff == [] && forCommunity.department == "25" && forCommunity.population == 12_000)
        #expect(forCommunity.memberCommunes == ["Aubrelle", "Val Dormant"])
        #expect(forCommunity.severities == ["vote-balance": .warning])
        let forOther = settings.parameters(for: other)
        #expect(forOther.switchedOff == ["note-synthese"] && forOther.localLaw == true && forOther.department == nil)
        #expect(forOther.severities == ["vote-balance": .info])
        #expect(RuleSettings.none.parameters(for: other) == .default)
    }

    @Test(
        "What is wrong is named with its cure",
        arguments: [
            ("vote-balence=error", "did you mean vote-balance?"), ("vote-balance=grave", "error, warning or info"),
            ("population=many", "a whole number"), ("localLaw=perhaps", "true or false"),
            ("nonsense", "cannot be read"),
            ("off=quorum", "quorum-"),
        ])
    func problems(entry: String, cure: String) {
        #expect {
            try RuleSettings(off: [], severities: [], authorities: ["200000008: \(entry)"])
        } throws: { error in
            "\(error)".contains(cure)
        }
    }

    @Test("All problems are told at once")
    func together() {
        #expect {
            try RuleSettings(off: ["nothing-at-all"], severities: ["x=y"], authorities: ["no colon"])
        } throws: { error in
            (error as? RuleSettingsError)?.problems.count == 3
        }
    }
}
