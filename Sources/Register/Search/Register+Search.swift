import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// What to look for among the acts.
public struct SearchQuery: Hashable, Sendable {
    /// The words, folded: all must be found, each at least as the beginning of a word.
    let words: [String]
    /// Which sessions, and the most acts to find.
    public var filter: ActFilter

    /// The most words of a question.
    private static let limit = 32

    /// Looks for the words of a text, whatever their accents and case; nil if it has no letter and no digit.
    public init?(_ text: String, filter: ActFilter = ActFilter()) {
        words = FoldedText(text.prefix(2_000)).text.split(separator: " ").prefix(Self.limit).map(String.init)
        self.filter = filter
        if words.isEmpty { return nil }
    }
}

/// An act that was found.
public struct SearchHit: Hashable, JSONObject {
    /// Its number in the register.
    public var act = ActID(0)
    /// Its number, as printed.
    public var number: ActNumber?
    /// The day of the session.
    public var session = CivilDate(daysSince1970: 0)
    /// The authority.
    public var authority = ""
    /// What it is about.
    public var subject = ""
    /// Where the words stand, or most of them.
    public var field = Field.subject
    /// The text that they stand in.
    public var found = ""
    /// The document in which they stand.
    public var document = DocumentID(of: [])

    /// What of an act was found.
    public enum Field: String, JSONStringEnumeration, Sendable {
        case subject
        /// Who is granted something.
        case beneficiary
        /// Who gives or holds a proxy, or owes something.
        case name
    }

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("act", &act)
        visitor.optional("number", &number)
        visitor.required("session", &session)
        visitor.required("authority", &authority)
        visitor.required("subject", &subject)
        visitor.required("field", &field)
        visitor.required("found", &found)
        visitor.required("document", &document)
    }

    fileprivate init(_ row: SQLRow, _ words: [String]) throws {
        act = ActID(try row.integer(0))
        number = try row.optionalText(1).map { ActNumber($0) }
        session = try row.day(2)
        authority = try row.text(3)
        subject = try row.text(4)
        document = try row.document(5)
        let stated = (try? ActSummary(json: Array(try row.text(6).utf8)))?.subject ?? subject
        (field, found) = SearchedTexts(
            subject: stated, beneficiaries: try row.optionalText(7), people: try row.optionalText(8)
        ).match(words)
    }
}

extension Register {
    /// The acts in which all words are found, each once, with the best document that has them; the latest session first.
    public func search(_ query: SearchQuery) throws -> [SearchHit] {
        try database.read { sql in
            try Self.places(query, sql).compactMap { place in
                try sql.first(Self.foundAct, [.init(place.document), .integer(place.position)]) {
                    try SearchHit($0, query.words)
                }
            }
        }
    }

    /// The documents to show, one an act. Of the very many rows in which a common word is found only what orders them is
    /// read.
    private static func places(
        _ query: SearchQuery, _ sql: SQLTransaction
    ) throws -> [(document: DocumentID, position: Int)] {
        let words = SearchedTexts.index.condition(column: "e.search", words: query.words, in: sql)
        var condition = SQLCondition()
        condition.add(words.text, [words.value])
        condition.add("a.state = 'live'", [])
        condition.add(sessionsOf: query.filter)
        let limit = max(1, query.filter.limit)
        let page = limit * 4
        var places: [(document: DocumentID, position: Int)] = []
        var last: ActID?
        var offset = 0
        while places.count < limit {
            let rows = try sql.query(
                foundEntries + condition.clause + bestFirst, condition.values + [.integer(page), .integer(offset)]
            ) { (act: ActID(try $0.integer(0)), document: try $0.document(1), position: try $0.count(2)) }
            for row in rows where row.act != last && places.count < limit {
                places.append((row.document, row.position))
                last = row.act
            }
            guard rows.count == page else { break }
            offset += page
        }
        return places
    }

    private static let foundEntries = """
        SELECT e.act, e.document, e.position
        FROM entries e JOIN acts a ON a.id = e.act JOIN authorities u ON u.id = a.authority
        """

    /// The rows of one act stand together, the best of them first.
    private static let bestFirst = """
         ORDER BY a.session_day DESC, a.id, e.rank DESC, e.accepted_at DESC, e.document DESC, e.position DESC
        LIMIT ? OFFSET ?
        """

    private static let foundAct = """
        SELECT a.id, a.number, a.session_day, u.name, a.subject, e.document, e.summary, e.beneficiaries, e.people
        FROM entries e JOIN acts a ON a.id = e.act JOIN authorities u ON u.id = a.authority
        WHERE e.document = ? AND e.position = ?
        """
}
