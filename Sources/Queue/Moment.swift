/// A reading of a clock that never jumps, in milliseconds from an arbitrary start. Leases and delays are kept on it.
public struct MonotonicTime: Sendable, Hashable, Comparable {
    /// Milliseconds from an arbitrary start.
    public var milliseconds: Int

    /// A reading of so many milliseconds.
    public init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// The earlier reading first.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// A later reading.
    public static func + (time: Self, milliseconds: Int) -> Self {
        Self(milliseconds: time.milliseconds + milliseconds)
    }

    /// Milliseconds from `right` to `left`.
    public static func - (left: Self, right: Self) -> Int { left.milliseconds - right.milliseconds }
}

/// What both clocks of the broker show when something happens.
public struct Moment: Sendable, Hashable {
    /// The clock for leases, delays and heartbeats.
    public var monotonic: MonotonicTime
    /// The clock for people: seconds since 1970 UTC. Nothing is decided by it.
    public var wallSeconds: Int

    /// A reading of both clocks.
    public init(monotonic: MonotonicTime, wallSeconds: Int) {
        self.monotonic = monotonic
        self.wallSeconds = wallSeconds
    }
}
