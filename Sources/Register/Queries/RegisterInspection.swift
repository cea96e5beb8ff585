import Deliberations
import GreffierProtocol
import Storage

/// What is wrong with a register.
public struct RegisterInspection: Hashable, Sendable {
    /// Damages of the database's file, as the database names them.
    public var damages: [String] = []
    /// Rows that refer to what is not there, by what they are.
    public var orphans: [String: Int] = [:]
    /// Documents whose Report or Extract cannot be read.
    public var unreadable: [DocumentID] = []
    /// How many documents were looked at.
    public var documents = 0

    /// Whether nothing is wrong.
    public var isSound: Bool { damages.isEmpty && orphans.isEmpty && unreadable.isEmpty }
}

extension Register {
    /// Looks for damage: in the database's file, between its rows, and in every Report and Extract.
    ///
    /// Reads everything, a page of documents at a time, while workers go on.
    public func inspect() throws -> RegisterInspection {
        var inspection = RegisterInspection()
        inspection.damages = try database.damages()
        guard inspection.damages.isEmpty else { return inspection }
        inspection.orphans = try database.read(Self.orphans)
        var last: DocumentID?
        while true {
            let page = try documents(after: last, limit: 200)
            guard let latest = page.last else { return inspection }
            last = latest.id
            inspection.documents += page.count
            inspection.unreadable += page.filter { !isReadable($0) }.map(\.id)
        }
    }

    /// When the newest document was registered, in seconds since 1970 UTC; nil in an empty register.
    public func latestEntry() throws -> Int? {
        try database.read { sql in
            try sql.first("SELECT MAX(registered_at) FROM documents") { try $0.optionalInteger(0).map { Int($0) } }
                ?? nil
        }
    }

    private struct StoredDocument {
        let id: DocumentID
        let report: String
        let extract: String
    }

    private func documents(after last: DocumentID?, limit: Int) throws -> [StoredDocument] {
        try database.read { sql in
            try sql.query(
                "SELECT id, report, extract FROM documents\(last == nil ? "" : " WHERE id > ?") ORDER BY id LIMIT ?",
                (last.map { [SQLValue($0)] } ?? []) + [.integer(limit)]
            ) { StoredDocument(id: try $0.document(0), report: try $0.text(1), extract: try $0.text(2)) }
        }
    }

    private func isReadable(_ document: StoredDocument) -> Bool {
        guard (try? StoredReport.read(document.report, of: document.id, from: bodies)) != nil,
            let extract = BodyReference(document.extract)
        else { return false }
        return (try? bodies.read(extract)) != nil
    }

    private static func orphans(_ sql: SQLTransaction) throws -> [String: Int] {
        let questions = [
            "statements of acts without a document":
                "SELECT COUNT(*) FROM entries e LEFT JOIN documents c ON c.id = e.document WHERE c.id IS NULL",
            "statements of acts without an act":
                "SELECT COUNT(*) FROM entries e LEFT JOIN acts a ON a.id = e.act WHERE a.id IS NULL",
            "acts without an authority":
                "SELECT COUNT(*) FROM acts a LEFT JOIN authorities u ON u.id = a.authority WHERE u.id IS NULL",
            "acts that no document states":
                """
            SELECT COUNT(*) FROM acts a WHERE a.state = 'live'
                AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.act = a.id)
            """,
            "deadlines without an act":
                "SELECT COUNT(*) FROM deadlines d LEFT JOIN acts a ON a.id = d.act WHERE a.id IS NULL",
            "running deadlines without a document":
                """
            SELECT COUNT(*) FROM deadlines d LEFT JOIN documents c ON c.id = d.source
            WHERE c.id IS NULL AND d.state IN ('open', 'scheduled')
            """,
        ]
        return try questions.compactMapValues { question in
            let count = try sql.first(question) { try $0.count(0) } ?? 0
            return count == 0 ? nil : count
        }
    }
}
