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

    /// Whether a duty that is overdue is reminded of.
    var isRemindedWhenOverdue: Bool {
        switch self {
        case .long, .mid, .short, .flash: true
        case .keep, .info, .none: false
        }
    }

    /// Whether a reminder is sent at creation even if no step is past by then.
    var alwaysAtCreation: Bool { self == .flash }
}
