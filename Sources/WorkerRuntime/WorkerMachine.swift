import Client
import GreffierProtocol

/// A worker's side of the conversation with its broker, without sockets or clocks.
///
/// Times are milliseconds of a clock that only goes forward.
struct WorkerMachine {
    /// What happens to a worker.
    enum Event {
        /// A connection to the broker was made.
        case connected
        /// The connection to the broker was lost; it is made again by itself.
        case disconnected
        /// The broker said something.
        case message(MessageFromBroker)
        /// These jobs in hand are being done.
        case working([LeaseToken])
        /// A job in hand came to its end; its result has not left yet.
        case ended(LeaseToken)
        /// The result of a job in hand has left.
        case finished(LeaseToken)
        /// No connection could be made as ``Action/reconnect`` asked.
        case reconnectFailed
        /// The operator wants the worker to end.
        case drain
        /// Time passes.
        case tick
    }

    /// What a worker does.
    enum Action: Equatable {
        /// Say this to the broker.
        case send(MessageToBroker)
        /// Give the job that just arrived to a thread.
        case start
        /// The broker is silent or away: drop the connection and make another, to the next broker if there are several.
        case reconnect
        /// Tell the operator.
        case note(Note)
        /// End, well or badly.
        case end(WorkerError?)
    }

    /// Something that an operator may want to know.
    enum Note: Equatable {
        case brokerRestarted(incarnation: Int)
        case brokerLeaves(BoundedText?)
        case resultRefused(Refused)
        case silent(milliseconds: Int)
    }

    private let identity: Ready
    private let drainMilliseconds: Int
    private var heartbeatMilliseconds = 2_000
    private var leaseMilliseconds = 10_000
    private var longestLeaseMilliseconds = Int.max
    private var incarnation: Int?
    private var lastSent: Int
    private var lastHeard: Int
    private var isConnected = false
    /// Whether there is another broker to turn to, and since when this one is away.
    private let hasOtherBrokers: Bool
    private var awaySince: Int?
    private var drainingSince: Int?
    /// The leases of the jobs in hand, those included whose results have not left.
    private var holding: Set<LeaseToken> = []
    /// When the jobs were begun that have not ended, and which of them the broker knows of.
    private var begun: [LeaseToken: Int] = [:]
    private var toldBegun: Set<LeaseToken> = []
    /// When to try to connect again after that failed, and how long to wait should it fail again.
    private var reconnectAt: Int?
    private var reconnectWait = Self.shortestReconnectWait
    private static let shortestReconnectWait = 100
    private static let longestReconnectWait = 30_000

    init(identity: Ready, drainMilliseconds: Int, hasOtherBrokers: Bool = false, now: Int) {
        self.hasOtherBrokers = hasOtherBrokers
        awaySince = hasOtherBrokers ? now : nil
        self.identity = identity
        self.drainMilliseconds = drainMilliseconds
        lastSent = now
        lastHeard = now
    }

    /// How long to wait for something to happen before the next ``Event/tick``, in milliseconds.
    func untilNextTick(now: Int) -> Int {
        let turn = awaySince.map { $0 + BrokerEndpoints.patienceMilliseconds } ?? Int.max
        let next = min(lastSent + heartbeatMilliseconds, lastHeard + leaseMilliseconds, reconnectAt ?? Int.max, turn)
        return max(10, min(next - now, heartbeatMilliseconds))
    }

    mutating func handle(_ event: Event, now: Int) -> [Action] {
        switch event {
        case .connected:
            isConnected = true
            awaySince = nil
            (reconnectAt, reconnectWait) = (nil, Self.shortestReconnectWait)
            lastHeard = now
            lastSent = now
            return sayReady()
        case .disconnected:
            if hasOtherBrokers { awaySince = awaySince ?? now }
            return []
        case .message(let message):
            lastHeard = now
            return received(message, now: now)
        case .working(let tokens):
            for token in tokens where holding.contains(token) { begun[token] = begun[token] ?? now }
            return []
        case .ended(let token):
            end(token)
            return []
        case .finished(let token):
            holding.remove(token)
            end(token)
            lastSent = now
            return endIfDrained()
        case .reconnectFailed:
            reconnectAt = now + reconnectWait
            reconnectWait = min(2 * reconnectWait, Self.longestReconnectWait)
            return []
        case .drain: return startDraining(now: now)
        case .tick: return tick(now: now)
        }
    }

