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
        let stated = deadlines.enumerated().compactMap { position, deadline -> DeadlineStatement? in
            if deadline.isWatched, source.isArchive { return nil }
            let (scope, key) = DeadlineScope.place(
                of: deadline, acts: source.acts, authority: source.place.authority, day: source.place.day)
            let act = if case .act(let act) = scope { act } else { first }
            return DeadlineStatement(
                scope: scope, key: key, act: act, terms: DeadlineTerms(deadline),
                startRule: deadline.startRule, place: StatedPlace(report: source.report, position: position),
                precedence: source.precedence,
                isArchive: source.isArchive, isWatched: deadline.isWatched)
        }
        return asleep(stated)
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
                id = try merge(statement, into: row, started: Self.start(of: statement, among: rows))
            } else {
                id = try add(statement, isFresh: false, started: Self.start(of: statement, among: rows))
                extended.insert(statement.scope)
            }
            if !statement.scope.isAct { add(statement, of: id) }
        }
        if extended.contains(where: { !$0.isAct }) { try flushDeadlines() }
    }

    /// The day that a person gave for the event that a new deadline waits for, when another of its scope waited for it.
    private static func start(
        of statement: DeadlineStatement, among rows: [DeadlineScope: [String: DeadlineRow]]
    ) -> CivilDate? {
        guard let event = statement.startRule?.event else { return nil }
        let started = rows[statement.scope]?.values.filter { $0.entered?.start?.event == event }
        return started?.max { $0.knownAt < $1.knownAt }?.entered?.start?.day
    }

    private func merge(
        _ statement: DeadlineStatement, into row: DeadlineRow, started: CivilDate?
    ) throws -> DeadlineID {
        if !row.isStated || statement.outranks(row.terms.weight, precedence: row.precedence) {
            try update(row, by: statement, started: started)
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

    /// What a damaged document says best stays as it is.
    private func rebuild(_ scope: DeadlineScope, from documents: [DocumentID]) throws {
        var statements: [DeadlineStatement] = []
        var damaged: Set<DocumentID> = []
        for document in documents {
            if let stated = try self.statements(of: document) {
                statements += stated.filter { $0.scope == scope }
            } else {
                damaged.insert(document)
            }
        }
        let rows = try deadlineRows(of: scope)
        var kept = Set(rows.values.filter { damaged.contains($0.precedence.document) }.map(\.key))
        for statement in DeadlineStatement.best(of: statements) {
            guard let row = rows[statement.key] else {
                _ = try add(statement, isFresh: false, started: Self.start(of: statement, among: [scope: rows]))
                continue
            }
            let isKept = kept.contains(row.key)
            kept.insert(row.key)
            if !isKept || statement.outranks(row.terms.weight, precedence: row.precedence) {
                let started = Self.start(of: statement, among: [scope: rows])
                try update(row, by: statement, started: started)
            }
        }
        for row in rows.values.sorted(by: { $0.id < $1.id }) where !kept.contains(row.key) { try supersede(row) }
    }

    /// The deadlines that a registered document states; nil if its Report is damaged.
    func statements(of document: DocumentID) throws -> [DeadlineStatement]? {
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
        guard let report = try readableReport(of: document) else { return nil }
        return statements(
            of: report.deadlines,
            in: Source(
                acts: entries.map(\.act), place: first.place, precedence: first.precedence, isArchive: stored.isArchive,
                report: stored.report))
    }
}
