import Deadlines
import Foundation
import Logging
import Register
import ServiceLifecycle

/// Lets leave what is older than the register keeps, for as long as the program runs.
struct RetentionService: Service {
    let register: Register
    let retention: RegisterRetention
    let now: @Sendable () -> UTCInstant
    let logger: Logger

    /// How long to wait after the register failed, in milliseconds.
    private static let failureWait = 60_000

    func run() async throws {
        let start = ContinuousClock.now
        var expiry: RegisterExpiry?
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let elapsed = Int((ContinuousClock.now - start) / .milliseconds(1))
            let before = expiry
            let (next, wait) = await DiskThread.run { step(before, at: elapsed) }
            expiry = next
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(wait)) }
        }
    }

    private func step(_ before: RegisterExpiry?, at milliseconds: Int) -> (RegisterExpiry?, wait: Int) {
        do {
            var expiry =
                try before
                ?? RegisterExpiry(register: register, retention: retention, now: now(), milliseconds: milliseconds)
            let step = try expiry.step(now: now(), milliseconds: milliseconds)
            tell(step)
            return (expiry, step.wait)
        } catch {
            logger.error("the register fails; what is old leaves later", metadata: ["reason": "\(error)"])
            return (before, Self.failureWait)
        }
    }

    private func tell(_ step: RegisterExpiry.Step) {
        if let seconds = step.clockStep {
            logger.warning(
                "the clock was set, or this host was at rest for days: nothing leaves the register for a day of its new time",
                metadata: ["seconds": "\(seconds)"])
        }
        if step.documents > 0 || step.auditLines > 0 {
            logger.info(
                "what is older than `retention` says left the register",
                metadata: ["documents": "\(step.documents)", "audit": "\(step.auditLines)"])
        }
    }
}
