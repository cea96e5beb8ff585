import Alerting
import Conversion
import Deliberations
import Register

/// What a member of staff answers to an alert.
public struct StaffAnswer: Sendable {
    /// The proof that whoever writes was told of the deadline, and the deadline.
    public let token: AnswerToken
    /// What is asked, or what is missing.
    public let request: Request
    /// The author's own words; nil when there are none.
    public let note: String?

    /// What is asked.
    public enum Request: Hashable, Sendable {
        /// An act on the deadline.
        case act(DeadlineAct)
        /// A word that asks for a day, and none that can be read.
        case missingDay(AnswerWord)
        /// A subject that begins with none of the known words.
        case unknownWord
    }

    /// The longest note, in characters.
    private static let longestNote = 500

    /// Reads a mail; nil when its subject has no token.
    public init?(_ mail: ReceivedMail) {
        guard let token = AnswerToken(in: mail.subject) else { return nil }
        self.token = token
        let lines = Self.ownLines(of: mail.text)
        let word = Self.word(of: mail.subject)
        request = Self.request(word, lines)
        note = Self.note(lines)
    }

    private static func request(_ word: AnswerWord?, _ lines: [Substring]) -> Request {
        switch word {
        case .done: return .act(.done)
        case .reopen: return .act(.reopen)
        case .snooze:
            return day(in: lines).map { .act(.snooze(until: $0)) } ?? .missingDay(.snooze)
        case .start:
            return day(in: lines).map { .act(.start(on: $0)) } ?? .missingDay(.start)
        case .date:
            return day(in: lines).map { .act(.setDate($0, how: "date donnée par courriel")) } ?? .missingDay(.date)
        case nil: return .unknownWord
        }
    }

    /// The first word of the subject after "Re:", "TR :" and the like.
    private static func word(of subject: String) -> AnswerWord? {
        let words = subject.split { !$0.isLetter }.map { $0.lowercased() }
        let first = words.first { !["re", "tr", "fw", "fwd", "rép", "rep"].contains($0) }
        return AnswerWord.allCases.first { $0.word.lowercased() == first }
    }

    /// The lines above the quoted message.
    private static func ownLines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(400) {
            let isQuoteHead =
                line.hasPrefix("-----") || line.hasPrefix("_____")
                || (line.hasPrefix("Le ") && line.hasSuffix("écrit :"))
                || line.hasPrefix("De :")
            if isQuoteHead || line.hasPrefix("-- ") || line == "--" { break }
            if !line.hasPrefix(">") { lines.append(line) }
        }
        return lines
    }

    /// The first day that the lines name: "15/06/2026", "15 juin 2026".
    private static func day(in lines: [Substring]) -> CivilDate? {
        for line in lines {
            let words = answer(of: line).split { $0.isWhitespace || "(),;:".contains($0) }
            for start in words.indices {
                if let date = FrenchDateText(words[start])?.date { return date }
                let three = words[start...].prefix(3).joined(separator: " ")
                if let date = FrenchDateText(three)?.date { return date }
            }
        }
        return nil
    }

    /// What was written on a line of the form: the words for the event that stand before it may name a day of their own.
    private static func answer(of line: Substring) -> Substring {
        guard line.lowercased().contains(AnswerWord.eventLabel.lowercased()), let colon = line.lastIndex(of: ":") else {
            return line
        }
        return line[line.index(after: colon)...]
    }

    /// What stands after "Note", or lines that are none of the form's.
    private static func note(_ lines: [Substring]) -> String? {
        let own = lines.compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":") else { return String(line) }
            let label = line[..<colon].lowercased()
            if label.hasPrefix("note") { return String(line[line.index(after: colon)...]) }
            let isForm =
                label.hasPrefix("ne rien envoyer avant") || label.hasPrefix("à faire au plus tard")
                || label.hasPrefix(AnswerWord.eventLabel.lowercased()) || label.hasPrefix("date de l'événement")
            return isForm ? nil : String(line)
        }
        let text = own.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.isEmpty ? nil : String(text.prefix(longestNote))
    }
}
