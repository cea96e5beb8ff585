import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// The deadlines that a document states, each with the scope where it belongs.
    func deadlineStatements(
        of report: Report, acts: [ActID], at place: Place, precedence: Precedence, isArchive: Bool
    ) -> [DeadlineStatement] {
        guard let first = acts.first else { return [] }
        return report.deadlines.enumerated().map { position, deadline in
            let (scope, key) = DeadlineScope.place(
                of: deadline, acts: acts, authority: place.authority, day: place.day)
            let act = if case .act(let act) = scope { act } else { first }
            return DeadlineStatement(
                scope: scope, key: key, act: act, authority: place.authority, deadline: deadline,
                position: position, precedence: precedence, isArchive: isArchive)
        }
    }

    /// Merges statements into the deadlines of their scopes. A fresh scope has none yet.
    func apply(_ statements: [DeadlineStatement], fresh: Set<DeadlineScope>) throws {
        var rows: [DeadlineScope: [String: DeadlineRow]] = [:]
        var inserts = deadlineInserts
        var shared = sharedStatementInserts
        for statement in DeadlineStatement.best(of: statements) {
            if !fresh.contains(statement.scope), rows[statement.scope] == nil {
                rows[statement.scope] = try deadlineRows(of: statement.scope)
            }
            let row = rows[statement.scope]?[statement.key]
            let id =
                try row.map { try merge(statement, into: $0) }
                ?? add(statement, isFresh: fresh.contains(statement.scope), to: &inserts)
            if !statement.scope.isAct { add(statement, of: id, to: &shared) }
        }
        try inserts.flush(to: sql)
        try shared.flush(to: sql)
    }

    private func merge(_ statement: DeadlineStatement, into row: DeadlineRow) throws -> DeadlineID {
        let isDated = row.deadline.due != nil
        if row.state == .superseded || statement.outranks(dated: isDated, precedence: row.precedence) {
            try update(row, by: statement)
        }
        return row.id
    }

    /// Puts an act's deadlines together anew from every document that states it.
    func rebuildDeadlines(of act: ActID) throws {
        let documents = try documents(
            "SELECT DISTINCT document FROM entries WHERE act = ?", [.init(act)])
        try rebuild(.act(act), from: documents)
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
                _ = try add(statement, isFresh: false, to: &inserts)
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
