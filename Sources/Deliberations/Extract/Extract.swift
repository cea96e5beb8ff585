import JSONCodec

/// What one document says, as data: the contract between ingest and everything after it.
///
/// A parser never guesses: an unknown scalar is nil, an unknown list is nil, and an empty list says that there is none.
public struct Extract: Hashable, Codable, JSONObject {
    /// The name and version of this form.
    public static let currentSchema = "greffier.extract/1"

    /// The name and version of the form in which it is written.
    public var schema: String
    /// Which program read the document.
    public var producedBy: Producer
    /// The document.
    public var document: DocumentReference
    /// Whether it holds one deliberation or many.
    public var kind: Kind
    /// The authority.
    public var authority: Authority
    /// The assembly, as written: "Conseil Municipal".
    public var assembly: String?
    /// Which organ deliberated.
    public var organ: Organ
    /// The session.
    public var session: Session
    /// Who sat.
    public var attendance: Attendance
    /// The deliberations, one or more.
    public var deliberations: [Deliberation]
    /// The conventions.
    public var conventions: [Convention]?
    /// The tables of expenses and revenues.
    public var budgetTables: [BudgetTable]?
    /// The duties that the text states.
    public var obligations: [Obligation]?
    /// Dated happenings that nobody owes.
    public var events: [Event]?
    /// What the text mentions anywhere.
    public var mentions: Mentions
    /// Where each fact was read.
    public var provenance: Provenance
    /// What was seen and could not be read.
    public var warnings: [ReadingWarning]

    /// What a document holds.
    public enum Kind: String, JSONStringEnumeration, Codable {
        /// One deliberation.
        case extract
        /// Minutes: procès-verbal, compte rendu, several extracts.
        case minutes
        /// A list of deliberations (liste des délibérations).
        case list
    }

    /// An Extract of `document`.
    public init(
        producedBy: Producer, document: DocumentReference, kind: Kind, authority: Authority, organ: Organ,
        session: Session, attendance: Attendance, deliberations: [Deliberation]
    ) {
        schema = Self.currentSchema
        self.producedBy = producedBy
        self.document = document
        self.kind = kind
        self.authority = authority
        self.organ = organ
        self.session = session
        self.attendance = attendance
        self.deliberations = deliberations
        mentions = Mentions()
        provenance = Provenance()
        warnings = []
    }

    public init(blank: JSONBlank) {
        self.init(
            producedBy: Producer(blank: blank), document: DocumentReference(blank: blank), kind: .extract,
            authority: Authority(blank: blank), organ: .assembly, session: Session(blank: blank),
            attendance: Attendance(), deliberations: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("schema", &schema)
        visitor.required("producedBy", &producedBy)
        visitor.required("document", &document)
        visitor.required("kind", &kind)
        visitor.required("authority", &authority)
        visitor.optional("assembly", &assembly)
        visitor.required("organ", &organ)
        visitor.required("session", &session)
        visitor.required("attendance", &attendance)
        visitor.required("deliberations", &deliberations)
        visitor.optional("conventions", &conventions)
        visitor.optional("budgetTables", &budgetTables)
        visitor.optional("obligations", &obligations)
        visitor.optional("events", &events)
        visitor.required("mentions", &mentions)
        visitor.required("provenance", &provenance)
        visitor.required("warnings", &warnings)
    }
}

/// Something that was seen in the text and could not be read.
public struct ReadingWarning: Hashable, Codable, JSONObject {
    /// What, as a stable word in kebab case.
    public var code: String
    /// What, in words.
    public var message: String
    /// Where.
    public var range: TextRange?
    /// The name of the document concerned in the archive or the e-mail.
    public var part: String?
    /// Why that was not read, as a stable word in kebab case.
    public var reason: String?

    /// A warning.
    public init(
        code: String, message: String, range: TextRange? = nil, part: String? = nil, reason: String? = nil
    ) {
        self.code = code
        self.message = message
        self.range = range
        self.part = part
        self.reason = reason
    }

    public init(blank: JSONBlank) {
        self.init(code: "", message: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("code", &code)
        visitor.required("message", &message)
        visitor.optional("range", &range)
        visitor.optional("part", &part)
        visitor.optional("reason", &reason)
    }
}
