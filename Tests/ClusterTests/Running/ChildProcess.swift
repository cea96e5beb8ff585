import Glibc

/// A process started by posix_spawn. Foundation's `Process` keeps descriptors after the end of its child and fails once
/// hundreds were started.
struct ChildProcess {
    let identifier: pid_t
    private(set) var exitCode: Int32?

    /// Starts the program at `path`; its streams are the files named, the later two added to.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: String, output: String,
        errors: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var attributes = Self.attributes()
        defer { posix_spawnattr_destroy(&attributes) }
        identifier = try Self.withCStrings([path] + arguments) { arguments in
            try Self.withCStrings(environment.map { "\($0)=\($1)" }) { environment in
                var identifier: pid_t = 0
                let problem = posix_spawn(&identifier, path, &actions, &attributes, arguments, environment)
                guard problem == 0 else {
                    throw NeverCame(description: "\(path) does not start: \(String(cString: strerror(problem)))")
                }
                return identifier
            }
        }
    }

    /// No signal blocked or ignored, whatever the thread of the test has set.
    private static func attributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
    ) rethrows -> Result {
        let strings = texts.map { strdup($0) }
        defer { strings.forEach { free($0) } }
        return try body(strings + [nil])
    }

    /// Whether it still runs; once it has ended, ``exitCode`` is its exit code, or the negative number of the signal that
    /// ended it.
    mutating func isRunning() -> Bool {
        guard exitCode == nil else { return false }
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return true }
        exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
        return false
    }

    /// Kills it if it still runs, and waits for its end.
    mutating func killAndReap() {
        guard isRunning() else { return }
        kill(identifier, SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
        exitCode = -SIGKILL
    }
}
