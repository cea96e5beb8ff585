/// Who uses up an allowance: the owner of a key over all its connections; of this host, one connection.
enum Asker: Hashable {
    case owner(String)
    case connection(Peer)

    init(_ peer: Peer) {
        self = peer.identity.map { .owner($0.name) } ?? .connection(peer)
    }
}

/// How much of something bounded is in use, in all and by whom.
///
/// Nobody gets so much that the others are left without: a key that only pushes a quarter, and all such keys together three
/// quarters; the rest is for operators and this host, each of whom gets at most half.
struct Allowances {
    private(set) var used = 0
    private var byAsker: [Asker: Int] = [:]

    var isEmpty: Bool { used == 0 && byAsker.isEmpty }

    /// Whether a peer may use so much more of `limit`. Of what nobody uses the first gets all that it asks for, and a peer
    /// that uses nothing gets more than its share where there is room.
    func hasRoom(for amount: Int, of peer: Peer, limit: Int) -> Bool {
        guard used > 0 else { return true }
        let isReserved = peer.onlySource == nil
        let (share, all) = isReserved ? (limit / 2, limit) : (limit / 4, limit - limit / 4)
        let own = byAsker[Asker(peer), default: 0]
        return used + amount <= all && (own == 0 || own + amount <= share)
    }

    /// Whether a peer that only pushes would use more than `share` while others use something too: then they would wait for it.
    func isCrowding(_ amount: Int, of peer: Peer, share: Int) -> Bool {
        let own = byAsker[Asker(peer), default: 0]
        return own > 0 && own + amount > share && used > own && (peer.identity == nil || peer.onlySource != nil)
    }

    /// Notes that an asker uses so much more, or less where the amount is negative.
    mutating func add(_ amount: Int, by asker: Asker) {
        used += amount
        let own = byAsker[asker, default: 0] + amount
        byAsker[asker] = own > 0 ? own : nil
    }
}
