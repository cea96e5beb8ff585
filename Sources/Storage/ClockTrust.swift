/// Whether the wall clock is believed by whoever erases what is old: what is erased does not come back.
///
/// A clock that made a great step is believed once it has gone on for a day. Within a run the other clock shows the step;
/// at a start, what a believed clock showed last shows it, which the store keeps. So it keeps how long a clock has gone on that
/// is not believed: a host that is switched off each night would never have a day of it in one run.
public struct ClockTrust: Sendable, Hashable {
    /// A clock that is not believed yet.
    public struct Doubt: Sendable, Hashable {
        /// What it showed last, in seconds since 1970 UTC.
        public var shown: Int
        /// How long it has gone on while a program looked, in milliseconds.
        public var lasted: Int

        /// A clock that showed this last and has gone on for so long.
        public init(shown: Int, lasted: Int) {
            self.shown = shown
            self.lasted = lasted
        }
    }

    /// What a store keeps of the clock for the next start.
    public struct Memory: Sendable, Hashable {
        /// What a believed clock showed last, in seconds since 1970 UTC; nil in a new store.
        public var believed: Int?
        /// The clock that was doubted since, if one was.
        public var doubted: Doubt?

        /// Nothing, unless it is given.
        public init(believed: Int? = nil, doubted: Doubt? = nil) {
            self.believed = believed
            self.doubted = doubted
        }
    }

    /// A step within a run past which the clock is not believed, in seconds.
    public static let greatStep = 3_600
    /// For how long a host may be at rest, in seconds, before a start: a long weekend.
    public static let longestRest = 4 * 86_400
    /// How long a clock must go on after a great step to be believed, in milliseconds.
    static let probation = 86_400_000

    /// How far the wall clock was ahead of the other one at the last look, in milliseconds.
    private var offset: Int
    private var believedFrom: Int

    /// The trust of a program that starts.
    /// - Parameters:
    ///   - wallSeconds: the wall clock, in seconds since 1970 UTC.
    ///   - milliseconds: a clock that makes no steps.
    ///   - memory: what the store kept.
    public init(wallSeconds: Int, milliseconds: Int, memory: Memory) {
        offset = wallSeconds * 1_000 - milliseconds
        believedFrom = milliseconds
        guard let latest = memory.believed, wallSeconds - latest > Self.longestRest else { return }
        if let doubted = memory.doubted, doubted.isContinued(by: wallSeconds) {
            believedFrom += max(0, Self.probation - doubted.lasted)
        } else {
            // The first look finds the step.
            offset = latest * 1_000 - milliseconds
        }
    }

    /// Looks at the clocks: the great step that the wall clock made since the last look, in seconds, or nil.
    public mutating func look(wallSeconds: Int, milliseconds: Int) -> Int? {
        let seen = wallSeconds * 1_000 - milliseconds
        defer { offset = seen }
        let step = (seen - offset) / 1_000
        guard abs(step) > Self.greatStep else { return nil }
        believedFrom = milliseconds + Self.probation
        return step
    }

    /// Whether the clock is believed now, as far as the last look showed.
    public func believes(at milliseconds: Int) -> Bool { milliseconds >= believedFrom }

    /// What is to be kept of a clock that is not believed now; nil of one that is.
    public func doubt(wallSeconds: Int, milliseconds: Int) -> Doubt? {
        guard !believes(at: milliseconds) else { return nil }
        return Doubt(shown: wallSeconds, lasted: Self.probation - (believedFrom - milliseconds))
    }
}

extension ClockTrust.Doubt {
    /// Whether a clock that shows this at a start may be the same one, which went on while the host was at rest.
    fileprivate func isContinued(by wallSeconds: Int) -> Bool {
        (-ClockTrust.greatStep...ClockTrust.longestRest).contains(wallSeconds - shown)
    }
}
