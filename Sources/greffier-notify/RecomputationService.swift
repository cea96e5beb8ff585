import Deadlines
import Foundation
import Logging
import Register
import ServiceLifecycle

/// Computes the register's running deadlines anew, once, if what they were computed on has changed since the last start.
struct RecomputationService: Service {
    let recomputation: DeadlineRecomputation
    let now: @Sendable () -> UTCInstant
    /// Called when deadlines changed, so that staff are told.
    let changed: @Sendable () -> Void
    let logger: Logger

    /// How long to wait after the register failed, in milliseconds.
    private static let failureWait = 60_000

    func run() async throws {
        var recomputation = recomputation
        var total = 0
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let before = recomputation
            let (next, taken) = await DiskThread.run { self.step(before) }
            recomputation = next
            if let taken, taken.changed > 0 {
                total += taken.changed
                changed()
            }
            if taken?.isDone == true { break }
            let wait = taken?.wait ?? Self.failureWait
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(wait)) }
        }
        if total > 0 {
            logger.notice(
                "rules, calendar or authorities changed: running deadlines were computed anew",
                metadata: ["documents": "\(total)"])
        }
        try? await gracefulShutdown()
    }

    private func step(_ before: DeadlineRecomputation) -> (DeadlineRecomputation, DeadlineRecomputation.Step?) {
        var recomputation = before
        do {
            let step = try recomputation.step(now: now())
            return (recomputation, step)
        } catch {
            logger.error("the register fails; deadlines are computed anew later", metadata: ["reason": "\(error)"])
            return (before, nil)
        }
    }
}

/// A thread for calls that wait for the disk.
enum DiskThread {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
}
