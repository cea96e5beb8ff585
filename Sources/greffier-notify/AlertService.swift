import Alerting
import Deadlines
import Foundation
import Locks
import Logging
import ServiceLifecycle

/// Sends alerts when they are due, for as long as the program runs.
struct AlertService: Service {
    let delivery: AlertDelivery
    let now: @Sendable () -> UTCInstant
    let news: News
    let logger: Logger

    /// How long until the register is looked at even when nothing is known to be due: another process may have left
    /// something.
    private static let longestWait = 30
    /// How long to wait after the register failed, in seconds.
    private static let failureWait = 5

    func run() async throws {
        var next = now()
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if news.take() || next <= now() { next = await round() }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(100)) }
        }
    }

    private func round() async -> UTCInstant {
        do {
            let round = try await delivery.round()
            if round.handled > 0 { logger.info("alerts", metadata: Self.metadata(round)) }
            if let trouble = round.serverTrouble {
                logger.error("the mail server cannot be reached; mails wait", metadata: ["reason": "\(trouble)"])
            }
            let latest = now() + Self.longestWait
            return min(round.nextWake ?? latest, latest)
        } catch {
            logger.error("the register fails; alerts wait", metadata: ["reason": "\(error)"])
            return now() + Self.failureWait
        }
    }

    private static func metadata(_ round: AlertRound) -> Logger.Metadata {
        let counts = [
            ("sent", round.sent), ("delayed", round.delayed), ("uncertain", round.uncertain), ("failed", round.failed),
            ("cancelled", round.cancelled), ("postponed", round.postponed), ("lost", round.lost),
        ]
        return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 }.map { ($0.0, "\($0.1)") })
    }
}

/// Says from one thread to another that something was registered.
final class News: Sendable {
    private let hasNews = Lock(false)

    /// There is news.
    func post() {
        hasNews.withLock { $0 = true }
    }

    /// Whether there was news since the last call.
    func take() -> Bool {
        hasNews.withLock { value in
            defer { value = false }
            return value
        }
    }
}
