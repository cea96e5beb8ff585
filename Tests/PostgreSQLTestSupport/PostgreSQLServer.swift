import Foundation

/// A PostgreSQL server of the tests' own: an unprivileged user's, in a private temporary folder, on a unix socket. It ends with
/// the process that started it, however that ends.
public final class PostgreSQLServer: @unchecked Sendable {
    /// The folder of the server's data, socket and log.
    public let folder: String
    private var watcher: pid_t = 0
    private var lifeline: Int32 = -1
    private let entering: String

    /// What could not be done, with the server's own words.
    public struct Failure: Error, CustomStringConvertible {
        /// What, and why.
        public let description: String

        /// What could not be done, and why.
        public init(description: String) { self.description = description }
    }

    /// Where Debian and others put the server's programs; nil where there are none.
    public static let programs: String? = {
        let folders = (15...19).reversed().flatMap { ["/usr/lib/postgresql/\($0)/bin", "/usr/pgsql-\($0)/bin"] }
        return (folders + ["/usr/local/bin", "/usr/bin"]).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
        }
    }()

    /// The server that tests share which do it no harm; nil, with a word, where PostgreSQL is not installed.
    public static let shared: PostgreSQLServer? = {
        guard programs != nil else {
            print("PostgreSQL is not installed: tests run on SQLite only (deploy/packages-test.txt)")
            return nil
        }
        do {
            return try PostgreSQLServer()
        } catch {
            fatalError("\(error)")
        }
    }()

    /// Starts a new server, or a standby that streams from another one.
    /// - Parameters:
    ///   - entering: the words before a command that run it in another network.
    ///   - addresses: where it listens by TCP, in `postgresql.conf`'s words; everybody of 10.77.0.0/16 is let in there.
    public init(
        standbyOf primary: PostgreSQLServer? = nil, entering: [String] = [], addresses: String = ""
    ) throws {
        self.entering = entering.joined(separator: " ")
        folder = FileManager.default.temporaryDirectory.path + "/greffier-pg-\(UUID().uuidString.prefix(8))"
        let make =
            primary.map { "pg_basebackup -R -X stream -c fast --no-sync -h \($0.folder) -U greffier -D \(folder)/data" }
            ?? "initdb -D \(folder)/data -A trust -U greffier --no-sync -E UTF8 --locale=C"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        if getuid() == 0 { _ = try Self.run("chown postgres \(folder)", asServer: false) }
        try command(make)
        let settings = """

            listen_addresses = '\(addresses)'
            unix_socket_directories = '\(folder)'
            fsync = off
            max_connections = 200
            shared_buffers = 32MB

            """
        try command("printf '%s' \"\(settings)\" >> \(folder)/data/postgresql.conf")
        if !addresses.isEmpty {
            try makeCertificate()
            try command("printf 'host all all 10.77.0.0/16 trust\\n' >> \(folder)/data/pg_hba.conf")
        }
        try start()
        try watch()
    }

    deinit {
        guard watcher > 0 else { return }
        close(lifeline)
        waitpid(watcher, nil, 0)
    }

    /// The address of its database.
    public var url: String { "postgres:///postgres?host=\(folder)&user=greffier" }

    /// The address of whichever of both servers takes writes.
    public func url(or other: PostgreSQLServer) -> String {
        "postgres:///postgres?host=\(folder),\(other.folder)&user=greffier"
    }

    /// Starts it and waits until it takes connections.
    public func start() throws { try control("start -w -l \(folder)/log", before: entering) }

    /// Stops it as a crash would: without a checkpoint.
    public func kill() throws { try control("stop -m immediate") }

    /// Stops it as a crash would and starts it again.
    public func restartAtOnce() throws { try control("restart -m immediate -w -l \(folder)/log", before: entering) }

    /// Makes a standby take writes.
    public func promote() throws { try control("promote -w") }

    /// Runs SQL as the server's owner; answers the rows' text.
    @discardableResult
    public func sql(_ text: String) throws -> String {
        try command("psql -X -q -A -t -v ON_ERROR_STOP=1 -h \(folder) -U greffier postgres -c \"\(text)\"")
    }

    private func control(_ arguments: String, before: String = "") throws {
        try command("pg_ctl -s -D \(folder)/data \(arguments)", before: before)
    }

    @discardableResult
    private func command(_ text: String, before: String = "") throws -> String {
        guard let programs = Self.programs else { throw Failure(description: "PostgreSQL is not installed") }
        return try Self.run(
            "\(programs)/\(text)".replacing("\(programs)/printf", with: "printf"), asServer: true, before: before)
    }

    /// Lets the server speak TLS, with a certificate that nobody knows: for `sslmode=require`.
    private func makeCertificate() throws {
        let files = "-keyout \(folder)/data/server.key -out \(folder)/data/server.crt"
        _ = try Self.run(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=greffier-test \(files) && "
                + "chmod 600 \(folder)/data/server.key",
            asServer: true)
        try command("printf 'ssl = on\\n' >> \(folder)/data/postgresql.conf")
    }

    /// Waits beside the server for the end of this process, then ends it and removes its folder.
    private func watch() throws {
        guard let programs = Self.programs else { return }
        let stop = "\(programs)/pg_ctl -s -D \(folder)/data stop -m immediate 2>/dev/null"
        let text = "cat >/dev/null; \(stop); rm -rf \(folder)/*"
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        watcher = try Self.spawn(Self.asServer(text) + "; rmdir \(folder)", input: ends[0])
        close(ends[0])
        lifeline = ends[1]
    }

    /// The server refuses to run as root.
    private static func asServer(_ text: String) -> String {
        guard getuid() == 0 else { return text }
        return "setpriv --reuid=postgres --regid=postgres --clear-groups sh -c '\(text.replacing("'", with: "'\\''"))'"
    }

    /// Not by Foundation's Process: it takes a process for alive as long as a server lives that it left behind.
    private static func spawn(_ text: String, input: Int32? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        // What lives on beside this process must not keep other tests' pipes open.
        for descriptor in 3..<min(getdtablesize(), 4_096) { posix_spawn_file_actions_addclose(&actions, descriptor) }
        let texts = ["/bin/sh", "-c", "cd /; \(text)"]
        let words = texts.map { text in strdup(text) }
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, "/bin/sh", &actions, nil, words + [nil], environ)
        guard code == 0 else { throw Failure(description: "sh does not start: \(code)") }
        return process
    }

    private static func run(_ text: String, asServer isServer: Bool, before: String = "") throws -> String {
        let file = FileManager.default.temporaryDirectory.path + "/greffier-pg-\(UUID().uuidString)"
        defer { for end in ["out", "err"] { unlink("\(file).\(end)") } }
        let process = try spawn("(\(before) \(isServer ? asServer(text) : text)) >\(file).out 2>\(file).err")
        var status: Int32 = 0
        waitpid(process, &status, 0)
        func said(_ end: String) -> String { (try? String(contentsOfFile: "\(file).\(end)", encoding: .utf8)) ?? "" }
        guard status == 0 else { throw Failure(description: "\(text) failed: \(said("err").prefix(1_000))") }
        return said("out").trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
