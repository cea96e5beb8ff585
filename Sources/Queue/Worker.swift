import GreffierProtocol

/// A worker process as the machine knows it.
struct Worker {
    let peer: Peer
    let name: WorkerName
    let ready: Ready
    let since: Int
    var credit: Int
    var leases: Set<LeaseToken> = []
    /// Jobs that claims on their way to the store will bring.
    var claiming = 0
    /// Bytes of the payloads of its leases, and bytes that its claims may bring.
    var payloadBytes = 0
    var claimingBytes = 0
    /// How many of its leases may take minutes, and how many more of them its claims may bring.
    var slow = 0
    var claimingSlow = 0
    var heard: MonotonicTime
    var spoken: MonotonicTime
    /// It said BYE: it gets no more jobs, and its silence is its end, not its death.
    var leaving = false
    /// Leases that outlived the longest one and whose jobs it has not answered: its threads may hang.
    var outlived: Set<LeaseToken> = []
    /// It holds a suspect, or its last jobs end before it gets one: nothing else beside. Of an idle worker it says
    /// nothing.
    var alone = false
    /// Its connection was full: no job before this time.
    var notBefore: MonotonicTime?

    init(_ ready: Ready, peer: Peer, credit: Int, now: Moment) {
        self.peer = peer
        self.ready = ready
        self.credit = credit
        name = WorkerName(ready, peer.identity)
        since = now.wallSeconds
        heard = now.monotonic
        spoken = now.monotonic
    }

    /// How many more jobs it may get now, as long as it holds no more than `limit` bytes of payload.
    func room(at now: MonotonicTime, bytes limit: Int) -> Int {
        guard isServing, payloadBytes + claimingBytes < limit, !alone || isIdle, notBefore.map({ $0 <= now }) ?? true
        else { return 0 }
        return credit - leases.count - claiming
    }

    /// How many more documents that may take minutes it may get: no more than it does at once, so that nothing waits behind
    /// them in its hands. At the other stages none do.
    var slowRoom: Int {
        ready.stage == .ingest ? max(1, ready.threads ?? 1) - slow - claimingSlow : .max
    }

    /// Whether it says which of its jobs it has begun.
    var tellsBegun: Bool { ready.threads != nil }

    var isIdle: Bool { leases.isEmpty && claiming == 0 }

    /// Whether it is to get further jobs. What one that is not holds when it ends is not to blame for that end.
    var isServing: Bool { !leaving && outlived.isEmpty }
}

/// A lease that stands, as far as this broker knows.
struct Lease {
    let job: LeasedJob
    /// The bytes of its payload, unless it was leased by a former broker.
    let payloadBytes: Int
    /// The connection of its worker, while there is one.
    var worker: Peer?
    let granted: MonotonicTime
    /// When it ends whatever its worker says: set when its worker's connection was lost, or a broker was restarted.
    var end: MonotonicTime?
    /// What it means when it ends so.
    var ending: Ending
    /// Whether it may take minutes.
    var isSlow = false
    /// When its worker said that it had begun; nil before, or from a worker that does not say.
    var begun: MonotonicTime?

    enum Ending {
        /// Its worker died with it and others.
        case crowded
        /// Its worker died with it alone.
        case alone
        /// Its worker lives or left in order.
        case unused
    }
}
