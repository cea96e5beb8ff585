import Locks
import ZeroMQ

/// The connections to the encrypted sockets, from the moment in which they are accepted, before they have proved
/// anything: how many there are from where, and how much each has sent that nobody has read.
///
/// The socket's thread keeps it; the authenticator's asks it.
final class ConnectionTable: Sendable {
    /// One connection.
    struct Entry {
        let host: String
        let port: String
        /// Bytes of its messages that were read.
        var readBytes = 0
        /// Its key, once it has said something.
        var key: CurvePublicKey?
    }

    /// A connection that keeps memory occupied.
    struct Sender {
        let connection: Connection
        let entry: Entry
        /// Bytes that arrived and were not read: parts of a message that is not whole, or messages that wait.
        let unreadBytes: Int
    }

    private struct State {
        var entries: [Int32: Entry] = [:]
        var perHost: [String: Int] = [:]
        /// By address, the keys that were let in there and have said nothing whole yet.
        var silentKeys: [String: Set<CurvePublicKey>] = [:]
        /// Addresses from which nothing is accepted for some time, and the end of it.
        var closed: [String: ContinuousClock.Instant] = [:]

        mutating func isClosed(_ host: String) -> Bool {
            guard let end = closed[host] else { return false }
            if end <= .now { closed[host] = nil }
            return end > .now
        }

        mutating func leave(_ host: String) {
            let left = perHost[host, default: 1] - 1
            perHost[host] = left > 0 ? left : nil
            if left <= 0 { silentKeys[host] = nil }
        }
    }

    private static let closedTime = Duration.seconds(30)

    private let limits: ConnectionLimits
    private let state = Lock(State())

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Notes a new connection; one too many is cut at once.
    /// - Returns: the address of one that was cut.
    func accepted(_ descriptor: Int32) -> String? {
        let connection = Connection(descriptor: descriptor)
        guard let (host, port) = connection.peer else { return nil }
        let isTooMany = state.withLock { state in
            if let old = state.entries.updateValue(Entry(host: host, port: port), forKey: descriptor) {
                state.leave(old.host)
            }
            state.perHost[host, default: 0] += 1
            return state.entries.count > limits.total || state.perHost[host, default: 0] > limits.perAddress
                || state.isClosed(host)
        }
        guard isTooMany else { return nil }
        connection.cut()
        return host
    }

    /// Forgets a connection.
    func ended(_ descriptor: Int32) {
        state.withLock { state in
            if let old = state.entries.removeValue(forKey: descriptor) { state.leave(old.host) }
        }
    }

    /// Cuts a connection that keeps memory occupied. Its address is closed for some time, unless somebody there has
    /// proved a key: hosts behind one address must not pay for each other.
    func cut(_ sender: Sender) {
        sender.connection.cut()
        let host = sender.entry.host
        state.withLock { state in
            guard !state.entries.values.contains(where: { $0.host == host && $0.key != nil }) else { return }
            state.closed[host] = .now + Self.closedTime
        }
    }

    /// Forgets all: their socket was closed.
    func removeAll() {
        state.withLock { state in
            state.entries = [:]
            state.perHost = [:]
            state.silentKeys = [:]
        }
    }

    /// Notes that the owner of a key was let in from an address; which connection that is nobody says before its first
    /// message.
    func letIn(_ key: CurvePublicKey, from host: String) {
        state.withLock { state in
            _ = state.silentKeys[host, default: []].insert(key)
        }
    }

    /// Notes that a message was read.
    func read(_ origin: MessageOrigin, bytes: Int) {
        guard let descriptor = origin.descriptor else { return }
        state.withLock { state in
            state.entries[descriptor]?.readBytes += bytes
            guard let entry = state.entries[descriptor], entry.key == nil, let key = origin.key else { return }
            state.entries[descriptor]?.key = key
            state.silentKeys[entry.host]?.remove(key)
        }
    }

    /// The key of a connection: what it said under, or else the only one that can be its.
    func likelyKey(of sender: Sender) -> CurvePublicKey? {
        if let key = sender.entry.key { return key }
        let silent = state.withLock { $0.silentKeys[sender.entry.host] ?? [] }
        return silent.count == 1 ? silent.first : nil
    }

    /// Whether a peer at that address may join; it is counted already.
    func hasRoom(for address: String) -> Bool {
        state.withLock { $0.entries.count <= limits.total && $0.perHost[address, default: 0] <= limits.perAddress }
    }

    /// Cuts all connections that belong to a key.
    func cut(_ key: CurvePublicKey) {
        for (descriptor, entry) in state.withLock({ $0.entries }) where entry.key == key {
            let connection = Connection(descriptor: descriptor)
            if let peer = connection.peer, peer == (entry.host, entry.port) { connection.cut() }
        }
    }

    /// How many there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Who sent most that nobody has read, the largest first.
    func largestSenders() -> [Sender] {
        let entries = state.withLock { $0.entries }
        return entries.compactMap { descriptor, entry in
            let connection = Connection(descriptor: descriptor)
            // The number may belong to another by now.
            guard let peer = connection.peer, peer == (entry.host, entry.port),
                let received = connection.receivedBytes
            else { return nil }
            return Sender(connection: connection, entry: entry, unreadBytes: received - entry.readBytes)
        }.sorted { $0.unreadBytes > $1.unreadBytes }
    }
}
