import GreffierProtocol

/// Who waits for a document to come to rest.
struct Watchers {
    struct Watcher {
        let id: DocumentID
        let peer: Peer
        let request: Int?
        let end: MonotonicTime
    }

    private var byDocument: [DocumentID: [Peer: Watcher]] = [:]
    private var byPeer: [Peer: Set<DocumentID>] = [:]
    private var allowances = Allowances()
    private var earliest: MonotonicTime?

    /// How many wait.
    var count: Int { allowances.used }

    /// Whether a peer may wait for one more document, of `limit` in all.
    func hasRoom(for peer: Peer, waitingFor id: DocumentID, limit: Int) -> Bool {
        byDocument[id]?[peer] != nil || limit > 0 && allowances.hasRoom(for: 1, of: peer, limit: limit)
    }

    /// Adds one.
    /// - Returns: the one whose place it takes: a peer waits once for a document.
    mutating func add(_ watcher: Watcher) -> Watcher? {
        let former = byDocument[watcher.id, default: [:]].updateValue(watcher, forKey: watcher.peer)
        earliest = earliest.map { min($0, watcher.end) } ?? watcher.end
        guard former == nil else { return former }
        byPeer[watcher.peer, default: []].insert(watcher.id)
        allowances.add(1, by: Asker(watcher.peer))
        return nil
    }

    /// Those who wait for a document; they are forgotten.
    mutating func take(_ id: DocumentID) -> [Watcher] {
        guard count > 0, let taken = byDocument[id]?.values else { return [] }
        for watcher in taken { remove(watcher) }
        return Array(taken)
    }

    /// At most `limit` of the documents, other ones each time.
    func some(_ limit: Int) -> [DocumentID] {
        guard byDocument.count > limit else { return Array(byDocument.keys) }
        return byDocument.keys.shuffled().prefix(limit).map { $0 }
    }

    /// Forgets all that a peer waits for.
    mutating func forget(_ peer: Peer) {
        for id in byPeer[peer] ?? [] {
            if let watcher = byDocument[id]?[peer] { remove(watcher) }
        }
    }

    /// Forgets those for whose connection `gone` holds.
    mutating func forget(_ gone: (Peer) -> Bool) {
        for peer in byPeer.keys.filter(gone) { forget(peer) }
    }

    /// Those whose patience is at its end; they are forgotten.
    mutating func expired(at now: MonotonicTime) -> [Watcher] {
        guard let earliest, earliest <= now else { return [] }
        let expired = byDocument.values.flatMap { $0.values.filter { $0.end <= now } }
        for watcher in expired { remove(watcher) }
        self.earliest = byDocument.values.joined().map(\.value.end).min()
        return expired
    }

    private mutating func remove(_ watcher: Watcher) {
        byDocument[watcher.id]?[watcher.peer] = nil
        if byDocument[watcher.id]?.isEmpty == true { byDocument[watcher.id] = nil }
        byPeer[watcher.peer]?.remove(watcher.id)
        if byPeer[watcher.peer]?.isEmpty == true { byPeer[watcher.peer] = nil }
        allowances.add(-1, by: Asker(watcher.peer))
    }
}
