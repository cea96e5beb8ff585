import Deliberations
import Mail
import Register

/// Where staff answer by mail, and the secret of the tokens by which their answers are known.
public struct AnswerDesk: Sendable {
    /// The address of answers.
    public let address: EmailAddress
    /// The secret.
    public let key: AnswerKey

    /// A desk at `address`.
    public init(address: EmailAddress, key: AnswerKey) {
        self.address = address
        self.key = key
    }

    /// What a recipient may answer to a deadline: links that write the mail.
    func actions(on row: RegisteredDeadline, recipient: String) throws(MailError) -> [ActionView] {
        let token = AnswerToken(row.id, recipient: recipient, key: key)
        var words: [AnswerWord] = [.done, .snooze]
        if row.deadline.due == nil { words.append(row.deadline.startRule == nil ? .date : .start) }
        var actions: [ActionView] = []
        for word in words { actions.append(try action(word, row.deadline, token)) }
        return actions
    }

    /// What a recipient may answer next: of a deadline that is done, that it is not.
    func actions(onAnswered row: RegisteredDeadline, recipient: String) throws(MailError) -> [ActionView] {
        guard [.closed, .cancelled].contains(row.deadline.state) else {
            return try actions(on: row, recipient: recipient)
        }
        return [try action(.reopen, row.deadline, AnswerToken(row.id, recipient: recipient, key: key))]
    }

    private func action(
        _ word: AnswerWord, _ deadline: Deadline, _ token: AnswerToken
    ) throws(MailError) -> ActionView {
        let what = deadline.what
        let title = what.count > 60 ? String(what.prefix(59)) + "…" : what
        let subject = Self.escaped("\(word.word) : \(title) [\(token)]")
        let link =
            "mailto:\(Self.escaped(address.address))?subject=\(subject)&body=\(Self.escaped(word.body(deadline)))"
        return try ActionView(label: word.label, link: link)
    }

    /// Percent-encoded (RFC 6068 section 2), line ends as CRLF.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.replacing("\n", with: "\r\n").utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x40: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What staff can answer: the first word of the subject says it.
public enum AnswerWord: String, CaseIterable, Sendable {
    /// The duty is fulfilled.
    case done
    /// Nothing is to be sent before a day.
    case snooze
    /// The day of the event that a deadline waits for.
    case start
    /// The date of a deadline whose start was unknown.
    case date
    /// The duty is not fulfilled after all.
    case reopen

    /// The word, as the subject has it.
    public var word: String {
        switch self {
        case .done: "Fait"
        case .snooze: "Reporter"
        case .start: "Événement"
        case .date: "Date"
        case .reopen: "Rouvrir"
        }
    }

    var label: String {
        switch self {
        case .done: "C’est fait"
        case .snooze: "Me le rappeler plus tard"
        case .start, .date: "Donner la date"
        case .reopen: "Ce n’est pas fait"
        }
    }

    /// How the line begins on which staff write the day of an event.
    public static let eventLabel = "Date de l’événement"

    /// What the mail says already when it is opened.
    func body(_ deadline: Deadline) -> String {
        let note = "Note (facultative) : \n"
        switch self {
        case .done, .reopen: return note
        case .snooze: return "Ne rien envoyer avant le (JJ/MM/AAAA) : \n\(note)"
        case .start: return "\(Self.eventLabel) « \(deadline.startEvent ?? "") » (JJ/MM/AAAA) : \n\(note)"
        case .date: return "À faire au plus tard le (JJ/MM/AAAA) : \n\(note)"
        }
    }
}
