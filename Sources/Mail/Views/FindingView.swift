/// What a rule says of the document.
public struct FindingView: Sendable {
    /// How grave it is.
    public enum Severity: Sendable, CaseIterable {
        /// The act is at risk: correct it.
        case error
        /// A person should look.
        case warning
        /// Good to know.
        case info
    }

    /// How grave it is.
    public var severity: Severity
    /// One French sentence.
    public var message: String
    /// The arithmetic: `81 présents + 24 représentés − 4 intéressés = 101`.
    public var computed: String?
    /// The article: `CGCT, art. L2121-20`.
    public var law: String?
    /// The sentences it was drawn from.
    public var quotes: [QuoteView]
    /// The identity of the rule, for those who answer questions about it.
    public var rule: String

    /// A finding.
    public init(
        severity: Severity, message: String, computed: String? = nil, law: String? = nil, quotes: [QuoteView] = [],
        rule: String
    ) {
        self.severity = severity
        self.message = message
        self.computed = computed
        self.law = law
        self.quotes = quotes
        self.rule = rule
    }

    func value(number: Int) -> TemplateValue {
        .record([
            "number": .literal(String(number)),
            "message": .composed(message),
            "computed": .composed(computed),
            "law": .composed(law),
            "quotes": .list(quotes.prefix(3).map(\.value)),
            "rule": .literal(rule),
        ])
    }
}

extension FindingView {
    /// The findings of each severity that occurs, gravest first.
    static func groups(_ findings: [FindingView]) -> TemplateValue {
        .list(
            Severity.allCases.compactMap { severity in
                let group = findings.filter { $0.severity == severity }
                return group.isEmpty ? nil : severity.value(of: group)
            })
    }

    /// `1 erreur, 2 avertissements`; empty when there is none.
    static func summary(_ findings: [FindingView]) -> [String] {
        Severity.allCases.compactMap { severity in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : severity.counted(count)
        }
    }
}

extension FindingView.Severity {
    /// The most findings of one severity that an email prints.
    static let printedLimit = 40

    func counted(_ count: Int) -> String {
        switch self {
        case .error: FrenchTypography.count(count, "erreur", "erreurs")
        case .warning: FrenchTypography.count(count, "point à vérifier", "points à vérifier")
        case .info: FrenchTypography.count(count, "information", "informations")
        }
    }

    func value(of findings: [FindingView]) -> TemplateValue {
        let title =
            switch self {
            case .error: "À corriger"
            case .warning: "À vérifier"
            case .info: "À savoir"
            }
        let omitted = findings.count - Self.printedLimit
        return .record([
            "title": .literal(title),
            "count": .literal(FrenchTypography.number(findings.count)),
            "isError": .flag(self == .error),
            "isWarning": .flag(self == .warning),
            "isInfo": .flag(self == .info),
            "findings": .list(findings.prefix(Self.printedLimit).enumerated().map { $1.value(number: $0 + 1) }),
            "omitted": .literal(omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil),
        ])
    }
}
