internal import CPostgreSQL
internal import Glibc

/// Where a PostgreSQL database is, as `postgres://user@host:port,host2:port/database?option=value` (libpq's own form:
/// PostgreSQL 15, section 34.1.1.2). With several hosts, the one that takes writes is used.
///
/// The password is no part of it: it comes from a file, from PGPASSWORD or from ~/.pgpass.
public struct PostgreSQLAddress: Hashable, Sendable {
    /// The address as it was written.
    public let url: String
    /// Who, where and which database: what may be said to anybody.
    public let name: String
    /// The password of a file; nil leaves it to libpq (PGPASSWORD, PGPASSFILE, ~/.pgpass).
    let password: String?

    /// Whether a text is the address of a PostgreSQL database rather than a folder.
    public static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// Reads an address.
    /// - Throws: `PostgreSQLError.unusableAddress`, which never repeats what may hold a password.
    public init(_ url: String, password: String? = nil) throws(PostgreSQLError) {
        guard Self.isAddress(url) else {
            throw .unusableAddress(reason: "it begins with postgres://")
        }
        let options = try Self.options(of: url)
        guard options["password"] == nil else {
            throw .unusableAddress(
                reason: "it holds a password, which listings and logs would show: put it into a file of mode 0600 and "
                    + "name that with `storePasswordFile`, or use PGPASSWORD or ~/.pgpass")
        }
        guard let database = options["dbname"], !database.isEmpty else {
            throw .unusableAddress(reason: "it names no database: end it with /NAME")
        }
        try Self.requireProtection(options)
        self.url = url
        self.password = password
        let user = options["user"].map { "\($0)@" } ?? ""
        name = String("postgres://\(user)\(options["host"] ?? "")/\(database)".prefix(200))
    }

    /// Refuses to talk in clear to another host: everybody on the way would read the documents, and could change them.
    private static func requireProtection(_ options: [String: String]) throws(PostgreSQLError) {
        let addresses = [options["hostaddr"] ?? environment("PGHOSTADDR"), options["host"] ?? environment("PGHOST")]
        let hosts = addresses.compactMap(\.self).flatMap { $0.split(separator: ",") }
        // A service's file names hosts that are not to be seen here.
        let service = (options["service"] ?? environment("PGSERVICE")).map { "the service \($0)"[...] }
        guard let other = hosts.first(where: { !isOfThisHost($0) }) ?? service else { return }
        guard let mode = options["sslmode"] ?? environment("PGSSLMODE"), protecting.contains(mode) else {
            throw .unusableAddress(
                reason: "\(other) is another host, or may be, and nothing would protect what is said to it: end the "
                    + "address with ?sslmode=verify-full&sslrootcert=FILE, the certificate that its server is known by, or with "
                    + "?sslmode=require, which leaves the server unproved")
        }
    }

    /// The modes in which libpq speaks to no server in clear (PostgreSQL 15, 34.19.1).
    private static let protecting = ["require", "verify-ca", "verify-full"]

    private static func isOfThisHost(_ host: Substring) -> Bool {
        let isLoopback = host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
        return host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || isLoopback
            || ["localhost", "::1"].contains(host)
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func options(of url: String) throws(PostgreSQLError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let list = PQconninfoParse(url, &message) else {
            PQfreemem(message)
            throw .unusableAddress(reason: "it is no address of the form postgres://user@host:port/database")
        }
        defer { PQconninfoFree(list) }
        var options: [String: String] = [:]
        var option = list
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return options
    }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomReflectable {
    /// Who, where and which database.
    public var description: String { name }

    /// What a dump shows: no password.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
