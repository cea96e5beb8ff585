import JSONCodec

/// What validation says of one document.
public struct Report: Hashable, Codable, JSONObject {
    /// The name and version of this form.
    public static let currentSchema = "greffier.report/1"

    /// The name and version of the form in which it is written.
    public var schema: String
    /// Which program made it.
    public var producedBy: Producer
    /// The document.
    public var document: DocumentReference
    /// What the register needs without reading the Extract.
    public var summary: ReportSummary
    /// What the rules say, errors first.
    public var findings: [Finding]
    /// The rules that could not be checked.
    public var indeterminate: [Indeterminate]
    /// The rules that do not apply.
    public var notApplicable: [NotApplicable]
    /// The deadlines.
    public var deadlines: [Deadline]
    /// What the register compares with other documents; nil in Reports of earlier versions.
    public var compared: ComparedFacts?
    /// A digest of what the deadlines were computed on beside the document: rules, calendar, what is said of authorities; nil
    /// in Reports of earlier versions.
    public var basis: String?

    /// A Report on `document`.
    public init(producedBy: Producer, document: DocumentReference, summary: ReportSummary) {
        schema = Self.currentSchema
        self.producedBy = producedBy
        self.document = document
        self.summary = summary
        findings = []
        indeterminate = []
        notApplicable = []
        deadlines = []
    }

    public init(blank: JSONBlank) {
        self.init(
            producedBy: Producer(blank: blank), document: DocumentReference(blank: blank),
            summary: ReportSummary(blank: blank))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("schema", &schema)
        visitor.required("producedBy", &producedBy)
        visitor.required("document", &document)
        visitor.required("summary", &summary)
        visitor.required("findings", &findings)
        visitor.required("indeterminate", &indeterminate)
        visitor.required("notApplicable", &notApplicable)
        visitor.required("deadlines", &deadlines)
        visitor.optional("compared", &compared)
        visitor.optional("basis", &basis)
    }
}

/// What the register needs of an Extract.
public struct ReportSummary: Hashable, Codable, JSONObject {
    /// Whether the document holds one deliberation or many.
    public var kind: Extract.Kind
    /// The authority.
    public var authority: Authority
    /// The day of the session.
    public var sessionDate: CivilDate
    /// The acts, in the order of the Extract's deliberations.
    public var acts: [ActSummary]

    /// A summary.
    public init(kind: Extract.Kind, authority: Authority, sessionDate: CivilDate, acts: [ActSummary]) {
        self.kind = kind
        self.authority = authority
        self.sessionDate = sessionDate
        self.acts = acts
    }

    public init(blank: JSONBlank) {
        self.init(
            kind: .extract, authority: Authority(blank: blank), sessionDate: CivilDate(daysSince1970: 0), acts: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("kind", &kind)
        visitor.required("authority", &authority)
        visitor.required("sessionDate", &sessionDate)
        visitor.required("acts", &acts)
    }
}

/// What the register needs of a deliberation.
public struct ActSummary: Hashable, Codable, JSONObject {
    /// The act's number, as printed.
    public var number: ActNumber?
    /// The item of the agenda.
    public var item: AgendaItem?
    /// What it is about.
    public var subject: String
    /// The result, where the text says it.
    public var outcome: Vote.Outcome?
    /// Whether the text says "à l'unanimité".
    public var unanimous: Bool
    /// Voices for; only when printed.
    public var `for`: Int?
    /// Voices against; only when printed.
    public var against: Int?
    /// Abstentions; only when printed.
    public var abstentions: Int?
    /// The sum of the grants, in euro cents.
    public var grantedCents: Int?
    /// The first grant's beneficiary.
    public var beneficiary: String?
    /// The matter's code of the @CTES nomenclature, as printed: "7.5".
    public var matter: String?
    /// When it was published.
    public var publishedOn: CivilDate?
    /// When the prefecture received it.
    public var receivedOn: CivilDate?

    /// An act on `subject`.
    public init(subject: String, unanimous: Bool = false) {
        self.subject = subject
        self.unanimous = unanimous
    }

    public init(blank: JSONBlank) {
        self.init(subject: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("number", &number)
        visitor.optional("item", &item)
        visitor.required("subject", &subject)
        visitor.optional("outcome", &outcome)
        visitor.required("unanimous", &unanimous)
        visitor.optional("for", &`for`)
        visitor.optional("against", &against)
        visitor.optional("abstentions", &abstentions)
        visitor.optional("grantedCents", &grantedCents)
        visitor.optional("beneficiary", &beneficiary)
        visitor.optional("matter", &matter)
        visitor.optional("publishedOn", &publishedOn)
        visitor.optional("receivedOn", &receivedOn)
    }
}
