import Deadlines

/// What the last attempts tell of the mail server: while it is in trouble nobody's mail is attempted, and the rest between
/// two attempts grows, whoever's mails they are.
struct ServerHealth {
    private let policy: RetryPolicy
    private var troubles = 0
    private var lostConnections = 0
    private var rest: Range<UTCInstant>?

    /// Connections lost over so many mails in a row are the server's trouble and not those mails'.
    private static let lostConnectionLimit = 2

    init(_ policy: RetryPolicy) { self.policy = policy }

    /// Until when nobody is to be attempted; nil when the server may be asked. A clock that went back ends the rest.
    func restEnd(at now: UTCInstant) -> UTCInstant? {
        guard let rest, rest.contains(now) else { return nil }
        return rest.upperBound
    }

    /// The server answered for a mail or refused it.
    mutating func answered() {
        (troubles, lostConnections, rest) = (0, 0, nil)
    }

    /// The server takes nobody's mail. Returns when to ask it again.
    mutating func isInTrouble(now: UTCInstant, using generator: inout some RandomNumberGenerator) -> UTCInstant {
        troubles += 1
        lostConnections = 0
        let end = now + policy.wait(afterAttempt: troubles, using: &generator)
        rest = now..<end
        return end
    }

    /// A connection broke over one mail. Returns when to ask the server again if it is not that mail's fault alone.
    mutating func lostConnection(now: UTCInstant, using generator: inout some RandomNumberGenerator) -> UTCInstant? {
        lostConnections += 1
        return lostConnections < Self.lostConnectionLimit ? nil : isInTrouble(now: now, using: &generator)
    }
}
