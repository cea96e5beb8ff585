import Locks
import Storage

/// Bodies as rows of a PostgreSQL table. A reference's file is the row's number.
///
/// They are read over a connection of their own: most readers are in a transaction already, of which they know nothing.
/// What a batch keeps stays in memory until its transaction ends, since no other connection sees it before.
final class BodyRows: Sendable {
    private struct State {
        /// Numbers that the sequence gave and no body has yet.
        var numbers: Range<Int64> = 0..<0
        var unwritten: [Int: [UInt8]] = [:]
        var order: [Int] = []
    }

    private let database: SQLDatabase
    private let state = Lock(State())

    /// How many numbers are taken at a time: a question to the server each.
    private static let step: Int64 = 256

    /// Opens the bodies of a register; makes their table unless this is for reading only.
    init(_ address: ServerAddress, schema: String, options: SQLDatabase.Options) throws {
        database = try SQLDatabase(address, schema: schema, options: options)
        guard !options.readOnly else { return }
        try database.write { sql in
            try sql.execute("SELECT pg_advisory_xact_lock(7230412)")
            try sql.execute("CREATE SEQUENCE IF NOT EXISTS body_numbers INCREMENT BY \(Self.step)")
            try sql.execute(
                "CREATE TABLE IF NOT EXISTS bodies (number BIGINT PRIMARY KEY, bytes BYTEA NOT NULL)")
        }
    }

    /// Keeps a body for the transaction that refers to it.
    func append(_ body: [UInt8]) throws(RegisterError) -> BodyReference {
        let number = try nextNumber()
        state.withLock { state in
            state.unwritten[number] = body
            state.order.append(number)
        }
        return BodyReference(file: number, offset: 0, length: body.count)
    }

    /// Writes what was kept, in the transaction that refers to it.
    func write(to sql: SQLTransaction) throws(StorageError) {
        let (order, bodies) = state.withLock { state in
            defer { state.order = [] }
            return (state.order, state.unwritten)
        }
        for number in order {
            try sql.enqueue(
                "INSERT INTO bodies (number, bytes) VALUES (?, ?)", [.integer(number), .blob(bodies[number] ?? [])])
        }
    }

    /// Forgets what an earlier batch kept: its transaction has ended.
    func forgetUnwritten() {
        state.withLock { ($0.unwritten, $0.order) = ([:], []) }
    }

    /// Reads a body, whose length is checked; PostgreSQL checks its pages itself (initdb --data-checksums).
    func read(_ reference: BodyReference) throws(RegisterError) -> [UInt8] {
        if let body = state.withLock({ $0.unwritten[reference.file] }) { return body }
        let found = try reporting {
            try database.read { sql in
                try sql.first("SELECT bytes FROM bodies WHERE number = ?", [.integer(reference.file)]) {
                    try $0.blob(0)
                }
            }
        }
        guard let found, reference.offset == 0, found.count == reference.length else {
            let reason = found == nil ? "it is gone" : "it has another length"
            throw .damagedBody(reference: reference.description, reason: reason)
        }
        return found
    }

    private func nextNumber() throws(RegisterError) -> Int {
        if let number = state.withLock({ $0.numbers.popFirst() }) { return Int(number) }
        let next = try reporting {
            try database.write { try $0.first("SELECT nextval('body_numbers')") { try $0.integer(0) } }
        }
        let first = next ?? 0
        state.withLock { $0.numbers = (first + 1)..<(first + Self.step) }
        return Int(first)
    }

    private func reporting<Result>(_ body: () throws -> Result) throws(RegisterError) -> Result {
        do {
            return try body()
        } catch {
            throw .bodiesUnreachable(reason: String("\(error)".prefix(300)))
        }
    }
}
