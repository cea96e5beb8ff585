import GreffierProtocol

/// Who waits for a document to come to rest.
struct Watchers {
    struct Watcher {
        let id: DocumentID
        let peer: Peer
        let request: Int?
        let end: MonotonicTime
    }

    private var byDocument: [DocumentID: [Watcher]] = [:]
    private var earliest: MonotonicTime?
    private(set) var count = 0

    mutating func add(_ watcher: Watcher) {
        byDocument[watcher.id, default: []].append(watcher)
        earliest = earliest.map { min($0, watcher.end) } ?? watcher.end
        count += 1
    }

    /// Those who wait for a document; they are forgotten.
    mutating func take(_ id: DocumentID) -> [Watcher] {
        guard count > 0, let taken = byDocument.removeValue(forKey: id) else { return [] }
        count -= taken.count
        return taken
    }

    /// At most `limit` of the documents, other ones each time.
    func some(_ limit: Int) -> [DocumentID] {
        guard byDocument.count > limit else { return Array(byDocument.keys) }
        return byDocument.keys.shuffled().prefix(limit).map { $0 }
    }

    /// Forgets those for whose connection `gone` holds.
    mutating func forget(_ gone: (Peer) -> Bool) {
        for (id, watching) in byDocument where watching.contains(where: { gone($0.peer) }) {
            let left = watching.filter { !gone($0.peer) }
            count -= watching.count - left.count
            byDocument[id] = left.isEmpty ? nil : left
        }
    }

    /// Those whose patience is at its end; they are forgotten.
    mutating func expired(at now: MonotonicTime) -> [Watcher] {
        guard let earliest, earliest <= now else { return [] }
        let expired = byDocument.values.joined().filter { $0.end <= now }
        for id in Set(expired.map(\.id)) {
            byDocument[id]?.removeAll { $0.end <= now }
            if byDocument[id]?.isEmpty == true { byDocument[id] = nil }
        }
        count -= expired.count
        self.earliest = byDocument.values.joined().map(\.end).min()
        return expired
    }
}
