import Deadlines
import Storage

/// Lets leave what is older than a register keeps, a little at a time, for as long as a program runs.
///
/// Of several programs on one register one does it. None does while its clock is not believed.
public struct RegisterExpiry: Sendable {
    /// What one step did.
    public struct Step: Sendable, Hashable {
        /// Documents that left.
        public var documents = 0
        /// Lines of the audit trail that left.
        public var auditLines = 0
        /// The great step that the clock made, in seconds, for which it is not believed for a day.
        public var clockStep: Int?
        /// When to ask again, in milliseconds.
        public var wait: Int
    }

    private let register: Register
    private let retention: RegisterRetention
    private var trust: ClockTrust
    private var cursor: Register.ExpiryCursor?

    /// Between two looks whether the turn has come, and two steps, in milliseconds: registration has the register in between.
    private static let interval = 60_000
    private static let pause = 500
    /// How long one program has the turn, in seconds; a pass over the register begins so often.
    private static let turn = 3_600

    private static let turnName = "retention"
    private static let clockName = "believed-clock"
    /// What a clock showed last that is not believed, and how long it has gone on, as a moment so long after 1970.
    private static let doubtName = "doubted-clock"
    private static let doubtTimeName = "doubted-clock-lasted"

    /// - Parameters:
    ///   - now: what the wall clock shows.
    ///   - milliseconds: what a clock shows that makes no steps.
    public init(register: Register, retention: RegisterRetention, now: UTCInstant, milliseconds: Int) throws {
        self.register = register
        self.retention = retention
        trust = ClockTrust(
            wallSeconds: now.secondsSince1970, milliseconds: milliseconds, memory: try Self.clock(of: register))
    }

    /// Takes one step, if it is this program's turn.
    public mutating func step(now: UTCInstant, milliseconds: Int) throws -> Step {
        var step = Step(wait: Self.interval)
        step.clockStep = trust.look(wallSeconds: now.secondsSince1970, milliseconds: milliseconds)
        if let doubt = trust.doubt(wallSeconds: now.secondsSince1970, milliseconds: milliseconds) {
            try register.schedule([
                Self.doubtName: now, Self.doubtTimeName: UTCInstant(secondsSince1970: doubt.lasted / 1_000),
            ])
            return step
        }
        guard try hasTurn(now) else { return step }
        // Nothing leaves while a backup copies it.
        guard
            let expired = try register.erasing({
                try register.expire(retention, from: cursor ?? Register.ExpiryCursor(), now: now)
            })
        else { return step }
        (step.documents, step.auditLines) = (expired.documents, expired.auditLines)
        cursor = expired.next ?? (expired.auditLines > 0 ? .init(day: .max, authority: .max) : nil)
        if cursor != nil { step.wait = Self.pause }
        return step
    }

    private static func clock(of register: Register) throws -> ClockTrust.Memory {
        var memory = ClockTrust.Memory(
            believed: try register.scheduled(clockName)?.secondsSince1970 ?? register.latestEntry())
        if let shown = try register.scheduled(doubtName), let lasted = try register.scheduled(doubtTimeName) {
            memory.doubted = ClockTrust.Doubt(shown: shown.secondsSince1970, lasted: lasted.secondsSince1970 * 1_000)
        }
        return memory
    }

    /// Whether a pass is going on here, or the time of one has come and no other program has begun it.
    private func hasTurn(_ now: UTCInstant) throws -> Bool {
        if cursor != nil {
            try register.schedule(Self.turnName, at: now + Self.turn)
            return true
        }
        guard try register.takeTurn(Self.turnName, for: Self.turn, now: now) else { return false }
        // A clock that is believed ends all doubts.
        try register.schedule([Self.clockName: now, Self.doubtTimeName: UTCInstant(secondsSince1970: 0)])
        return true
    }
}
