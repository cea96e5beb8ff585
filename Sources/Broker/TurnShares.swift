import ZeroMQ

/// How many messages each key has had taken in this turn of the broker. When others speak too, one gets half of a turn at
/// most, so that who floods takes nothing from them.
struct TurnShares {
    private let share: Int
    private var taken: [CurvePublicKey: Int] = [:]
    private var keysBefore: Set<CurvePublicKey> = []

    /// Shares of turns of at most `messages`.
    init(messages: Int) {
        share = max(1, messages / 2)
    }

    /// A turn begins.
    mutating func begin() {
        keysBefore = Set(taken.keys)
        taken.removeAll(keepingCapacity: true)
    }

    /// Notes a message of a key.
    /// - Returns: whether it is beyond the key's share while another key speaks in this turn, or spoke in the last.
    mutating func isBeyondShare(_ key: CurvePublicKey) -> Bool {
        taken[key, default: 0] += 1
        guard taken[key, default: 0] > share else { return false }
        return taken.count > 1 || keysBefore.contains { $0 != key }
    }
}
