internal import CPostgreSQL

/// The statements of one transaction on one connection. It is handed to a closure and must not leave it.
///
/// The connection is in pipeline mode: statements are sent as they come, and answers are read when one is wanted, so that a
/// transaction waits for the server only as often as it asks it something. Each distinct text is prepared once.
public final class PostgreSQLSession {
    private enum Sent {
        case preparation(of: String)
        case statement(String)
    }

    private let connection: OpaquePointer
    private var unread: [Sent] = []
    private var names: [String: String] = [:]
    private var preparations = 0
    private var cursors = 0
    /// Turns a statement's text into the server's own words; each text once.
    private let translate: (String) -> String
    /// What went wrong last and was not undone: no statement is taken any more.
    private(set) var failure: PostgreSQLError?

    /// So many answers wait at most before they are read: they must fit into the socket's buffers.
    private static let mostUnread = 100
    /// Texts that stay prepared; past it all are prepared anew.
    private static let mostNames = 1_000
    /// Rows of a cursor that are fetched, and in memory, at a time.
    private static let fetchedRows: Int32 = 500

    /// Takes over an open connection.
    init(_ connection: OpaquePointer, translate: @escaping (String) -> String) throws(PostgreSQLError) {
        self.connection = connection
        self.translate = translate
        guard PQenterPipelineMode(connection) == 1 else { throw lastFailure() }
    }

    deinit {
        PQfinish(connection)
    }

    /// Runs a statement; answers how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [PostgreSQLValue] = []) throws(PostgreSQLError) -> Int {
        try run(sql, values).changed
    }

    /// Sends a statement whose answer nobody needs. What it fails of, the next statement that is waited for throws.
    public func enqueue(_ sql: String, _ values: [PostgreSQLValue] = []) throws(PostgreSQLError) {
        if unread.count >= Self.mostUnread { _ = try readAll() }
        try send(sql, values)
    }

    /// Runs a query and hands over its rows, until `body` answers false. All rows are in memory: for few.
    public func query(
        _ sql: String, _ values: [PostgreSQLValue] = [], _ body: (PostgreSQLRow) throws -> Bool
    ) throws {
        let answer = try run(sql, values)
        for index in 0..<answer.rows where try !body(PostgreSQLRow(answer: answer, index: index)) { return }
    }

    /// Runs a SELECT and hands over its rows, however many, a few of them in memory. `body` may run other statements.
    public func forEach(
        _ sql: String, _ values: [PostgreSQLValue] = [], _ body: (PostgreSQLRow) throws -> Void
    ) throws {
        let cursor = "greffier_\(cursors)"
        cursors += 1
        defer { cursors -= 1 }
        try enqueue("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", values)
        defer { if failure == nil { try? enqueue("CLOSE \(cursor)") } }
        while true {
            let answer = try run("FETCH FORWARD \(Self.fetchedRows) FROM \(cursor)", [])
            for index in 0..<answer.rows { try body(PostgreSQLRow(answer: answer, index: index)) }
            if answer.rows < Self.fetchedRows { return }
        }
    }

    /// Runs a part of the transaction that is undone alone when it throws; the rest of the transaction stands, unless
    /// the connection is lost.
    public func nested<Result>(_ body: () throws -> Result) throws -> Result {
        try enqueue("SAVEPOINT part")
        do {
            let result = try body()
            _ = try readAll()
            try enqueue("RELEASE SAVEPOINT part")
            return result
        } catch {
            if let failure, failure.isLoss || failure.isCollision { throw failure }
            if failure == nil { _ = try? readAll() }
            failure = nil
            try execute("ROLLBACK TO SAVEPOINT part")
            try enqueue("RELEASE SAVEPOINT part")
            throw error
        }
    }

    private func run(_ sql: String, _ values: [PostgreSQLValue]) throws(PostgreSQLError) -> Answer {
        try send(sql, values)
        guard let answer = try readAll() else { throw lastFailure() }
        return answer
    }

    private func send(_ sql: String, _ values: [PostgreSQLValue]) throws(PostgreSQLError) {
        if let failure { throw failure }
        let name = try preparedName(of: sql)
        let sent = BoundValues(values).withPointers { pointers, lengths, formats in
            PQsendQueryPrepared(connection, name, Int32(clamping: pointers.count), pointers, lengths, formats, 1)
        }
        guard sent == 1 else { throw note(lastFailure()) }
        unread.append(.statement(sql))
    }

    private func preparedName(of sql: String) throws(PostgreSQLError) -> String {
        if let name = names[sql] { return name }
        preparations += 1
        let name = "s\(preparations)"
        guard PQsendPrepare(connection, name, translate(sql), 0, nil) == 1 else { throw note(lastFailure()) }
        unread.append(.preparation(of: sql))
        names[sql] = name
        return name
    }

    /// Waits for everything that was sent; answers what the last statement answered.
    private func readAll() throws(PostgreSQLError) -> Answer? {
        if let failure { throw failure }
        guard !unread.isEmpty else { return nil }
        PQsendFlushRequest(connection)
        let sent = unread
        unread = []
        var last: Answer?
        var failed: PostgreSQLError?
        for sent in sent {
            last = read(sent, &failed)
            if PQstatus(connection) == CONNECTION_BAD { throw note(failed ?? lastFailure()) }
        }
        guard let failed else { return last }
        _ = note(failed)
        try synchronize()
        throw failed
    }

    private func read(_ sent: Sent, _ failed: inout PostgreSQLError?) -> Answer? {
        var answer: Answer?
        while let pointer = PQgetResult(connection) {
            answer = Answer(pointer)
            if PQstatus(connection) == CONNECTION_BAD { break }
        }
        switch (answer?.status, sent) {
        case (PGRES_COMMAND_OK, _), (PGRES_TUPLES_OK, _): return answer
        case (_, .preparation(let sql)):
            names[sql] = nil
            failed = failed ?? answer?.failure(sql: sql) ?? lastFailure()
        case (_, .statement(let sql)):
            failed = failed ?? answer?.failure(sql: sql) ?? lastFailure()
        }
        return nil
    }

    /// After a failure the server passes over everything until it is told that this is known.
    private func synchronize() throws(PostgreSQLError) {
        guard PQpipelineSync(connection) == 1, let pointer = PQgetResult(connection) else { throw note(lastFailure()) }
        let answer = Answer(pointer)
        guard answer.status == PGRES_PIPELINE_SYNC else { throw note(lastFailure()) }
    }

    private func note(_ error: PostgreSQLError) -> PostgreSQLError {
        failure = error
        return error
    }

    private func lastFailure() -> PostgreSQLError {
        .lost(message: PostgreSQLError.words(PQerrorMessage(connection).map { String(cString: $0) } ?? ""))
    }
}

