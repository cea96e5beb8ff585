import Alerting
import Deadlines
import Foundation
import Locks
import Logging
import ServiceLifecycle
import Storage

/// Sends alerts when they are due, for as long as the program runs.
struct AlertService: Service {
    let delivery: AlertDelivery
    let now: @Sendable () -> UTCInstant
    let news: News
    let log: AlertLog

    /// How long to wait after the register failed, in seconds.
    private static let failureWait = 5

    func run() async throws {
        var timer = RoundTimer(now: .now)
        var log = log
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if let failure = news.failure { throw failure }
            if news.take() || timer.isDue(at: .now) { try await round(&timer, &log) }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(100)) }
        }
    }

    private func round(_ timer: inout RoundTimer, _ log: inout AlertLog) async throws {
        do {
            let round = try await delivery.round()
            log.tell(round)
            timer.wait(until: round.nextWake, wallClock: now(), now: .now)
        } catch let error as StorageError where error.isNewerSchema {
            throw error
        } catch {
            log.tell(error)
            timer.wait(seconds: Self.failureWait, now: .now)
        }
    }
}

/// Says from one thread to another that something was registered.
final class News: Sendable {
    private let hasNews = Lock(false)
    private let end = Lock<StorageError?>(nil)

    /// The program must end because of this.
    var failure: StorageError? { end.withLock { $0 } }

    /// The program must end.
    func fail(_ failure: StorageError) {
        end.withLock { $0 = failure }
    }

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
