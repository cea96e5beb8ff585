import Deadlines
import Deliberations
import Digest
import Operations

extension Configuration {
    /// A digest of all that deadlines are computed on beside the documents: the rules, the calendar, and what is said of
    /// authorities.
    var deadlineBasis: String {
        let holidays = calendar.addedHolidays.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let daysOff = calendar.otherDaysOff.sorted().map(\.description)
        let parts = [
            "\(DeadlineRevision.current)", calendar.zone.rawValue, "\(calendar.observesGoodFriday)",
            holidays.joined(separator: "\n"), daysOff.joined(separator: "\n"), rules.authorityText,
        ]
        return SHA256Digest(of: Array(parts.joined(separator: "\u{0}").utf8)).hexadecimal
    }
}