extension PostgreSQLSession {
    /// What a transaction may do.
    enum Access {
        /// It reads, and all its statements see one moment.
        case reading
        /// It writes; each statement sees what others have committed before it.
        case writing
    }

    /// What became of a transaction that was not undone.
    enum Commit {
        case committed
        /// The connection was lost before the answer came.
        case unknown
    }

    /// Runs one transaction. `mark` is sent before the commit.
    func transact<Result>(
        _ access: Access, mark: (PostgreSQLSession) throws -> Void, _ body: (PostgreSQLSession) throws -> Result
    ) throws -> (Result, Commit) {
        failure = nil
        forgetNamesIfMany()
        try enqueue(access == .reading ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
        do {
            let result = try body(self)
            if access == .writing { try mark(self) }
            return (result, try commit())
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit() throws(PostgreSQLError) -> Commit {
        do throws(PostgreSQLError) {
            let answer = try run("COMMIT", [])
            try synchronize()
            guard answer.command == "COMMIT" else {
                throw note(.refused(code: "25P02", message: "the transaction was undone", sql: "COMMIT"))
            }
            return .committed
        } catch {
            guard error.isLoss else { throw error }
            return .unknown
        }
    }

    /// Undoes everything; what failed stays noted, for whoever decides whether to try again.
    private func rollBack() {
        if failure == nil { _ = try? readAll() }
        guard let cause = failure else { return endRollback() }
        guard !cause.isLoss else { return }
        failure = nil
        endRollback()
        failure = failure ?? cause
    }

    private func endRollback() {
        do throws(PostgreSQLError) {
            _ = try run("ROLLBACK", [])
            try synchronize()
        } catch {
            // The connection is lost, and with it the transaction.
        }
    }

    private func forgetNamesIfMany() {
        guard names.count > Self.mostNames else { return }
        names = [:]
        try? enqueueUnprepared("DEALLOCATE ALL")
    }

    private func enqueueUnprepared(_ sql: String) throws(PostgreSQLError) {
        guard PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 0) == 1 else { throw note(lastFailure()) }
        unread.append(.statement(sql))
    }
}
