import Foundation

/// A child process; killed at the value's end if it still runs then.
final class RunningProgram {
    /// Where its standard output goes.
    let output: String
    /// Where its standard error goes.
    let errors: String
    private let name: String
    private let isOnOtherHost: Bool
    private var child: ChildProcess

    /// Starts the program at `path`. Nothing of the environment that configures Greffier reaches it, except `environment`.
    /// - Parameter host: where it runs; nil for this machine.
    init(
        _ path: String, _ arguments: [String], output: String, errors: String, input: String? = nil,
        environment: [String: String] = [:], on host: VirtualHost? = nil
    ) throws {
        isOnOtherHost = host != nil
        self.output = output
        self.errors = errors
        name = URL(fileURLWithPath: path).lastPathComponent
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GREFFIER_") }
        let words = (host?.entering ?? []) + [path] + arguments
        child = try ChildProcess(
            host == nil ? path : "/usr/bin/env", host == nil ? arguments : words,
            environment: inherited.merging(environment) { $1 }, input: input ?? "/dev/null",
            output: output, errors: errors)
    }

    deinit {
        child.killAndReap()
    }

    /// Its process number on this machine.
    var identifier: pid_t { program }

    var isRunning: Bool { child.isRunning() }

    /// Sends it a signal.
    func sendSignal(_ signal: Int32) {
        if child.isRunning() { _ = Glibc.kill(program, signal) }
    }

    /// On another host it is the child of who entered there.
    private var program: pid_t {
        guard isOnOtherHost else { return child.identifier }
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if let found = ProcessTable.child(of: child.identifier) { return found }
            usleep(1_000)
        }
        return child.identifier
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
