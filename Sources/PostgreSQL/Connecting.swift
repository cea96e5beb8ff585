internal import CPostgreSQL
internal import Glibc

/// Opens one connection and sets it up.
struct Connecting {
    let address: PostgreSQLAddress
    let options: PostgreSQLClient.Options
    let writer: Int64

    /// The oldest server whose SQL is what the stores speak.
    private static let oldestVersion: Int32 = 150_000

    func session() throws(PostgreSQLError) -> PostgreSQLSession {
        let connection = try open()
        do throws(PostgreSQLError) {
            guard PQserverVersion(connection) >= Self.oldestVersion else {
                throw .unusableAddress(reason: "its server is older than PostgreSQL 15: use a newer one")
            }
            for statement in settings { try run(statement, connection) }
            if !options.isReadOnly {
                for statement in preparations { try run(statement, connection) }
            }
        } catch {
            PQfinish(connection)
            throw error
        }
        return try PostgreSQLSession(connection, translate: options.translate)
    }

    /// The address may overrule what stands before it, and nothing that stands behind it. A dead host is noticed within
    /// about fifteen seconds; of several hosts the one is taken that takes writes.
    private var parameters: [(String, String)] {
        let before = [
            ("connect_timeout", "5"), ("keepalives_idle", "5"), ("keepalives_interval", "3"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("target_session_attrs", options.isReadOnly ? "any" : "read-write"),
        ]
        let behind = [("client_encoding", "UTF8"), ("application_name", options.program)]
        return before + [("dbname", address.url)] + (address.password.map { [("password", $0)] } ?? []) + behind
    }

    private func open() throws(PostgreSQLError) -> OpaquePointer {
        let opened = Self.withTexts(parameters.map(\.0)) { keywords in
            Self.withTexts(parameters.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let connection = opened else { throw .lost(message: "no memory is left") }
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        guard PQstatus(connection) == CONNECTION_OK else {
            let message = PostgreSQLError.words(PQerrorMessage(connection).map { String(cString: $0) } ?? "")
            PQfinish(connection)
            throw .lost(message: message)
        }
        return connection
    }

    /// A transaction whose client froze gives its locks back; a sequential scan is never the plan while there is an index,
    /// as plans are made when tables are small and used when they are large.
    private var settings: [String] {
        [
            "SET search_path TO \(options.schema)", "SET idle_in_transaction_session_timeout TO '120s'",
            "SET lock_timeout TO '60s'", "SET enable_seqscan TO off", "SET jit TO off", "SET timezone TO 'UTC'",
        ] + (options.isReadOnly ? ["SET default_transaction_read_only TO on"] : [])
    }

    private var preparations: [String] {
        [
            "CREATE SCHEMA IF NOT EXISTS \(options.schema)", WriterRows.table, WriterRows.forget,
            WriterRows.begin(writer),
        ]
    }

    /// Two clients that make the same thing at once: the later one finds it made when it tries again.
    private static let madeMeanwhile = ["23505", "42P06", "42P07", "42710", "40P01"]

    private func run(_ sql: String, _ connection: OpaquePointer) throws(PostgreSQLError) {
        var attempts = 0
        while true {
            guard let pointer = PQexec(connection, sql) else { throw .lost(message: "no answer came") }
            let answer = Answer(pointer)
            if answer.status == PGRES_COMMAND_OK || answer.status == PGRES_TUPLES_OK { return }
            let failure = answer.failure(sql: sql)
            attempts += 1
            guard case .refused(let code, _, _) = failure, Self.madeMeanwhile.contains(code), attempts < 5 else {
                throw failure
            }
        }
    }

    /// Lends C strings, ended by a null pointer.
    private static func withTexts<Result>(
        _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        pointers.append(nil)
        return body(pointers.map { UnsafePointer($0) })
    }
}
