import CSpawn
import Glibc

/// A child process whose output and time are bounded. Started by posix_spawn in a process group of its own, with nothing
/// on standard input and none of this process's descriptors.
struct BoundedProcess {
    /// The program's path.
    var program: String
    /// Its arguments, without its name.
    var arguments: [String]
    /// Its whole environment, as `NAME=value`.
    var environment: [String]
    /// The most bytes that are taken from its standard output.
    var outputLimit: Int
    /// When it is ended.
    var deadline: ContinuousClock.Instant

    /// How a process ended.
    enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// By a signal that this process did not send.
        case signalled(Int32)
        case tooMuchOutput
        case outOfTime
    }

    /// What became of it.
    struct Outcome: Sendable {
        var ending: Ending
        /// What it wrote on standard output.
        var output: [UInt8]
        /// The beginning of what it wrote on standard error.
        var messages: String
    }

    /// A process that could not be started, or whose end was not told, with the number of the system's error.
    struct NotStarted: Error {
        var number: Int32
    }

    /// Runs it until its end.
    func run() throws(NotStarted) -> Outcome {
        var output = try Pipe()
        var messages = try Pipe()
        let process = try start(output: output.writing, messages: messages.writing)
        output.closeWriting()
        messages.closeWriting()
        var collected = CollectedOutput(outputLimit: outputLimit)
        let verdict = collected.read(output: output.reading, messages: messages.reading, until: deadline)
        guard let ending = Self.end(of: process, verdict: verdict, deadline: deadline) else {
            throw NotStarted(number: ECHILD)
        }
        return Outcome(
            ending: ending, output: collected.output, messages: String(decoding: collected.messages, as: UTF8.self))
    }

    private func start(output: Int32, messages: Int32) throws(NotStarted) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, messages, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var process: pid_t = 0
        let failure = Self.withCStrings([program] + arguments) { argv in
            Self.withCStrings(environment) { posix_spawn(&process, program, &actions, &attributes, argv, $0) }
        }
        guard failure == 0 else { throw NotStarted(number: failure) }
        return process
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            // The array holds at least its closing nil, so that it has an address.
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }

    /// Makes the system tell this process how its children end: one whose parent ignored SIGCHLD inherits that, and then
    /// a tool that failed could not be told from one that did not.
    static func hearOfChildren() {
        if greffier_ignores_children() != 0 { signal(SIGCHLD, SIG_DFL) }
    }

    /// Waits for the end, and brings it about if the process was judged already, or lives past its deadline.
    /// - Returns: nil if the system does not tell how it ended.
    private static func end(of process: pid_t, verdict: Ending?, deadline: ContinuousClock.Instant) -> Ending? {
        var verdict = verdict
        if verdict != nil { kill(-process, SIGKILL) }
        var pause: Int32 = 1
        while !hasEnded(process) {
            if verdict == nil, ContinuousClock.now >= deadline {
                verdict = .outOfTime
                kill(-process, SIGKILL)
            }
            poll(nil, 0, pause)
            pause = min(2 * pause, 50)
        }
        // What it left behind in its group ends with it. Its number is nobody else's until it is reaped.
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) != process {
            guard errno == EINTR else { return verdict }
        }
        if let verdict { return verdict }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    }

    /// Whether it has ended; it stays to be reaped.
    private static func hasEnded(_ process: pid_t) -> Bool {
        var information = siginfo_t()
        let result = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        return information.si_signo != 0 || (result != 0 && errno != EINTR)
    }
}

/// A pipe that no other child inherits.
private struct Pipe: ~Copyable {
    let reading: Int32
    private(set) var writing: Int32

    init() throws(BoundedProcess.NotStarted) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BoundedProcess.NotStarted(number: errno) }
        (reading, writing) = (ends[0], ends[1])
        _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
        _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    }

    mutating func closeWriting() {
        close(writing)
        writing = -1
    }

    deinit {
        close(reading)
        if writing >= 0 { close(writing) }
    }
}
