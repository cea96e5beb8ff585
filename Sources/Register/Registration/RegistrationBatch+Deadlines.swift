import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// The deadlines that a document states, each with the scope where it belongs.
    func deadlineStatements(
        of report: Report, acts: [ActID], at place: Place, precedence: Precedence, isArchive: Bool
    ) -> [DeadlineStatement] {
        guard let first = acts.first else { return [] }
        return report.deadlines.map { deadline in
            let (scope, key) = DeadlineScope.place(
                of: deadline, acts: acts, authority: place.authority, day: place.day)
            let act = if case .act(let act) = scope { act } else { first }
            return DeadlineStatement(
                scope: scope, key: key, act: act, authority: place.authority, deadline: deadline,
                precedence: precedence, isArchive: isArchive)
        }
    }

    /// Merges statements into the deadlines of their scopes. A fresh scope has none yet.
    func apply(_ statements: [DeadlineStatement], fresh: Set<DeadlineScope>) throws {
        var rows: [DeadlineScope: [String: DeadlineRow]] = [:]
        var inserts = deadlineInserts
        for statement in DeadlineStatement.best(of: statements) {
            if !fresh.contains(statement.scope), rows[statement.scope] == nil {
                rows[statement.scope] = try deadlineRows(of: statement.scope)
            }
            guard let row = rows[statement.scope]?[statement.key] else {
                try add(statement, isFresh: fresh.contains(statement.scope), to: &inserts)
                continue
            }
            let isDated = row.deadline.due != nil
            if row.state == .superseded || statement.outranks(dated: isDated, precedence: row.precedence) {
                try update(row, by: statement)
            }
        }
        try inserts.flush(to: sql)
    }

    /// Puts an act's deadlines together anew from every document that states it.
    func rebuildDeadlines(of act: ActID) throws {
        let documents = try documents(
            "SELECT DISTINCT document FROM entries WHERE act = ?", [.init(act)])
        try rebuild(.act(act), from: documents)
    }

    /// Decides anew what retracted statements had decided of duties of a whole session or authority: by what the other
    /// documents of the sessions concerned say of them.
    func restate(_ retracted: [DeadlineStatement], sessions: Set<SessionKey>) throws {
        guard !retracted.isEmpty else { return }
        let documents = try sessions.flatMap { session in
            try self.documents(
                "SELECT DISTINCT document FROM entries WHERE authority = ? AND session_day = ?",
                [.integer(session.authority), .init(session.day)])
        }
        let remaining = DeadlineStatement.best(of: try documents.sorted().flatMap(statements(of:)))
        for former in DeadlineStatement.best(of: retracted) {
            guard let row = try deadlineRows(of: former.scope)[former.key],
                row.precedence.document == former.precedence.document
            else { continue }
            if let statement = remaining.first(where: { $0.scope == former.scope && $0.key == former.key }) {
                try update(row, by: statement)
            } else {
                try supersede(row)
            }
        }
    }

    private func documents(_ query: String, _ values: [SQLValue]) throws -> [DocumentID] {
        try sql.query(query, values) { try $0.document(0) }.sorted()
    }

    private func rebuild(_ scope: DeadlineScope, from documents: [DocumentID]) throws {
        let statements = try documents.flatMap(statements(of:)).filter { $0.scope == scope }
        let rows = try deadlineRows(of: scope)
        var inserts = deadlineInserts
        var stated: Set<String> = []
        for statement in DeadlineStatement.best(of: statements) {
            stated.insert(statement.key)
            if let row = rows[statement.key] {
                try update(row, by: statement)
            } else {
                try add(statement, isFresh: false, to: &inserts)
            }
        }
        try inserts.flush(to: sql)
        for row in rows.values.sorted(by: { $0.id < $1.id }) where !stated.contains(row.key) {
            try supersede(row)
        }
    }

    /// The deadlines that a registered document states.
    func statements(of document: DocumentID) throws -> [DeadlineStatement] {
        let entries = try sql.query(
            "SELECT act, authority, session_day, rank, accepted_at FROM entries WHERE document = ? ORDER BY position",
            [.init(document)]
        ) { row in
            let precedence = Precedence(rank: try row.count(3), acceptedAt: try row.count(4), document: document)
            let place = Place(authority: try row.integer(1), day: try row.day(2))
            return (act: ActID(try row.integer(0)), place: place, precedence: precedence)
        }
        guard let first = entries.first else { return [] }
        let isArchive = try sql.first("SELECT archive FROM documents WHERE id = ?", [.init(document)]) {
            try $0.boolean(0)
        }
        return deadlineStatements(
            of: try report(of: document), acts: entries.map(\.act), at: first.place, precedence: first.precedence,
            isArchive: isArchive ?? false)
    }
}
