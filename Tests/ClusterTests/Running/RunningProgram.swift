import Foundation

/// A child process; killed at the value's end if it still runs then.
final class RunningProgram {
    /// Where its standard output goes.
    let output: String
    /// Where its standard error goes.
    let errors: String
    private let name: String
    private var child: ChildProcess

    /// Starts the program at `path`. Nothing of the environment that configures Greffier reaches it, except `environment`.
    init(
        _ path: String, _ arguments: [String], output: String, errors: String, input: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        self.output = output
        self.errors = errors
        name = URL(fileURLWithPath: path).lastPathComponent
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GREFFIER_") }
        child = try ChildProcess(
            path, arguments, environment: inherited.merging(environment) { $1 }, input: input ?? "/dev/null",
            output: output, errors: errors)
    }

    deinit {
        child.killAndReap()
    }

    /// Its process number.
    var identifier: pid_t { child.identifier }

    var isRunning: Bool { child.isRunning() }

    /// Sends it a signal.
    func sendSignal(_ signal: Int32) {
        if child.isRunning() { _ = Glibc.kill(child.identifier, signal) }
    }

    /// Kills it with SIGKILL and waits until it is gone.
    func kill() async throws {
        sendSignal(SIGKILL)
        _ = try await exitCode()
    }

    /// Waits until it has ended: its exit code, or the negative number of the signal that ended it.
    func exitCode(within limit: Duration = patience) async throws -> Int32 {
        try await wait(for: "the end of \(name)", atMost: limit, every: .milliseconds(10)) { !child.isRunning() }
        return child.exitCode ?? -1
    }

    /// Asks it with SIGTERM to end and waits until it has.
    func stop() async throws -> Int32 {
        sendSignal(SIGTERM)
        return try await exitCode()
    }
}
