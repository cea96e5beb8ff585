/// What this module refuses before anything is sent. Each case says what a person can do about it.
public enum MailError: Error, Equatable, Sendable {
    /// The text is no address that SMTP can carry.
    case invalidAddress(text: String, reason: String)
    /// The text is no Message-ID of the safe alphabet (letters, digits, `. - _ + =` around one `@`).
    case invalidMessageID(text: String)
    /// The text is no List-Id (letters, digits, hyphens and dots).
    case invalidListIdentifier(text: String)
    /// The text is no calendar UID.
    case invalidCalendarIdentifier(text: String)
    /// Year, month and day name no day.
    case invalidDay(year: Int, month: Int, day: Int)
    /// A link of an email must be `mailto:` or `https:`.
    case invalidLink(text: String)
    /// A template cannot be read or parsed, or names something that no view has.
    case invalidTemplate(file: String, line: Int?, reason: String)
    /// The SMTP settings contradict each other.
    case invalidConfiguration(reason: String)
    /// The SMTP settings would send a password in clear to another host.
    case passwordInClear(security: String)
}

extension MailError: CustomStringConvertible {
    /// One sentence for operators: the thing, then the cure.
    public var description: String {
        switch self {
        case .invalidAddress(let text, let reason):
            "email address \"\(text.excerpt(120))\": \(reason)"
        case .invalidMessageID(let text):
            "Message-ID \"\(text.excerpt(120))\": write unique@host with letters, digits and . - _ + = (200 at most)"
        case .invalidListIdentifier(let text):
            "List-Id \"\(text.excerpt(120))\": write it as a host name, such as echeances.grand-val.example"
        case .invalidCalendarIdentifier(let text):
            "calendar UID \"\(text.excerpt(120))\": write deadline@host in printable ASCII without spaces (200 at most)"
        case .invalidDay(let year, let month, let day):
            "\(year)-\(month)-\(day) is no day of the calendar"
        case .invalidLink(let text):
            "link \"\(text.excerpt(120))\": only mailto: and https: links may stand in an email"
        case .invalidTemplate(let file, let line, let reason):
            "template \(file)\(line.map { ", line \($0)" } ?? ""): \(reason.excerpt(400))"
        case .invalidConfiguration(let reason):
            "mail configuration: \(reason.excerpt(400))"
        case .passwordInClear(let security):
            "mail configuration: with a user and a password, security must be starttls or tls: \(security) would send them in "
                + "clear"
        }
    }
}

extension String {
    /// At most `limit` characters of this text on one line, with an ellipsis where it was cut.
    func excerpt(_ limit: Int) -> String {
        let line = String(map { $0.isNewline ? " " : $0 })
        return line.count <= limit ? line : line.prefix(limit - 1) + "…"
    }
}
