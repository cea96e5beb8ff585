import JSONCodec

/// What `greffier doctor` says of one thing.
struct Diagnosis: JSONObject {
    /// What was looked at: "register", "disk".
    var subject = ""
    /// How it is.
    var state = State.right
    /// What was found.
    var finding = ""
    /// What to do; nil when nothing is to be done.
    var cure: String?

    /// How something is.
    enum State: String, JSONStringEnumeration {
        case right
        case warning
        case wrong
        /// It was not looked at.
        case skipped
    }

    init(blank: JSONBlank) {}

    private init(_ subject: String, _ state: State, _ finding: String, cure: String? = nil) {
        self.subject = subject
        self.state = state
        self.finding = finding
        self.cure = cure
    }

    static func right(_ subject: String, _ finding: String) -> Self { Self(subject, .right, finding) }

    static func skipped(_ subject: String, _ reason: String) -> Self { Self(subject, .skipped, reason) }

    static func warning(_ subject: String, _ finding: String, cure: String) -> Self {
        Self(subject, .warning, finding, cure: cure)
    }

    static func wrong(_ subject: String, _ finding: String, cure: String) -> Self {
        Self(subject, .wrong, finding, cure: cure)
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("subject", &subject)
        visitor.required("state", &state)
        visitor.required("finding", &finding)
        visitor.optional("cure", &cure)
    }
}
