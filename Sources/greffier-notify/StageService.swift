import Alerting
import Client
import Foundation
import GreffierProtocol
import Logging
import Mail
import Monitoring
import Operations
import ServiceLifecycle
import ZeroMQ

/// Asks all brokers every minute whether they are there and their stages make progress, and has operators told when not.
struct StageService: Service {
    let brokers: BrokerEndpoints
    let security: SocketSecurity
    let delivery: AlertDelivery
    /// How long a stage may make no progress, and a broker be away.
    let patience: (stage: Duration, broker: Duration)
    let logger: Logger

    /// How long between two questions.
    private static let interval = Duration.seconds(60)

    func run() async throws {
        var progress = StageProgress(patience: patience.stage)
        var watch = BrokerWatch(patience: patience.broker)
        var problem: String?
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            if Task.isShuttingDownGracefully || Task.isCancelled { return }
            let answers = await answers()
            let cluster = ClusterStatus(answers)
            tell(cluster == nil ? answers.first?.error.map { "\($0)" } ?? "" : nil, former: &problem)
            do {
                let isAnswered = answers.contains { $0.isHeard }
                try await delivery.settleBrokers(
                    watch.observe(isAnswered: isAnswered, cluster?.status.brokers, now: .now))
                if let status = cluster?.status {
                    try await delivery.settleHeld(Self.held(status))
                    try await settle(progress.observe(status, now: .now))
                }
            } catch {
                logger.error("the register fails; alarms wait", metadata: ["reason": "\(error)"])
            }
        }
    }

    private func settle(_ finding: StageProgress.Finding) async throws {
        let minutes = Int(patience.stage.components.seconds / 60)
        let stalled = finding.stalled.map { stage, count in
            (
                stage.rawValue,
                FrenchTypography.count(count, "document y attend", "documents y attendent")
                    + ", et aucun n’a été traité depuis \(minutes)\u{A0}minutes."
            )
        }
        try await delivery.settleStages(
            stalled: Dictionary(uniqueKeysWithValues: stalled), moving: Set(finding.moving.map(\.rawValue)))
    }

    /// Says once that no broker gives its status, and why.
    private func tell(_ problem: String?, former: inout String?) {
        defer { former = problem }
        guard let problem, former == nil else { return }
        logger.notice(
            "no broker gives its status: nobody is told of stalled stages meanwhile",
            metadata: ["reason": "\(problem)"])
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

    private func answers() async -> [BrokerAnswer] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [brokers, security] in
                continuation.resume(returning: (try? BrokerQuestions(brokers, security).statuses()) ?? [])
            }
        }
    }
}
