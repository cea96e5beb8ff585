import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// A registered document with its acts and findings.
public struct DocumentRecord: Hashable, JSONObject {
    /// Its id.
    public var id = DocumentID(of: [])
    /// What people call it.
    public var name = ""
    /// Who pushed it.
    public var source = ""
    /// Extract, minutes or list.
    public var kind = Extract.Kind.extract
    /// Which passage through the stages is registered.
    public var generation = 0
    /// The document that it corrects.
    public var replaces: DocumentID?
    /// Whether another corrects it: then it has no acts.
    public var superseded = false
    /// Whether it came from the archives.
    public var archive = false
    /// When it was accepted, in seconds since 1970 UTC.
    public var acceptedAt = 0
    /// When it was registered, in seconds since 1970 UTC.
    public var registeredAt = 0
    /// Its acts, in its order.
    public var acts: [ActListing] = []
    /// What the rules say of it.
    public var findings: [Finding] = []
    /// What comparing it with other documents found of its acts and its session.
    public var comparedFindings: [Finding] = []

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("name", &name)
        visitor.required("source", &source)
        visitor.required("kind", &kind)
        visitor.required("generation", &generation)
        visitor.optional("replaces", &replaces)
        visitor.required("superseded", &superseded)
        visitor.required("archive", &archive)
        visitor.required("acceptedAt", &acceptedAt)
        visitor.required("registeredAt", &registeredAt)
        visitor.required("acts", &acts)
        visitor.required("findings", &findings)
        visitor.required("comparedFindings", &comparedFindings)
    }

    fileprivate init(_ row: SQLRow) throws {
        id = try row.document(0)
        name = try row.text(1)
        source = try row.text(2)
        kind = Extract.Kind(rawValue: try row.text(3)) ?? .extract
        generation = try row.count(4)
        replaces = try row.optionalDocument(5)
        superseded = try row.boolean(6)
        archive = try row.boolean(7)
        acceptedAt = try row.count(8)
        registeredAt = try row.count(9)
    }
}

extension Register {
    /// A registered document, or nil when there is none of that id.
    public func document(_ id: DocumentID) throws -> DocumentRecord? {
        try database.read { sql in
            let found = try sql.first(
                """
                SELECT id, name, source, kind, generation, replaces, superseded, archive, accepted_at, registered_at, report,
                    authority, session_day
                FROM documents WHERE id = ?
                """, [.init(id)]
            ) { row in
                (
                    record: try DocumentRecord(row), report: try row.text(10), authority: try row.integer(11),
                    day: try row.day(12)
                )
            }
            guard let (found, report, authority, day) = found else { return nil }
            var record = found
            record.acts = try sql.readAll(
                ActListing.query + " JOIN entries e ON e.act = a.id WHERE e.document = ? ORDER BY e.position",
                [.init(id)]
            ) { try ActListing($0) }
            record.comparedFindings =
                try record.acts.flatMap { try RegisterFindings.of($0.id, sql) }
                + RegisterFindings.ofSession(authority, day, sql)
            record.findings = try StoredReport.read(report, of: id, from: bodies).findings
            return record
        }
    }

    /// The bytes of a document's Report and Extract as they came; nil when it is not registered.
    public func bodies(of id: DocumentID) throws -> (report: [UInt8], extract: [UInt8])? {
        let found = try database.read { sql in
            try sql.first("SELECT report, extract FROM documents WHERE id = ?", [.init(id)]) {
                (report: BodyReference(try $0.text(0)), extract: BodyReference(try $0.text(1)))
            }
        }
        guard let found else { return nil }
        guard let report = found.report, let extract = found.extract else {
            throw RegisterError.damagedRow(table: "documents", id: "\(id)")
        }
        return (try bodies.read(report), try bodies.read(extract))
    }
}
