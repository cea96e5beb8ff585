import Foundation

/// A child process; killed at the value's end if it still runs then.
final class RunningProgram {
    /// Where its standard output goes.
    let output: String
    /// Where its standard error goes.
    let errors: String
    private let child = Process()

    /// Starts the program at `path`. Nothing of the environment that configures Greffier reaches it, except `environment`.
    init(
        _ path: String, _ arguments: [String], output: String, errors: String, input: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        self.output = output
        self.errors = errors
        child.executableURL = URL(fileURLWithPath: path)
        child.arguments = arguments
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GREFFIER_") }
        child.environment = inherited.merging(environment) { $1 }
        child.standardInput = try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
        if input == nil { child.standardInput = FileHandle.nullDevice }
        child.standardOutput = try Self.appending(output)
        child.standardError = try Self.appending(errors)
        try child.run()
    }

    deinit {
        if child.isRunning { sendSignal(SIGKILL) }
    }

    private static func appending(_ path: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        return handle
    }

    var process: pid_t { child.processIdentifier }
    var isRunning: Bool { child.isRunning }

    /// Sends it a signal.
    func sendSignal(_ signal: Int32) {
        _ = Glibc.kill(child.processIdentifier, signal)
    }

    /// Kills it with SIGKILL and waits until it is gone.
    func kill() async throws {
        sendSignal(SIGKILL)
        try await wait(for: "the end of killed \(child.executableURL?.lastPathComponent ?? "")") { !child.isRunning }
    }

    /// Waits until it has ended: its exit code, or the negative number of the signal that ended it.
    func exitCode(within limit: Duration = patience) async throws -> Int32 {
        let name = child.executableURL?.lastPathComponent ?? ""
        try await wait(for: "the end of \(name)", atMost: limit, every: .milliseconds(10)) { !child.isRunning }
        return child.terminationReason == .exit ? child.terminationStatus : -child.terminationStatus
    }

    /// Asks it with SIGTERM to end and waits until it has.
    func stop() async throws -> Int32 {
        sendSignal(SIGTERM)
        return try await exitCode()
    }
}
