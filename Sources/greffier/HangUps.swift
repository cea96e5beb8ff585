import Foundation
import Locks
import ServiceLifecycle
import UnixSignals

/// Passes each SIGHUP that this program gets on to the running process of another.
final class HangUps: Service {
    private let signals: UnixSignalsSequence
    private let processes = Lock<Set<pid_t>>([])

    /// From here on no SIGHUP ends this program.
    init() async {
        signals = await UnixSignalsSequence(trapping: .sighup)
    }

    /// The process that gets them from now on.
    func add(_ process: pid_t) {
        processes.withLock { _ = $0.insert(process) }
    }

    /// The process has ended.
    func removeAll() {
        processes.withLock { $0.removeAll() }
    }

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            processes.withLock { processes in
                for process in processes { kill(process, SIGHUP) }
            }
        }
    }
}
