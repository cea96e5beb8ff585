import Foundation
import Logging
import Operations
import ServiceLifecycle
import Subprocess
import SystemPackage

/// A program of Greffier that is kept running: started again when it ends, told to end when this one ends.
struct SupervisedProgram: Service {
    /// The program's name; it lies beside this one.
    let name: String
    /// Its arguments.
    let arguments: [String]
    /// Where its starts and ends are told.
    let logger: Logger
    /// Ends with this process, however that ends.
    let lifeline: Lifeline
    /// Passes SIGHUP on to a program that reads something anew then.
    var hangUps: HangUps?

    private static let longestWait = Duration.seconds(30)
    private static let drain = Duration.seconds(40)

    func run() async throws {
        var wait = Duration.milliseconds(200)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                let status = try await runOnce()
                if Task.isShuttingDownGracefully { return }
                if status == .exited(2) {
                    logger.error("the program does not start; mend its configuration", metadata: ["name": "\(name)"])
                    throw SupervisionError.misconfigured(name)
                }
                logger.error(
                    "the program ended; starting it again", metadata: ["name": "\(name)", "status": "\(status)"])
            } catch let error as SupervisionError {
                throw error
            } catch {
                logger.error("the program cannot be started", metadata: ["name": "\(name)", "reason": "\(error)"])
            }
            if ContinuousClock.now - start > .seconds(60) { wait = .milliseconds(200) }
            try? await cancelWhenGracefulShutdown { [wait] in try await Task.sleep(for: wait) }
            wait = min(wait * 2, Self.longestWait)
        }
    }

    private func runOnce() async throws -> TerminationStatus {
        var options = PlatformOptions()
        // A group of its own, so that Ctrl-C reaches this program alone and it ends the others in order.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.drain)]
        let configuration = Subprocess.Configuration(
            executable: .path(FilePath(Self.path(of: name))), arguments: Arguments(arguments),
            environment: .inherit.updating(["GREFFIER_ENDS_WITH_INPUT": "1"]), platformOptions: options)
        defer { hangUps?.removeAll() }
        return try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    configuration, input: .fileDescriptor(lifeline.reading, closeAfterSpawningProcess: false),
                    output: .currentStandardOutput, error: .currentStandardError
                ) { hangUps?.add($0.processIdentifier.value) }.terminationStatus
            }
            group.addTask {
                try? await gracefulShutdown()
                return nil
            }
            // Cancelling the first task makes it tear the program down: SIGTERM, then SIGKILL.
            let first = try await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            return try await group.next().flatMap(\.self) ?? .exited(0)
        }
    }

    private static func path(of name: String) -> String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
    }
}

/// A pipe that nobody writes to: who holds its reading end sees the end of file when this process is gone, even killed.
struct Lifeline: Sendable {
    /// What the supervised programs have as their standard input.
    let reading: FileDescriptor
    private let writing: FileDescriptor

    /// Opens it; no program that this one starts gets the writing end.
    /// - Throws: `Errno` when no descriptor is left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0
        else { throw Errno(rawValue: errno) }
        reading = FileDescriptor(rawValue: ends[0])
        writing = FileDescriptor(rawValue: ends[1])
    }
}

/// Why a cluster on this host cannot run.
enum SupervisionError: Error, CustomStringConvertible {
    /// A program says that its options or configuration are wrong.
    case misconfigured(String)

    var description: String {
        switch self {
        case .misconfigured(let name): "\(name) does not start: its message above says what to mend"
        }
    }
}