    private mutating func end(_ token: LeaseToken) {
        begun[token] = nil
        toldBegun.remove(token)
    }

    private mutating func sayReady() -> [Action] {
        guard drainingSince == nil else { return [] }
        var ready = identity
        ready.holding = holding.sorted()
        toldBegun = []
        return [.send(.ready(ready))]
    }

    private mutating func received(_ message: MessageFromBroker, now: Int) -> [Action] {
        switch message {
        case .job(let job):
            holding.insert(job.token)
            return [.start]
        case .heartbeat(let heartbeat): return heard(heartbeat)
        case .refused(let refused): return wasRefused(refused, now: now)
        case .bye(let bye): return [.note(.brokerLeaves(bye.reason))]
        case .accepted, .known, .busy, .outcome, .status, .list, .show, .acts, .replayed:
            return []
        }
    }

    private mutating func heard(_ heartbeat: Heartbeat) -> [Action] {
        if let interval = heartbeat.intervalMilliseconds { heartbeatMilliseconds = max(10, interval) }
        if let lease = heartbeat.leaseMilliseconds { leaseMilliseconds = max(20, lease) }
        if let longest = heartbeat.longestLeaseMilliseconds { longestLeaseMilliseconds = max(1_000, longest) }
        guard let incarnation = heartbeat.incarnation else { return [] }
        defer { self.incarnation = incarnation }
        guard let former = self.incarnation, former != incarnation else { return [] }
        return [.note(.brokerRestarted(incarnation: incarnation))]
    }

    private mutating func wasRefused(_ refused: Refused, now: Int) -> [Action] {
        switch refused.code {
        case .notReady:
            lastSent = now
            return sayReady()
        case .wrongRegister, .version, .notAllowed: return [.end(.refused(refused.code, refused.message))]
        default: return [.note(.resultRefused(refused))]
        }
    }

    private mutating func startDraining(now: Int) -> [Action] {
        guard drainingSince == nil else { return [] }
        drainingSince = now
        return [.send(.bye(Bye(reason: "the operator ends this worker")))] + endIfDrained()
    }

    private func endIfDrained() -> [Action] {
        drainingSince != nil && holding.isEmpty ? [.end(nil)] : []
    }

    private mutating func tick(now: Int) -> [Action] {
        if let since = drainingSince, now - since >= drainMilliseconds {
            return [.end(.drainTimedOut(jobs: holding.count))]
        }
        if let (token, since) = begun.min(by: { $0.value < $1.value }), now - since >= longestLeaseMilliseconds {
            return [.end(.jobNeverEnds(token, milliseconds: now - since))]
        }
        if let due = reconnectAt, now >= due {
            reconnectAt = nil
            return [.reconnect]
        }
        if let since = awaySince, now - since >= BrokerEndpoints.patienceMilliseconds {
            isConnected = false
            (awaySince, lastHeard) = (now, now)
            return [.reconnect]
        }
        let silence = now - lastHeard
        if isConnected, silence >= leaseMilliseconds {
            isConnected = false
            awaySince = hasOtherBrokers ? now : nil
            lastHeard = now
            return [.note(.silent(milliseconds: silence)), .reconnect]
        }
        guard isConnected else { return [] }
        // Most jobs end sooner: nothing is said of those.
        let news = begun.filter { now - $0.value >= heartbeatMilliseconds && !toldBegun.contains($0.key) }.keys.sorted()
        guard !news.isEmpty || now - lastSent >= heartbeatMilliseconds else { return [] }
        toldBegun.formUnion(news)
        lastSent = now
        return [.send(.heartbeat(Heartbeat(begun: news.isEmpty ? nil : news)))]
    }
}
