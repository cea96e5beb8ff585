import ZeroMQ

/// The brokers that a program may turn to, one at a time: they share a store, so that any of them will do.
public struct BrokerEndpoints: Sendable, Hashable {
    private let all: [Endpoint]
    private var index = 0

    /// How long a program waits for a broker that is away before it turns to the next one, in milliseconds.
    public static let patienceMilliseconds = 1_000

    /// A broker, and others for when it is away.
    public init(_ first: Endpoint, others: [Endpoint] = []) {
        all = [first] + others.filter { $0 != first }
    }

    /// The brokers in their order; nil for none.
    public init?(_ endpoints: [Endpoint]) {
        guard let first = endpoints.first else { return nil }
        self.init(first, others: Array(endpoints.dropFirst()))
    }

    /// The broker whose turn it is.
    public var current: Endpoint { all[index] }

    /// Whether there is another one to turn to.
    public var areSeveral: Bool { all.count > 1 }

    /// How many there are.
    public var count: Int { all.count }

    /// Turns to the next one, after the last to the first.
    public mutating func turn() {
        index = (index + 1) % all.count
    }
}
