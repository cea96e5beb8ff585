import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// A document that states deadlines.
    struct Source {
        let acts: [ActID]
        let place: Place
        let precedence: Precedence
        let isArchive: Bool
        /// Where its Report lies.
        let report: String
    }

    /// The deadlines that a document states, each with the scope where it belongs.
    func statements(of deadlines: [Deadline], in source: Source) -> [DeadlineStatement] {
        guard let first = source.acts.first else { return [] }
        return deadlines.enumerated().map { position, deadline in
            let (scope, key) = DeadlineScope.place(
                of: deadline, acts: source.acts, authority: source.place.authority, day: source.place.day)
            let act = if case .act(let act) = scope { act } else { first }
            return DeadlineStatement(
                scope: scope, key: key, act: act, terms: DeadlineTerms(deadline),
                place: StatedPlace(report: source.report, position: position), precedence: source.precedence,
                isArchive: source.isArchive)
        }
    }

    /// Merges statements into the deadlines of their scopes. A fresh act has none yet.
    func apply(_ statements: [DeadlineStatement], fresh: Set<ActID>) throws {
        var rows: [DeadlineScope: [String: DeadlineRow]] = [:]
        var extended: Set<DeadlineScope> = []
        for statement in DeadlineStatement.best(of: statements) {
            if case .act(let act) = statement.scope, fresh.contains(act) {
                _ = try add(statement, isFresh: true)
                continue
            }
            if rows[statement.scope] == nil { rows[statement.scope] = try deadlineRows(of: statement.scope) }
            let id: DeadlineID
            if let row = rows[statement.scope]?[statement.key] {
                id = try merge(statement, into: row)
            } else {
                id = try add(statement, isFresh: false)
                extended.insert(statement.scope)
            }
            if !statement.scope.isAct { add(statement, of: id) }
        }
        if extended.contains(where: { !$0.isAct }) { try flushDeadlines() }
    }

    private func merge(_ statement: DeadlineStatement, into row: DeadlineRow) throws -> DeadlineID {
        let isDated = row.terms.due != nil
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
        var stated: Set<String> = []
        for statement in DeadlineStatement.best(of: statements) {
            stated.insert(statement.key)
            if let row = rows[statement.key] {
                try update(row, by: statement)
            } else {
                _ = try add(statement, isFresh: false)
            }
        }
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
        let stored = try sql.first("SELECT archive, report FROM documents WHERE id = ?", [.init(document)]) {
            (isArchive: try $0.boolean(0), report: try $0.text(1))
        }
        guard let stored else { return [] }
        return statements(
            of: try report(of: document).deadlines,
            in: Source(
                acts: entries.map(\.act), place: first.place, precedence: first.precedence, isArchive: stored.isArchive,
                report: stored.report))
    }
}
