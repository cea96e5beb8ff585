import GreffierProtocol
import ZeroMQ

/// Why the broker gave no useful answer.
public enum ClientError: Error, Equatable, CustomStringConvertible {
    /// Nobody answered in time.
    case unreachable(Endpoint, milliseconds: Int)
    /// The broker got the message and did not answer in time; `isAct` says whether it was to change something.
    case unanswered(Endpoint, milliseconds: Int, isAct: Bool)
    /// The broker does not let this program in, or is not the one that it should be.
    case turnedAway(Endpoint, HandshakeFailure)
    /// The broker refused the question.
    case refused(Refused)
    /// The broker has too much to do for as long as the answer was waited for.
    case busy(BoundedText)
    /// The broker answered something else.
    case unexpected(BoundedText)

    public var description: String {
        switch self {
        case .unreachable(let endpoint, let milliseconds):
            """
            no broker answered at \(endpoint) within \(Double(milliseconds) / 1_000) s: \
            is greffier-broker running (`greffier up`), and is this the same --data or --endpoint?
            """
        case .unanswered(let endpoint, let milliseconds, let isAct):
            """
            the broker at \(endpoint) gave no answer within \(Double(milliseconds) / 1_000) s: \
            \(isAct ? "whether it was done is unknown; `greffier acts` shows it once it is" : "ask again later")
            """
        case .turnedAway(let endpoint, let failure):
            "the broker at \(endpoint) and this program do not come together: \(failure)"
        case .refused(let refused): "the broker refuses (\(refused.code.rawValue)): \(refused.message)"
        case .busy(let reason): "the broker is busy (\(reason)): ask again later"
        case .unexpected(let text): "the broker answered something unexpected: \(text)"
        }
    }
}

/// Questions to a broker, one at a time. Of several brokers the first that is there is asked; what changes something is said to
/// no second one after a first one got it.
public struct BrokerQuestions: ~Copyable {
    private let endpoints: BrokerEndpoints
    private let security: SocketSecurity
    private let context: Context
    private let timeoutMilliseconds: Int

    /// Questions to the broker at `endpoint`, each to be answered within `timeoutMilliseconds`.
    /// - Throws: `ZeroMQError`.
    public init(
        _ endpoint: Endpoint, _ security: SocketSecurity = .none, timeoutMilliseconds: Int = 5_000
    ) throws(ZeroMQError) {
        try self.init(BrokerEndpoints(endpoint), security, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Questions to one of several brokers, each to be answered within `timeoutMilliseconds`.
    /// - Throws: `ZeroMQError`.
    public init(
        _ endpoints: BrokerEndpoints, _ security: SocketSecurity = .none, timeoutMilliseconds: Int = 5_000
    ) throws(ZeroMQError) {
        self.endpoints = endpoints
        self.security = security
        self.timeoutMilliseconds = timeoutMilliseconds
        context = try Context()
    }

    /// Asks and waits for the answer.
    /// - Throws: ``ClientError`` when there is none, or `ZeroMQError`.
    public func ask(_ message: MessageToBroker) throws -> MessageFromBroker {
        var endpoints = endpoints
        for _ in 1..<endpoints.count {
            do {
                return try ask(message, endpoints.current, patience: BrokerEndpoints.patienceMilliseconds)
            } catch ClientError.unreachable {
                endpoints.turn()
            } catch ClientError.unanswered(_, _, isAct: false) {
                endpoints.turn()
            }
        }
        return try ask(message, endpoints.current, patience: timeoutMilliseconds)
    }

    /// Asks each of the brokers, in their order.
    /// - Throws: `ZeroMQError` when no socket is left.
    public func askEach(
        _ message: MessageToBroker
    ) throws -> [(Endpoint, Result<MessageFromBroker, ClientError>)] {
        var endpoints = endpoints
        let patience = endpoints.areSeveral ? BrokerEndpoints.patienceMilliseconds : timeoutMilliseconds
        return try (0..<endpoints.count).map { _ in
            defer { endpoints.turn() }
            do {
                return (endpoints.current, .success(try ask(message, endpoints.current, patience: patience)))
            } catch let error as ClientError {
                return (endpoints.current, .failure(error))
            }
        }
    }

    /// - Parameter patience: how long the broker may take to be there, in milliseconds.
    private func ask(_ message: MessageToBroker, _ endpoint: Endpoint, patience: Int) throws -> MessageFromBroker {
        var connection = try BrokerConnection(endpoint, security, context: context)
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .milliseconds(timeoutMilliseconds)
        var isSent = false
        while clock.now < end {
            if !isSent { isSent = try connection.send(message) }
            guard isSent || clock.now < start + .milliseconds(patience) else { break }
            try connection.wait(milliseconds: 50, untilWritable: !isSent)
            if let failure = try connection.handshakeFailure() { throw ClientError.turnedAway(endpoint, failure) }
            while let answer = try connection.receive() {
                let said = try answer.fromBroker().said
                if case .heartbeat = said { continue }
                switch said {
                case .refused(let refused): throw ClientError.refused(refused)
                case .busy(let busy):
                    let pause = Duration.milliseconds(busy.retryAfterMilliseconds)
                    guard clock.now + pause < end else { throw ClientError.busy(busy.reason) }
                    try connection.wait(milliseconds: busy.retryAfterMilliseconds)
                    isSent = false
                default: return said
                }
            }
        }
        guard isSent else { throw ClientError.unreachable(endpoint, milliseconds: patience) }
        throw ClientError.unanswered(endpoint, milliseconds: timeoutMilliseconds, isAct: message.isAct)
    }
}

extension MessageToBroker {
    /// Whether it is to change something, so that to say it twice is not to say it once.
    fileprivate var isAct: Bool {
        switch self {
        case .outcome, .status, .list, .show, .acts: false
        case .replay(let request): request.dryRun != true
        default: true
        }
    }
}
