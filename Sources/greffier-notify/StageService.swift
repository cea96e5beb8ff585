import Alerting
import Client
import Foundation
import GreffierProtocol
import Logging
import Mail
import Operations
import ServiceLifecycle
import ZeroMQ

/// Asks the broker every minute whether its stages make progress, and has operators told when one does not.
struct StageService: Service {
    let endpoint: Endpoint
    let security: SocketSecurity
    let delivery: AlertDelivery
    let patience: Duration
    let logger: Logger

    /// How long between two questions.
    private static let interval = Duration.seconds(60)

    func run() async throws {
        var progress = StageProgress(patience: patience)
        var isAnswered = true
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            if Task.isShuttingDownGracefully || Task.isCancelled { return }
            guard let status = await status() else {
                if isAnswered {
                    logger.notice("the broker gives no status: nobody is told of stalled stages (`operate` is needed)")
                }
                isAnswered = false
                continue
            }
            isAnswered = true
            let finding = progress.observe(status, now: .now)
            let stalled = finding.stalled.map { stage, count in
                (
                    stage.rawValue,
                    FrenchTypography.count(count, "document y attend", "documents y attendent")
                        + ", et aucun n’a été traité depuis \(Self.minutes(patience))\u{A0}minutes."
                )
            }
            do {
                try await delivery.settleHeld(Self.held(status))
                try await delivery.settleStages(
                    stalled: Dictionary(uniqueKeysWithValues: stalled), moving: Set(finding.moving.map(\.rawValue)))
            } catch {
                logger.error("the register fails; alarms wait", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// The stages with documents that wait for a person, and how many.
    private static func held(_ status: Status) -> [String: String] {
        let counts = Dictionary(grouping: status.counts.filter { $0.state == .held && $0.count > 0 }, by: \.stage)
        return Dictionary(
            uniqueKeysWithValues: counts.map { stage, counts in
                let count = counts.reduce(0) { $0 + $1.count }
                return (
                    stage.rawValue, FrenchTypography.count(count, "document y est retenu.", "documents y sont retenus.")
                )
            })
    }

    /// The broker's answer; nil when there is none, which the worker's own connection reports.
    private func status() async -> Status? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [endpoint, security] in
                let answer = try? BrokerQuestions(endpoint, security).ask(.status(StatusRequest()))
                if case .status(let status)? = answer {
                    continuation.resume(returning: status)
                } else {
                    continuation.resume(returning: nil)
                }
            }
        }
    }

    private static func minutes(_ duration: Duration) -> Int { Int(duration.components.seconds / 60) }
}
