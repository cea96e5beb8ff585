import Deadlines
import Deliberations

/// Computes a register's running deadlines anew when what they were computed on has changed: the rules, the calendar, or what
/// the configuration says of authorities. It needs no document: the register has the Extracts.
///
/// Of several programs on one register one does it, and another goes on where one ended.
public struct DeadlineRecomputation: Sendable {
    /// What one step did.
    public struct Step: Sendable, Hashable {
        /// Documents whose deadlines changed.
        public var changed = 0
        /// Whether all is done.
        public var isDone = false
        /// When to ask again, in milliseconds.
        public var wait = 0
    }

    private let register: Register
    private let basis: DeadlineBasis
    private var hasTurn = false

    /// Between two looks whether another program is through, in milliseconds, and for how long one has the turn, in seconds.
    private static let interval = 60_000
    private static let turn = 600
    /// Between two steps that changed something: registration has the register in between.
    private static let pause = 200

    private static let turnName = "deadline-recomputation"

    /// What computes a register's deadlines on a basis.
    public init(register: Register, basis: DeadlineBasis) {
        self.register = register
        self.basis = basis
    }

    /// Takes one step, if there is something to do and it is this program's turn.
    public mutating func step(now: UTCInstant) throws -> Step {
        if try register.isComputed(on: basis.fingerprint) { return Step(isDone: true) }
        if hasTurn {
            try register.schedule(Self.turnName, at: now + Self.turn)
        } else {
            hasTurn = try register.takeTurn(Self.turnName, for: Self.turn, now: now)
        }
        guard hasTurn else { return Step(wait: Self.interval) }
        guard let changed = try register.recompute(on: basis, now: now) else {
            try register.schedule(Self.turnName, at: now)
            return Step(isDone: true)
        }
        return Step(changed: changed, wait: changed > 0 ? Self.pause : 1)
    }
}
