/// How many jobs of each source may be waiting at one stage, and whose turn it is.
///
/// The counts are never too low: a job that is held or dropped while it waits stays counted until a claim finds
/// nothing. So no job is forgotten, and a source with 100,000 documents gets every n-th turn like one with a single one.
struct WaitingSources {
    private var counts: [ExactName: Int] = [:]
    private var turn: [ExactName] = []
    private var position = 0

    var isEmpty: Bool { turn.isEmpty }
    var sources: Int { turn.count }

    func contains(_ source: ExactName) -> Bool { counts[source] != nil }

    /// How many jobs of a source may be waiting.
    func count(of source: ExactName) -> Int { counts[source] ?? 0 }

    mutating func add(_ count: Int, of source: ExactName) {
        guard count > 0 else { return }
        if counts[source] == nil { turn.append(source) }
        counts[source, default: 0] += count
    }

    /// Makes it the turn of these sources, in this order; then it is whose it would have been.
    mutating func keepTurns(_ sources: [ExactName]) {
        let moved = Set(sources)
        let next = turn.dropFirst(position).first { !moved.contains($0) }
        turn.removeAll(where: moved.contains)
        position = next.flatMap { turn.firstIndex(of: $0) } ?? turn.count
        turn.insert(contentsOf: sources.filter { counts[$0] != nil }, at: position)
    }

    /// Takes one job of the source whose turn it is.
    mutating func next() -> ExactName? {
        guard !turn.isEmpty else { return nil }
        if position >= turn.count { position = 0 }
        let source = turn[position]
        let left = (counts[source] ?? 1) - 1
        if left > 0 {
            counts[source] = left
            position += 1
        } else {
            counts[source] = nil
            turn.remove(at: position)
        }
        return source
    }
}
