/// What is wrong with the configuration of alerts; found at start.
public enum AlertingError: Error, Hashable, Sendable {
    /// Nobody would be told.
    case noRecipients(route: String)
    /// The same address stands twice among the recipients of a route.
    case duplicateRecipient(String, route: String)
    /// A calendar file cannot be written.
    case calendarFile(path: String, reason: String)
    /// A value is out of its range.
    case outOfRange(key: String, value: Int, range: ClosedRange<Int>)
}

extension AlertingError: CustomStringConvertible {
    /// One English sentence for an operator: the thing and the cure.
    public var description: String {
        switch self {
        case .noRecipients(let route):
            "\(route.isEmpty ? "alerts have" : "the route \(route.prefix(200)) has") no recipient, so nobody would be told "
                + "of a deadline: name at least one address under \(Self.key(route))"
        case .duplicateRecipient(let address, let route):
            "the address \(address.prefix(200)) stands twice under \(Self.key(route)): remove one of the two"
        case .calendarFile(let path, let reason):
            "\(path.prefix(300)) cannot be written (\(reason.prefix(200))): check mail.calendars, the folder and the disk"
        case .outOfRange(let key, let value, let range):
            "\(key) is \(value): give a value from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    private static func key(_ route: String) -> String {
        route.isEmpty ? "mail.recipients" : "`to` of the route \(route.prefix(200))"
    }
}
