import Deliberations

extension Deadline.ReminderProfile {
    /// On which days before the date reminders are sent, the earliest first.
    var daysBefore: [Int] {
        switch self {
        case .long: [60, 30, 15, 7, 1]
        case .mid: [30, 15, 7, 1]
        case .short: [7, 3, 1]
        case .flash: [2, 1]
        case .keep: [365, 90, 30]
        case .info, .none: []
        }
    }

    /// When a duty that is overdue is reminded of; nil if it is not.
    var overdue: OverdueSeries? {
        switch self {
        case .long, .mid: OverdueSeries(days: 7)
        case .short: OverdueSeries(days: 2)
        case .flash: OverdueSeries(days: 1)
        case .keep, .info, .none: nil
        }
    }

    /// Whether a reminder is sent at creation even if no step is past by then.
    var alwaysAtCreation: Bool { self == .flash }
}
