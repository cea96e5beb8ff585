internal import CPostgreSQL
internal import Dispatch
internal import Glibc

/// One connection to a PostgreSQL database, opened anew when it breaks. Transactions run one after the other on the
/// calling threads; a lost connection or a collision with another transaction runs the transaction again, from its
/// beginning and once in effect.
///
/// Sendable without the compiler's proof: the session and the connection in it are reached only between `wait` and `signal`
/// of `turn`, by one thread at a time, and libpq asks for no more (PostgreSQL 15, section 34.20).
public final class PostgreSQLClient: @unchecked Sendable {
    /// How a database is opened.
    public struct Options: Sendable {
        /// The schema that holds the tables; made when it is missing. Lower case, digits and underscores.
        public var schema: String
        /// Refuse every write, and make nothing.
        public var isReadOnly = false
        /// What the server calls this client in its list of connections.
        public var program = "greffier"
        /// How long a transaction waits for a server to come back, in seconds.
        public var patience = 30.0
        /// How long the first connection may take, in seconds: a service whose server is not there says so soon.
        public var firstPatience = 5.0
        /// Turns a statement's text into PostgreSQL's words.
        public var translate: @Sendable (String) -> String = { $0 }

        /// The options for a schema.
        public init(schema: String) {
            self.schema = schema
        }
    }

    /// Where the database is.
    public let address: PostgreSQLAddress
    private let options: Options
    private let turn = DispatchSemaphore(value: 1)
    private var session: PostgreSQLSession?
    private var isClosed = false
    private var backOff = BackOff()
    /// This client's row in `store_writers`, and the last transaction that it marked there.
    private let writer = Int64.random(in: 1...Int64.max)
    private var lastBatch: Int64 = 0

    /// Connects.
    /// - Throws: `PostgreSQLError.unreachable` when there is no server that takes writes in `firstPatience`.
    public init(_ address: PostgreSQLAddress, options: Options) throws(PostgreSQLError) {
        self.address = address
        self.options = options
        session = try connected(until: Self.now + options.firstPatience)
    }

    /// Runs a transaction that reads: all its statements see one moment.
    public func read<Result>(_ body: (PostgreSQLSession) throws -> Result) throws -> Result {
        try transact(.reading, body)
    }

    /// Runs one transaction: committed and durable when this returns, undone when it throws. `body` may run several times;
    /// what it did before is undone then.
    public func write<Result>(_ body: (PostgreSQLSession) throws -> Result) throws -> Result {
        try transact(.writing, body)
    }

    /// Ends the connection; later transactions throw.
    public func close() {
        turn.wait()
        defer { turn.signal() }
        isClosed = true
        session = nil
    }

    private func transact<Result>(
        _ access: PostgreSQLSession.Access, _ body: (PostgreSQLSession) throws -> Result
    ) throws -> Result {
        turn.wait()
        defer { turn.signal() }
        let end = Self.now + options.patience
        while true {
            let session = try connected(until: end)
            do {
                let (result, commit) = try attempt(access, on: session, body)
                if commit == .unknown { self.session = nil }
                if try commit == .committed || access == .reading || isCommitted(lastBatch, until: end) {
                    backOff = BackOff()
                    return result
                }
            } catch {
                // A session that is gone was lost at the commit, and what was thrown came of looking for its end.
                guard self.session != nil else { throw error }
                guard let cause = session.failure, cause.isLoss || cause.isCollision else { throw error }
                if cause.isLoss { self.session = nil }
                guard Self.now < end else { throw cause.isLoss ? unreachable(cause) : cause }
            }
            backOff.wait()
        }
    }

    private func attempt<Result>(
        _ access: PostgreSQLSession.Access, on session: PostgreSQLSession,
        _ body: (PostgreSQLSession) throws -> Result
    ) throws -> (Result, PostgreSQLSession.Commit) {
        lastBatch += 1
        let mark: [PostgreSQLValue] = [.integer(writer), .integer(lastBatch)]
        return try session.transact(access, mark: { try $0.enqueue(WriterRows.mark, mark) }, body)
    }

    /// Whether a transaction came through whose commit was not answered. The lock waits for it where it is still running.
    private func isCommitted(_ batch: Int64, until end: Double) throws -> Bool {
        while true {
            let session = try connected(until: end)
            do {
                var marked: Int64?
                _ = try session.transact(.writing, mark: { _ in }) { session in
                    try session.query(WriterRows.lastBatch, [.integer(writer)]) { row in
                        if case .integer(let number) = row.value(0) { marked = number }
                        return false
                    }
                }
                return marked == batch
            } catch {
                self.session = nil
                guard Self.now < end else { throw unreachable(session.failure ?? .lost(message: "\(error)")) }
                backOff.wait()
            }
        }
    }

    private func connected(until end: Double) throws(PostgreSQLError) -> PostgreSQLSession {
        guard !isClosed else { throw .closed }
        if let session { return session }
        while true {
            do throws(PostgreSQLError) {
                let session = try Connecting(address: address, options: options, writer: writer).session()
                self.session = session
                return session
            } catch {
                guard error.isLoss, Self.now < end else { throw error.isLoss ? unreachable(error) : error }
                backOff.wait()
            }
        }
    }

    private func unreachable(_ cause: PostgreSQLError) -> PostgreSQLError {
        switch cause {
        case .lost(let message), .refused(_, let message, _): .unreachable(server: address.name, message: message)
        default: cause
        }
    }

    /// Seconds on the monotonic clock.
    private static var now: Double {
        Double(DispatchTime.now().uptimeNanoseconds) / 1e9
    }
}

/// The waits between attempts: from 25 ms, doubled up to 2 s, each with a random half taken away, so that clients which
/// lost their server together do not come back together.
struct BackOff {
    private var milliseconds = 25

    mutating func wait() {
        usleep(useconds_t(Int.random(in: milliseconds / 2...milliseconds) * 1_000))
        milliseconds = min(2 * milliseconds, 2_000)
    }
}

/// The table in which each client marks its transactions: it answers whether one came through whose answer was lost, also
/// on a standby that was promoted meanwhile.
enum WriterRows {
    static let table = """
        CREATE TABLE IF NOT EXISTS store_writers (writer BIGINT PRIMARY KEY, batch BIGINT NOT NULL,
            seen TIMESTAMPTZ NOT NULL)
        """
    static let forget = "DELETE FROM store_writers WHERE seen < now() - INTERVAL '30 days'"
    static let mark = """
        INSERT INTO store_writers (writer, batch, seen) VALUES (?, ?, now())
        ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, seen = excluded.seen
        """
    static let lastBatch = "SELECT batch FROM store_writers WHERE writer = ? FOR UPDATE"

    /// Without a row of its own a first transaction could not be waited for.
    static func begin(_ writer: Int64) -> String {
        "INSERT INTO store_writers (writer, batch, seen) VALUES (\(writer), 0, now()) ON CONFLICT (writer) DO NOTHING"
    }
}
