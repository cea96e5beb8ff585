/// The days after its date on which an overdue duty is reminded of: the next day, and then every so many days. It never
/// ends by itself, so that nothing is forgotten, until somebody says that it is done.
struct OverdueSeries: Hashable, Sendable {
    /// How many days lie between two notices.
    let days: Int

    /// How many days after the date the first notice leaves.
    private static let first = 1

    /// How many days after the date the notice with this number leaves; the first is 0.
    func offset(_ number: Int) -> Int { Self.first + days * number }

    /// The number of the last notice that is planned up to so many days after the date; 0 if there is none.
    func number(onOrBefore day: Int) -> Int { max(0, day - Self.first) / days }
}
