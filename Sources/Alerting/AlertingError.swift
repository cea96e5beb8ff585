/// What is wrong with the configuration of alerts; found at start.
public enum AlertingError: Error, Hashable, Sendable {
    /// Nobody would be told.
    case noRecipients
    /// The same address stands twice among the recipients.
    case duplicateRecipient(String)
    /// A value is out of its range.
    case outOfRange(key: String, value: Int, range: ClosedRange<Int>)
}

extension AlertingError: CustomStringConvertible {
    /// One English sentence for an operator: the thing and the cure.
    public var description: String {
        switch self {
        case .noRecipients:
            "alerts have no recipient, so nobody would be told of a deadline: "
                + "name at least one address under mail.recipients"
        case .duplicateRecipient(let address):
            "the address \(address.prefix(200)) stands twice under mail.recipients: remove one of the two"
        case .outOfRange(let key, let value, let range):
            "\(key) is \(value): give a value from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}
