import Foundation
import Storage

/// Where a register is.
public enum RegisterPlace: Sendable, Hashable {
    /// `register.sqlite` and the bodies beside it, in a folder of this host.
    case folder(String)
    /// A schema of a PostgreSQL database, for workers on any number of hosts.
    case server(ServerAddress, schema: String = "greffier_register")

    /// What it is called in messages.
    public var name: String {
        switch self {
        case .folder(let folder): "\(folder)/register.sqlite"
        case .server(let address, _): address.name
        }
    }

    /// Makes the folder if it is missing.
    func prepare() throws(RegisterError) {
        guard case .folder(let folder) = self, mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        throw .inputOutput(operation: "mkdir", path: folder, errno: errno)
    }

    func database(isReadOnly: Bool = false) throws(StorageError) -> SQLDatabase {
        switch self {
        case .folder: try SQLDatabase(path: name, options: Self.options(isReadOnly))
        case .server(let address, let schema):
            try SQLDatabase(address, schema: schema, options: Self.options(isReadOnly))
        }
    }

    func bodies(isReadOnly: Bool = false) throws -> BodyStore {
        switch self {
        case .folder(let folder): try BodyStore(folder: "\(folder)/register.bodies", isReadOnly: isReadOnly)
        case .server(let address, let schema):
            BodyStore(rows: try BodyRows(address, schema: schema, options: Self.options(isReadOnly)))
        }
    }

    private static func options(_ isReadOnly: Bool) -> SQLDatabase.Options {
        isReadOnly ? .reading : SQLDatabase.Options()
    }

    /// Has it alone on this host, if it is on this host.
    /// - Throws: `CopyError.inUse`.
    func useAlone() throws -> StoreUse? {
        guard case .folder(let folder) = self else { return nil }
        return try StoreUse(copyingIn: folder)
    }

    /// - Throws: `RegisterError.missing` where there is no register yet.
    func requireRegister() throws {
        switch self {
        case .folder: guard access(name, F_OK) == 0 else { throw RegisterError.missing(path: name) }
        case .server:
            guard try database(isReadOnly: true).schemaVersion() > 0 else { throw RegisterError.missing(path: name) }
        }
    }
}
