/// The days after its date on which an overdue duty is reminded of: the next day, then every week, and after two months
/// every 30 days until somebody says that it is done. It never ends by itself, so that nothing is forgotten.
enum OverdueSeries {
    private static let week = 7
    private static let month = 30
    /// How many weekly notices follow the first.
    private static let weeks = 8

    /// How many days after the date the notice with this number leaves; the first is 0.
    static func offset(_ number: Int) -> Int {
        number <= weeks ? 1 + week * number : 1 + week * weeks + month * (number - weeks)
    }

    /// The number of the last notice that is planned up to so many days after the date; 0 if there is none.
    static func number(onOrBefore days: Int) -> Int {
        let weekly = max(0, days - 1) / week
        return weekly <= weeks ? weekly : weeks + (days - offset(weeks)) / month
    }
}
