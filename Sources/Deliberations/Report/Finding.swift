import JSONCodec

/// Words of the converted text on which a finding or a deadline rests.
public struct Evidence: Hashable, Codable, JSONObject {
    /// The offset of the first byte.
    public var start: Int
    /// The offset after the last byte.
    public var end: Int
    /// The words.
    public var quote: String

    /// A quotation.
    public init(range: TextRange, quote: String) {
        start = range.start
        end = range.end
        self.quote = quote
    }

    public init(blank: JSONBlank) {
        self.init(range: TextRange(0, 0), quote: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("start", &start)
        visitor.required("end", &end)
        visitor.required("quote", &quote)
    }
}

/// How much a finding matters.
public enum Severity: String, JSONStringEnumeration, Codable, Comparable {
    /// The act is probably irregular, or two figures of the document contradict each other.
    case error
    /// A person must look.
    case warning
    /// A useful remark.
    case info

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// What a rule says of an Extract.
public struct Finding: Hashable, Codable, JSONObject {
    /// The rule's id.
    public var rule: String
    /// How much it matters.
    public var severity: Severity
    /// What, in French.
    public var message: String
    /// The index of the deliberation concerned.
    public var deliberation: Int?
    /// The numbers compared and how they were computed: "81 présents + 24 pouvoirs − 4 intéressés = 101".
    public var computed: String?
    /// The words it rests on.
    public var evidence: [Evidence]
    /// The law: "CGCT L2121-17".
    public var law: String

    /// A finding.
    public init(
        rule: String, severity: Severity, message: String, deliberation: Int? = nil, computed: String? = nil,
        evidence: [Evidence] = [], law: String
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.deliberation = deliberation
        self.computed = computed
        self.evidence = evidence
        self.law = law
    }

    public init(blank: JSONBlank) {
        self.init(rule: "", severity: .info, message: "", law: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("rule", &rule)
        visitor.required("severity", &severity)
        visitor.required("message", &message)
        visitor.optional("deliberation", &deliberation)
        visitor.optional("computed", &computed)
        visitor.required("evidence", &evidence)
        visitor.required("law", &law)
    }
}

/// A rule that could not be checked for want of an input.
public struct Indeterminate: Hashable, Codable, JSONObject {
    /// The rule's id.
    public var rule: String
    /// The index of the deliberation concerned.
    public var deliberation: Int?
    /// What is missing, in French.
    public var missing: String

    /// An unchecked rule.
    public init(rule: String, deliberation: Int? = nil, missing: String) {
        self.rule = rule
        self.deliberation = deliberation
        self.missing = missing
    }

    public init(blank: JSONBlank) {
        self.init(rule: "", missing: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("rule", &rule)
        visitor.optional("deliberation", &deliberation)
        visitor.required("missing", &missing)
    }
}

/// A rule that does not apply.
public struct NotApplicable: Hashable, Codable, JSONObject {
    /// The rule's id.
    public var rule: String
    /// The index of the deliberation concerned.
    public var deliberation: Int?
    /// Why, in French.
    public var why: String

    /// A rule that does not apply.
    public init(rule: String, deliberation: Int? = nil, why: String) {
        self.rule = rule
        self.deliberation = deliberation
        self.why = why
    }

    public init(blank: JSONBlank) {
        self.init(rule: "", why: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("rule", &rule)
        visitor.optional("deliberation", &deliberation)
        visitor.required("why", &why)
    }
}
