internal import CNotify
import Foundation
import Locks
import ServiceLifecycle

/// Tells systemd how the program fares (sd_notify(3)): that it is ready, that it still makes progress, that it is ending.
/// Silent where no service manager asks.
public final class ServiceState: Sendable {
    private let socket: String?
    private let aliveInterval: Duration?
    private let nextAlive = Lock(ContinuousClock.now)

    /// What the service manager asks for in `NOTIFY_SOCKET` and `WATCHDOG_USEC`.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        socket = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isAsked =
            environment["WATCHDOG_PID"].map { $0 == "\(ProcessInfo.processInfo.processIdentifier)" } ?? true
        let microseconds = isAsked ? environment["WATCHDOG_USEC"].flatMap { Int64($0) } : nil
        aliveInterval = microseconds.map { .microseconds(max(1, $0 / 4)) }
    }

    /// Says that the loop that calls it turns; as often as it likes: four in the watchdog's time leave the process.
    public func alive() {
        guard let aliveInterval, socket != nil else { return }
        let now = ContinuousClock.now
        let isDue = nextAlive.withLock { next in
            guard now >= next else { return false }
            next = now + aliveInterval
            return true
        }
        if isDue { tell("WATCHDOG=1") }
    }

    func ready() { tell("READY=1") }

    func stopping() { tell("STOPPING=1") }

    /// A service manager that does not listen any more changes nothing.
    private func tell(_ state: String) {
        guard let socket else { return }
        _ = cnotify_send(socket, state)
    }
}

/// Says that the program is ready, and when it ends.
struct ServiceStateReporting: Service {
    let state: ServiceState

    func run() async throws {
        state.ready()
        try? await gracefulShutdown()
        state.stopping()
    }
}
