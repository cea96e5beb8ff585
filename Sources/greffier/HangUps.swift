import Foundation
import Locks
import ServiceLifecycle
import UnixSignals

/// Passes each SIGHUP that this program gets on to the running process of another.
final class HangUps: Service {
    private let processes = Lock<Set<pid_t>>([])

    /// The process that gets them from now on.
    func add(_ process: pid_t) {
        processes.withLock { _ = $0.insert(process) }
    }

    /// The process has ended.
    func removeAll() {
        processes.withLock { $0.removeAll() }
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            processes.withLock { processes in
                for process in processes { kill(process, SIGHUP) }
            }
        }
    }
}
