import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension Register {
    /// What the deadlines were computed on last, and how far that went.
    private static let basisName = "deadline-basis"
    private static let markName = "deadline-basis-mark"

    /// How many documents a step looks at.
    private static let page = 40

    /// Whether all running deadlines were computed on this basis.
    func isComputed(on basis: String) throws -> Bool {
        try database.read { try Self.meta(Self.basisName, $0) == basis }
    }

    /// Registrations with the deadlines that they have on the register's basis; those whose Extract cannot be read as they are.
    func computedOnBasis(_ batch: [Registration], now: UTCInstant) -> [Registration] {
        guard let basis else { return batch }
        let today = ParisTime.civil(at: now).date
        return batch.map { registration in
            do throws(RegisterError) {
                return try registration.computed(on: basis, today: today)
            } catch {
                passedOver(error)
                return registration
            }
        }
    }

    /// What is registered now has this program's basis: where another program computed everything on another one, or has begun
    /// to, not all is on that any more. Comes after the transaction has locked the counters.
    func noteBasis(_ sql: SQLTransaction) throws {
        guard let basis else { return }
        try sql.enqueue(
            "DELETE FROM meta WHERE name = ? AND value <> ?", [.text(Self.basisName), .text(basis.fingerprint)])
        try sql.enqueue(
            "DELETE FROM meta WHERE name = ? AND substr(value, 1, ?) <> ?",
            [.text(Self.markName), .integer(basis.fingerprint.count), .text(basis.fingerprint)])
    }

    /// Computes the deadlines of some more documents anew that have running ones, in one transaction. Answers how many
    /// changed; nil when all are done.
    func recompute(on basis: DeadlineBasis, now: UTCInstant) throws -> Int? {
        let fingerprint = basis.fingerprint
        guard !isReadOnly else { throw RegisterError.readOnly }
        let changed: Int? = try database.write { sql in
            let mark = bodies.mark
            do {
                // First of all it locks the counters: nothing is registered on another basis meanwhile.
                let batch = try RegistrationBatch(
                    sql: sql, bodies: bodies, planner: planner, now: now, review: review, passedOver: passedOver)
                let last = try Self.meta(Self.markName, sql).flatMap { Self.document(in: $0, basis: fingerprint) }
                let page = try Self.documents(after: last, now: now, sql)
                guard let end = page.last?.id else {
                    try Self.set(Self.basisName, fingerprint, sql)
                    try sql.execute("DELETE FROM meta WHERE name = ?", [.text(Self.markName)])
                    return nil
                }
                let count = try page.count { try $0.isRunning && batch.recompute($0.id, on: basis) }
                try batch.finish()
                try Self.set(Self.markName, "\(fingerprint)/\(end)", sql)
                return count
            } catch {
                bodies.rewind(to: mark)
                throw error
            }
        }
        bodies.committed()
        return changed
    }

    private static func document(in mark: String, basis: String) -> DocumentID? {
        guard mark.hasPrefix("\(basis)/") else { return nil }
        return DocumentID(jsonString: String(mark.dropFirst(basis.count + 1)))
    }

    /// The documents after another in the order of their ids, and whether acts or sessions have running deadlines of which
    /// they speak.
    private static func documents(
        after last: DocumentID?, now: UTCInstant, _ sql: SQLTransaction
    ) throws -> [(id: DocumentID, isRunning: Bool)] {
        let running = "x.state IN ('open', 'scheduled') AND (x.due IS NULL OR x.due >= ? OR x.next_at IS NOT NULL)"
        let today = SQLValue(ParisTime.civil(at: now).date)
        return try sql.query(
            """
            SELECT d.id, CASE WHEN
                EXISTS (SELECT 1 FROM entries e JOIN deadlines x ON x.act = e.act WHERE e.document = d.id AND \(running))
                OR EXISTS (SELECT 1 FROM shared_statements s JOIN deadlines x ON x.id = s.deadline
                    WHERE s.document = d.id AND \(running))
                THEN 1 ELSE 0 END
            FROM documents d WHERE d.id > ? AND d.superseded = 0 ORDER BY d.id LIMIT \(page)
            """, [today, today, last.map { SQLValue($0) } ?? .blob([])]
        ) { (id: try $0.document(0), isRunning: try $0.boolean(1)) }
    }

    private static func meta(_ name: String, _ sql: SQLTransaction) throws -> String? {
        try sql.first("SELECT value FROM meta WHERE name = ?", [.text(name)]) { try $0.text(0) }
    }

    private static func set(_ name: String, _ value: String, _ sql: SQLTransaction) throws {
        try sql.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }
}
