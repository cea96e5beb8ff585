import GreffierProtocol
import Mail
import Register

/// Tells from what brokers answer, or do not, which of them have been away for longer than they may.
public struct BrokerWatch: Sendable {
    /// What is known of the brokers.
    public struct Finding: Hashable, Sendable {
        /// Those that are away, each with what is known of it in French.
        public var silent: [AlarmSubject: String] = [:]
        /// Whether a broker answers.
        public var isAnswered: Bool
        /// Whether the others of a broker that answers are known.
        public var knowsOthers: Bool

        /// Whether an alarm that is not found is known to be over.
        func isOver(_ subject: AlarmSubject) -> Bool {
            switch subject {
            case .brokers: isAnswered
            case .broker: knowsOthers && silent[subject] == nil
            default: false
            }
        }
    }

    private let patience: Duration
    private var unansweredSince: ContinuousClock.Instant?
    private var isTold = false

    /// Brokers that are away for `patience` are told of.
    public init(patience: Duration) {
        self.patience = patience
    }

    /// What one round of questions shows: that a broker answered, and which brokers share its store. That none answers is
    /// found once: of several that ask, one may be cut off alone, and the others know better.
    public mutating func observe(
        isAnswered: Bool, _ brokers: [BrokerStatus]?, now: ContinuousClock.Instant
    ) -> Finding {
        var finding = Finding(isAnswered: isAnswered, knowsOthers: brokers != nil)
        for broker in brokers ?? [] where .milliseconds(broker.silentMilliseconds) >= patience {
            finding.silent[.broker(broker.name)] =
                "Il n’a plus donné signe de vie depuis \(Self.minutes(.milliseconds(broker.silentMilliseconds)))."
        }
        guard !isAnswered else {
            (unansweredSince, isTold) = (nil, false)
            return finding
        }
        let since = unansweredSince ?? now
        unansweredSince = since
        if now - since >= patience, !isTold {
            isTold = true
            finding.silent[.brokers] = "Aucune réponse depuis \(Self.minutes(now - since))."
        }
        return finding
    }

    private static func minutes(_ duration: Duration) -> String {
        FrenchTypography.count(Int(duration.components.seconds / 60), "minute", "minutes")
    }
}
