import Client
import GreffierProtocol

extension BrokerQuestions {
    /// Asks each broker for its status, the one after the other.
    /// - Throws: `ZeroMQError` when no socket is left.
    public func statuses(ages: Bool = false) throws -> [BrokerAnswer] {
        try askEach(.status(StatusRequest(ages: ages ? true : nil))).map { endpoint, answer in
            switch answer {
            case .success(.status(let status)): BrokerAnswer(endpoint: "\(endpoint)", status: status)
            case .success: BrokerAnswer(endpoint: "\(endpoint)", status: nil, error: .unexpected("no status"))
            case .failure(let error): BrokerAnswer(endpoint: "\(endpoint)", status: nil, error: error)
            }
        }
    }

    /// The status of the whole cluster.
    /// - Throws: ``ClientError`` when no broker answers, or `ZeroMQError`.
    public func clusterStatus(ages: Bool = false) throws -> ClusterStatus {
        let answers = try statuses(ages: ages)
        if let cluster = ClusterStatus(answers) { return cluster }
        throw answers.compactMap(\.error).first ?? .unexpected("no status")
    }
}

/// What became of asking one broker for its status.
public struct BrokerAnswer: Sendable {
    /// Where it was asked.
    public var endpoint: String
    /// What it answered; nil when it did not.
    public var status: Status?
    /// Why there is no status.
    public var error: ClientError?

    /// An answer, or why there is none.
    public init(endpoint: String, status: Status?, error: ClientError? = nil) {
        self.endpoint = endpoint
        self.status = status
        self.error = error
    }

    /// Whether it said anything: a broker that refuses lives.
    public var isHeard: Bool {
        switch error {
        case nil, .refused, .busy, .unexpected: true
        case .unreachable, .unanswered, .turnedAway: false
        }
    }
}
