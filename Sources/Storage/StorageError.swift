import GRDB

/// What can go wrong with stored data, each with what a person can do about it.
public enum StorageError: Error, Hashable, Sendable {
    /// The disk or the quota is exhausted; nothing of the failed batch was kept or acknowledged.
    case diskFull(path: String)
    /// A file cannot be written anew for want of space; nothing was changed.
    case noRoom(path: String, folder: String, needed: Int64, free: Int64)
    /// The operating system refused an operation on a file.
    case inputOutput(operation: String, path: String, errno: Int32)
    /// The store was written by a newer program.
    case newerSchema(path: String, found: Int, known: Int)
    /// Another process holds the data folder.
    case folderInUse(path: String, holder: String)
    /// The data folder is no private, writable folder.
    case unsuitableFolder(path: String, reason: String)
    /// A stored record does not match its checksum.
    case damagedRecord(segment: Int64, offset: Int64, reason: String)
    /// A stored record cannot be read now, which says nothing about what it holds: try again later.
    case unreadableRecord(segment: Int64, offset: Int64, reason: String)
    /// The database engine refused a statement.
    case statement(message: String, sql: String)
    /// The database is locked by another connection for longer than the time limit.
    case busy(path: String)
    /// The database file is damaged.
    case damagedDatabase(path: String, message: String)
    /// A column holds another type than the program expects.
    case unexpectedValue(column: String, wanted: String)
    /// The address of a PostgreSQL database cannot be used as it is written.
    case unusableAddress(reason: String)
    /// The database's server cannot be reached: nothing was changed, and the same may be asked again.
    case unreachable(server: String, message: String)
    /// Others have taken this program for dead and have its work: it must start anew before it goes on.
    case superseded(reason: String)
    /// The store has been closed or its last commit failed: nothing more is accepted until it is reopened.
    case closed(reason: String)
}

extension StorageError: CustomStringConvertible {
    /// One English sentence for an operator: what failed and the cure.
    public var description: String {
        switch self {
        case .diskFull(let path):
            "the disk under \(path) is full: free space or move the data folder; nothing acknowledged was lost"
        case .noRoom(let path, let folder, let needed, let free):
            "\(path) cannot be written anew: that needs \(needed >> 20) MiB of free space under \(folder), which has"
                + " \(free >> 20) MiB: make room there and try again"
        case .inputOutput(let operation, let path, let errno):
            "\(operation) failed on \(path): \(systemMessage(errno)); check the disk and its permissions"
        case .newerSchema(let path, let found, let known):
            "\(path) has schema version \(found), this program knows \(known): start the newer program again"
        case .folderInUse(let path, let holder):
            "the data folder \(path) is in use by \(holder): stop it first, or choose another folder with --data"
        case .unsuitableFolder(let path, let reason):
            "the data folder \(path) cannot be used: \(reason)"
        case .damagedRecord(let segment, let offset, let reason):
            "segment \(segment) is damaged at byte \(offset) (\(reason)): restore it from a backup or push the document again"
        case .unreadableRecord(let segment, let offset, let reason):
            "segment \(segment) cannot be read at byte \(offset) (\(reason)): check the disk and the limit of open files"
        case .statement(let message, let sql):
            "the database refused a statement: \(message) (\(sql.prefix(120)))"
        case .busy(let path):
            "\(path) is locked by another process: end that process and try again"
        case .damagedDatabase(let path, let message):
            "\(path) is damaged (\(message)): restore it from a backup"
        case .unexpectedValue(let column, let wanted):
            "column \(column) does not hold \(wanted): the store was changed by another program, restore it from a backup"
        case .unusableAddress(let reason):
            "the address of the PostgreSQL store cannot be used: \(reason)"
        case .unreachable(let server, let message):
            "PostgreSQL at \(server) cannot be reached (\(message)): start it, or correct `store`"
        case .superseded(let reason):
            "others have taken over: \(reason); start the program again"
        case .closed(let reason):
            "the store takes no more work: \(reason)"
        }
    }
}

extension StorageError {
    /// True when freeing disk space is the cure.
    public var isDiskFull: Bool {
        if case .diskFull = self { true } else { false }
    }

    /// True when a newer program has changed the schema: this one must end.
    public var isNewerSchema: Bool {
        if case .newerSchema = self { true } else { false }
    }

    /// The error of a whole batch whose transaction the database rolled back by itself because of `error`.
    static func rolledBack(by error: any Error, path: String) -> StorageError {
        if let error = error as? StorageError, error.failsBatch { return error }
        return .inputOutput(operation: "a transaction (\(String("\(error)".prefix(200))))", path: path, errno: 0)
    }

    /// The typed form of what GRDB reports.
    init(_ error: DatabaseError, path: String) {
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damagedDatabase(path: path, message: error.message ?? "corrupt")
            case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
                .inputOutput(operation: "a database operation (\(error.message ?? "I/O"))", path: path, errno: 0)
            default: .statement(message: error.message ?? "\(error.resultCode)", sql: error.sql ?? "")
            }
    }
}
