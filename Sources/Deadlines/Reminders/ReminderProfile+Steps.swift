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

    /// Every how many days an overdue duty is reminded of, from the day after the date on; nil if never.
    var overdueInterval: Int? {
        switch self {
        case .long, .mid: 7
        case .short: 2
        case .flash: 1
        case .keep, .info, .none: nil
        }
    }

    /// Whether a reminder is sent at creation even if no step is past by then.
    var alwaysAtCreation: Bool { self == .flash }
}
