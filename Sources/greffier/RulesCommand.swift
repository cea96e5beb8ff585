import ArgumentParser
import Console
import Deliberations
import JSONCodec
import Validation

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules, or explain one in French with its law and an example.")

    @OptionGroup var output: JSONOption

    @Argument(help: "The id of the rule to explain, such as vote-balance.")
    var id: String?

    func run() async throws {
        try await reportingErrors {
            let rules = try selection()
            if output.json {
                for rule in rules { Output.json(RuleListing(rule)) }
            } else if id != nil {
                for rule in rules { Output.line(rule.frenchExplanation) }
            } else {
                Output.line(Self.table(rules))
            }
        }
    }

    private func selection() throws -> [RuleDescription] {
        guard let id else { return RuleCatalogue.all }
        if let rule = RuleCatalogue.rule(id) { return [rule] }
        let near = RuleCatalogue.near(id)
        let cure = near.isEmpty ? "`greffier rules` lists them" : "did you mean \(near.joined(separator: ", "))?"
        throw ValidationError("no rule \"\(id)\": \(cure)")
    }

    private static func table(_ rules: [RuleDescription]) -> String {
        var table = Table([("RULE", .left), ("SEVERITY", .left), ("STATEMENT", .left), ("LAW", .left)])
        for rule in rules { table.add([rule.id, rule.severity.rawValue, rule.statement, rule.lawInOneLine]) }
        return table.text
    }
}

/// What `rules --json` prints of one rule, a line each.
struct RuleListing: JSONObject {
    var id: String
    var severity: Severity
    var statement: String
    var law: [String]
    var scope: String
    var inForce: String?
    var needs: [String]
    var example: String?

    init(_ rule: RuleDescription) {
        id = rule.id
        severity = rule.severity
        statement = rule.statement
        law = rule.law
        scope = rule.scope
        inForce = rule.explanation?.inForce
        needs = rule.explanation?.needs ?? []
        example = rule.explanation?.example
    }

    init(blank: JSONBlank) {
        (id, severity, statement, law, scope, needs) = ("", .info, "", [], "", [])
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("severity", &severity)
        visitor.required("statement", &statement)
        visitor.required("law", &law)
        visitor.required("scope", &scope)
        visitor.optional("inForce", &inForce)
        visitor.required("needs", &needs)
        visitor.optional("example", &example)
    }
}
