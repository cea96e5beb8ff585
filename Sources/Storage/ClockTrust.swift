/// Whether the wall clock is believed by whoever erases what is old: what is erased does not come back.
///
/// A clock that made a great step is believed once it has gone on for a day. Within a run the other clock shows the step;
/// at a start, what a believed clock showed last shows it, which the store keeps.
public struct ClockTrust: Sendable, Hashable {
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
    ///   - latest: what a believed clock showed last, in seconds since 1970 UTC; nil in a new store.
    public init(wallSeconds: Int, milliseconds: Int, latest: Int?) {
        let rested = latest.map { wallSeconds - $0 } ?? 0
        let shown = rested > Self.longestRest ? wallSeconds - rested : wallSeconds
        offset = shown * 1_000 - milliseconds
        believedFrom = milliseconds
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
}
