import Deliberations

extension Severity {
    /// "erreur", "à vérifier", "information".
    public var frenchWord: String {
        switch self {
        case .error: "erreur"
        case .warning: "à vérifier"
        case .info: "information"
        }
    }
}

extension RuleDescription {
    /// The rule explained in French, for a terminal.
    public var frenchExplanation: String {
        var lines = ["\(id) (\(severity.frenchWord))", "", statement, "", "Fondement\u{A0}: \(lawInOneLine)."]
        lines.append("Champ\u{A0}: \(scope).")
        guard let explanation else { return lines.joined(separator: "\n") }
        if let inForce = explanation.inForce { lines.append("En vigueur\u{A0}: \(inForce).") }
        lines.append("Données nécessaires\u{A0}: \(explanation.needs.joined(separator: "\u{A0}; ")).")
        lines += ["", "Exemple\u{A0}: \(explanation.example)"]
        return lines.joined(separator: "\n")
    }
}

extension RuleCatalogue {
    /// The catalogue as a page of Markdown: `protocol/rules.md`.
    public static var page: String {
        var page = """
            # Les règles de Greffier

            Cette page est écrite par le code (`GREFFIER_RECORD=1 swift test --filter ValidationTests`). Chacune des \
            \(all.count) règles a cinq issues\u{A0}: rien à signaler, un constat (erreur, à vérifier, information), \
            non vérifiable (il manque une donnée), sans objet. `greffier rules` les liste, `greffier rules ID` en \
            explique une. La configuration éteint une règle (`rules.off`), change sa gravité (`rules.severity`) ou fixe \
            les paramètres d’une collectivité (`rules.authorities`).

            """
        for chapter in chapters {
            page += "\n## \(chapter.title)\n\n"
            page += "| règle | gravité | ce qu’elle exige | fondement | champ |\n| --- | --- | --- | --- | --- |\n"
            for rule in chapter.rules { page += rule.row }
        }
        return page
    }
}

extension RuleDescription {
    fileprivate var row: String {
        let scope = explanation?.inForce.map { "\(self.scope)\u{A0}; \($0)" } ?? self.scope
        return "| `\(id)` | \(severity.frenchWord) | \(statement) | \(lawInOneLine) | \(scope) |\n"
    }
}
