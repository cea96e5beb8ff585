import Deliberations

/// What a rule is, for people who list or configure rules.
public struct RuleDescription: Hashable, Sendable {
    /// Its id, in kebab case: "vote-balance".
    public let id: String
    /// How much a finding of it matters, unless the check itself lowers it.
    public let severity: Severity
    /// What it requires, in French.
    public let statement: String
    /// The articles that it rests on; empty where it only compares the document with itself.
    public let law: [String]
    /// To whom and since when it applies, in French.
    public let scope: String

    /// The articles in one line, or the words that say that the document is compared with itself.
    public let lawInOneLine: String

    init(_ id: String, _ severity: Severity, _ statement: String, law: [String] = [], scope: String = "tous les actes")
    {
        self.id = id
        self.severity = severity
        self.statement = statement
        self.law = law
        self.scope = scope
        lawInOneLine = law.isEmpty ? "cohérence interne du document" : law.joined(separator: ", ")
    }
}

/// A rule of the reference: what it says. A ``DocumentRule`` or an ``ActRule`` adds the check.
protocol Rule: Sendable {
    var description: RuleDescription { get }
}

/// A rule about the whole document: its session, its lists, its dates.
protocol DocumentRule: Rule {
    func check(_ review: Review) -> Verdict
}

/// A rule about one deliberation.
protocol ActRule: Rule {
    func check(_ act: ActReview, in review: Review) -> Verdict
}

/// What a check ends in. `ok` is said only when every input was there.
enum Verdict {
    case ok
    case remarks([Remark])
    /// What is missing, in French.
    case indeterminate(String)
    /// Why, in French.
    case notApplicable(String)

    /// One remark.
    static func remark(
        _ message: String, lowered severity: Severity? = nil, computed: String? = nil, _ sources: [Source] = []
    ) -> Verdict {
        .remarks([Remark(message, lowered: severity, computed: computed, sources)])
    }

    /// The remarks, or `ok` if there is none.
    static func remarksOrOK(_ remarks: [Remark]) -> Verdict {
        remarks.isEmpty ? .ok : .remarks(remarks)
    }
}

/// A finding before its evidence is looked up.
struct Remark {
    /// What, in French.
    var message: String
    /// A severity below the rule's, where the inputs are doubtful or the matter is slight.
    var lowered: Severity?
    /// The numbers compared and how they were computed.
    var computed: String?
    /// What it rests on.
    var sources: [Source]
    /// The deliberation concerned, where a document's rule knows it.
    var deliberation: Int?

    init(
        _ message: String, lowered: Severity? = nil, computed: String? = nil, _ sources: [Source] = [],
        deliberation: Int? = nil
    ) {
        self.message = message
        self.lowered = lowered
        self.computed = computed
        self.sources = sources
        self.deliberation = deliberation
    }
}

/// What a remark rests on: a fact of the Extract, or words of the text.
enum Source {
    /// The JSON Pointer of a fact; where it has no citation, that of what contains it is quoted.
    case fact(String)
    case words(TextRange)
}
