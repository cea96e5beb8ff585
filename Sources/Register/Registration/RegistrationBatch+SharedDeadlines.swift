import Deliberations
import GreffierProtocol
import Storage

/// Duties of a whole session or authority, which documents of any session may state: who states them is kept, so that
/// one falls away with the last document that does.
extension RegistrationBatch {
    /// Keeps that a document states a shared deadline.
    func add(_ statement: DeadlineStatement, of deadline: DeadlineID) {
        newStatements.add([
            .init(deadline), value(of: statement.precedence.document), .integer(statement.place.position),
            .integer(statement.terms.weight.rawValue),
        ])
    }

    /// The columns of a new row; `dated` is a `StatementWeight`.
    static let statementColumns = ["deadline", "document", "position", "dated"]

    /// Takes back what a document says of shared deadlines; answers which.
    func retractSharedStatements(of document: DocumentID) throws -> [DeadlineID] {
        try flushDeadlines()
        let deadlines = try sql.query(
            "SELECT deadline FROM shared_statements WHERE document = ?", [.init(document)]
        ) { DeadlineID(try $0.integer(0)) }
        guard !deadlines.isEmpty else { return [] }
        try sql.enqueue("DELETE FROM shared_statements WHERE document = ?", [.init(document)])
        return deadlines
    }

    /// Decides anew what documents that were taken out had decided of shared deadlines: by the best of those that state
    /// them still.
    func restate(_ retracted: Set<DeadlineID>, without documents: Set<DocumentID>) throws {
        guard !retracted.isEmpty else { return }
        try flushDeadlines()
        for id in retracted.sorted() {
            let found = try sql.readFirst(DeadlineRow.query + " WHERE d.id = ?", [.init(id)]) { try DeadlineRow($0) }
            guard let row = found else { continue }
            guard documents.contains(row.precedence.document) else {
                try rehome(row)
                continue
            }
            switch try bestStatement(of: row) {
            case .readable(let statement): try update(row, by: statement, isRetracted: true)
            case .damaged: continue
            case .none: try supersede(row)
            }
        }
    }

    /// Finds a deadline by another act if the documents of its own do not state it any more.
    private func rehome(_ row: DeadlineRow) throws {
        let isStatedThere = try sql.first(
            """
            SELECT 1 FROM shared_statements s JOIN entries e ON e.document = s.document
            WHERE s.deadline = ? AND e.act = ? LIMIT 1
            """, [.init(row.id), .init(row.act)]
        ) { _ in true }
        guard isStatedThere == nil, let act = try firstAct(of: row.precedence.document) else { return }
        var changed = row
        changed.act = act
        try store(changed)
    }

    private func firstAct(of document: DocumentID) throws -> ActID? {
        try sql.first("SELECT act FROM entries WHERE document = ? ORDER BY position LIMIT 1", [.init(document)]) {
            ActID(try $0.integer(0))
        }
    }

    /// Who states a shared deadline best.
    private enum BestStatement {
        case readable(DeadlineStatement)
        /// Only documents that cannot be read do: the deadline stays as it is.
        case damaged
        case none
    }

    private struct SharedStatement {
        let position: Int
        let weight: StatementWeight
        let precedence: Precedence
        let isArchive: Bool
        let report: String

        /// As `DeadlineStatement.outranks`.
        static func precedes(_ left: Self, _ right: Self) -> Bool {
            (left.weight, left.precedence) < (right.weight, right.precedence)
        }
    }

    private func bestStatement(of row: DeadlineRow) throws -> BestStatement {
        let candidates = try sql.query(
            """
            SELECT s.document, s.position, s.dated, c.kind, c.accepted_at, c.archive, c.report
            FROM shared_statements s JOIN documents c ON c.id = s.document WHERE s.deadline = ?
            """, [.init(row.id)]
        ) { row in
            let kind = Extract.Kind(rawValue: try row.text(3)) ?? .extract
            return SharedStatement(
                position: try row.count(1), weight: StatementWeight(rawValue: try row.count(2)) ?? .undated,
                precedence: Precedence(
                    rank: Precedence.rank(of: kind), acceptedAt: try row.count(4), document: try row.document(0)),
                isArchive: try row.boolean(5), report: try row.text(6))
        }
        var isDamaged = false
        for candidate in candidates.sorted(by: { SharedStatement.precedes($1, $0) }) {
            guard let report = try readableReport(of: candidate.precedence.document) else {
                isDamaged = true
                continue
            }
            if let statement = try statement(candidate, in: report.deadlines, of: row) { return .readable(statement) }
        }
        return isDamaged ? .damaged : .none
    }

    private func statement(
        _ best: SharedStatement, in deadlines: [Deadline], of row: DeadlineRow
    ) throws -> DeadlineStatement? {
        guard let act = try firstAct(of: best.precedence.document), deadlines.indices.contains(best.position) else {
            return nil
        }
        let deadline = deadlines[best.position]
        return DeadlineStatement(
            scope: row.scope, key: row.key, act: act, terms: DeadlineTerms(deadline), startRule: deadline.startRule,
            place: StatedPlace(report: best.report, position: best.position), precedence: best.precedence,
            isArchive: best.isArchive, isWatched: deadline.isWatched)
    }
}
