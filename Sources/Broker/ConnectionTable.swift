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
        let group: AddressGroup
        /// Which connection it is, counted from the first.
        let number: Int
        /// When it was accepted.
        let start = ContinuousClock.now
        /// Bytes that carried its messages that were read.
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
        var lastNumber = 0
        var perGroup: [AddressGroup: Int] = [:]
        /// By address, the keys that were let in there and have said nothing whole yet.
        var silentKeys: [AddressGroup: Set<CurvePublicKey>] = [:]
        /// Addresses from which nothing is accepted for some time, and the end of it.
        var closed: [AddressGroup: ContinuousClock.Instant] = [:]

        mutating func isClosed(_ group: AddressGroup) -> Bool {
            guard let end = closed[group] else { return false }
            if end <= .now { closed[group] = nil }
            return end > .now
        }

        mutating func enter(_ descriptor: Int32, host: String, port: String) -> Entry {
            leave(descriptor)
            lastNumber += 1
            let entry = Entry(host: host, port: port, group: AddressGroup(of: host), number: lastNumber)
            entries[descriptor] = entry
            perGroup[entry.group, default: 0] += 1
            return entry
        }

        mutating func leave(_ descriptor: Int32) {
            guard let group = entries.removeValue(forKey: descriptor)?.group else { return }
            let left = perGroup[group, default: 1] - 1
            perGroup[group] = left > 0 ? left : nil
            if left <= 0 { silentKeys[group] = nil }
        }

        /// The only key that a connection can have that has said nothing whole yet.
        func silentKey(of entry: Entry) -> CurvePublicKey? {
            guard entry.key == nil, let silent = silentKeys[entry.group], silent.count == 1 else { return nil }
            return silent.first
        }

        /// Who is to leave for the newest connection: the oldest one that has said nothing under a key, of its own address
        /// if that has too many, else of the one with most of them. What has proved a key leaves for nobody.
        func victim(in group: AddressGroup?) -> Int32? {
            let silent = entries.filter { $0.value.key == nil }
            let crowd =
                group ?? Dictionary(grouping: silent.values, by: \.group).max { $0.value.count < $1.value.count }?.key
            return silent.filter { $0.value.group == crowd }.min { $0.value.number < $1.value.number }?.key
        }
    }

    private static let closedTime = Duration.seconds(30)
    /// A handshake with CURVE has less than a kibibyte.
    private static let handshakeBytes = 64 << 10

    private let limits: ConnectionLimits
    private let state = Lock(State())

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Notes a new connection. When there is one too many, the one that has kept silent for longest is cut for it.
    /// - Returns: the address of the one that was cut.
    func accepted(_ descriptor: Int32) -> String? {
        guard let (host, port) = Connection(descriptor: descriptor).peer else { return nil }
        let cut = state.withLock { state -> (descriptor: Int32, entry: Entry)? in
            let entry = state.enter(descriptor, host: host, port: port)
            if state.isClosed(entry.group) { return (descriptor, entry) }
            let isCrowdHere = state.perGroup[entry.group, default: 0] > limits.perAddress
            guard isCrowdHere || state.entries.count > limits.total else { return nil }
            let victim = state.victim(in: isCrowdHere ? entry.group : nil) ?? descriptor
            return (victim, state.entries[victim] ?? entry)
        }
        guard let cut else { return nil }
        cutIfSame(cut.descriptor, cut.entry)
        // It counts no more, so that the newest has its place at once.
        if cut.descriptor != descriptor { state.withLock { $0.leave(cut.descriptor) } }
        return cut.entry.host
    }

    /// The number may belong to another connection by now.
    private func cutIfSame(_ descriptor: Int32, _ entry: Entry) {
        let connection = Connection(descriptor: descriptor)
        if let peer = connection.peer, peer == (entry.host, entry.port) { connection.cut() }
    }

    /// Forgets a connection.
    func ended(_ descriptor: Int32) {
        state.withLock { $0.leave(descriptor) }
    }

    /// Cuts a connection that keeps memory occupied. Its address is closed for some time, unless somebody there has
    /// proved a key: hosts behind one address must not pay for each other.
    func cut(_ sender: Sender) {
        sender.connection.cut()
        let group = sender.entry.group
        state.withLock { state in
            guard !state.entries.values.contains(where: { $0.group == group && $0.key != nil }) else { return }
            let now = ContinuousClock.now
            state.closed = state.closed.filter { $0.value > now }
            state.closed[group] = now + Self.closedTime
        }
    }

    /// Connections that sent more than any handshake from addresses where nobody has proved a key: libzmq keeps what they
    /// send, and reads it in vain.
    func handshakeFloods() -> [Sender] {
        let silent = state.withLock { state in
            let known = Set(state.entries.values.filter { $0.key != nil }.map(\.group)).union(state.silentKeys.keys)
            return state.entries.filter { $0.value.key == nil && !known.contains($0.value.group) }
        }
        return silent.compactMap { Self.sender($0.key, $0.value) }.filter { $0.unreadBytes > Self.handshakeBytes }
    }

    /// Forgets all: their socket was closed.
    func removeAll() {
        state.withLock { state in
            state.entries = [:]
            state.perGroup = [:]
            state.silentKeys = [:]
        }
    }

    /// Notes that the owner of a key was let in from an address; which connection that is nobody says before its first
    /// message.
    func letIn(_ key: CurvePublicKey, from host: String) {
        state.withLock { state in
            _ = state.silentKeys[AddressGroup(of: host), default: []].insert(key)
        }
    }

    /// Notes that a message was read, which so many bytes have carried.
    func read(_ origin: MessageOrigin, bytes: Int) {
        guard let descriptor = origin.descriptor else { return }
        state.withLock { state in
            state.entries[descriptor]?.readBytes += bytes
            guard let entry = state.entries[descriptor], entry.key == nil, let key = origin.key else { return }
            state.entries[descriptor]?.key = key
            state.silentKeys[entry.group]?.remove(key)
        }
    }

    /// The key of a connection: what it said under, or else the only one that can be its.
    func likelyKey(of sender: Sender) -> CurvePublicKey? {
        sender.entry.key ?? state.withLock { $0.silentKey(of: sender.entry) }
    }

    /// Whether a peer at that address may join; it is counted already.
    func hasRoom(for address: String) -> Bool {
        let group = AddressGroup(of: address)
        return state.withLock { state in
            state.entries.count <= limits.total && state.perGroup[group, default: 0] <= limits.perAddress
        }
    }

    /// Cuts all connections that belong to a key: also those that have said nothing whole yet and can be no other's.
    func cut(_ key: CurvePublicKey) {
        let entries = state.withLock { state in
            state.entries.filter { $0.value.key == key || state.silentKey(of: $0.value) == key }
        }
        for (descriptor, entry) in entries { cutIfSame(descriptor, entry) }
    }

    /// How many there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Who sent most that nobody has read, the largest first.
    func largestSenders() -> [Sender] {
        let entries = state.withLock { $0.entries }
        return entries.compactMap { Self.sender($0.key, $0.value) }.sorted { $0.unreadBytes > $1.unreadBytes }
    }

    private static func sender(_ descriptor: Int32, _ entry: Entry) -> Sender? {
        let connection = Connection(descriptor: descriptor)
        // The number may belong to another by now.
        guard let peer = connection.peer, peer == (entry.host, entry.port), let received = connection.receivedBytes
        else { return nil }
        return Sender(
            connection: connection, entry: entry,
            unreadBytes: max(0, received - entry.readBytes - entry.heartbeatBytes(until: .now)))
    }
}

extension ConnectionTable.Entry {
    /// What its heartbeats may have come to, which nobody reads as messages: a peer asks every three seconds, and answers.
    fileprivate func heartbeatBytes(until now: ContinuousClock.Instant) -> Int {
        Int((now - start).components.seconds) / 60 * 4_096
    }
}

extension Message {
    /// How many bytes have carried it over an encrypted connection. What is left out here would count as sent in vain, and in
    /// time make an honest peer look like one that floods.
    var carriedBytes: Int { frames.reduce(0) { $0 + Self.carriedBytes(of: $1.count) } }

    /// A frame travels as one CURVE message (ZeroMQ RFC 26): a name of 8 bytes, a nonce of 8, a code of 16 and a flag; before it
    /// a flag and its length, in one byte or in eight (RFC 23).
    private static func carriedBytes(of frame: Int) -> Int {
        let sealed = frame + 33
        return sealed + (sealed > 255 ? 9 : 2)
    }
}

extension RefusedMessage {
    /// How many bytes have carried it over an encrypted connection, at most.
    var carriedBytes: Int { byteCount + frameCount * 42 }
}
