import Alerting
import Conversion
import Deadlines
import Deliberations
import Mail
import Register

/// Follows what staff answer by mail: applies each answer once, and confirms it.
public struct AnswerClerk: Sendable {
    private let register: Register
    private let settings: AlertSettings
    private let desk: AnswerDesk
    private let composer: AnswerComposer

    /// What became of a mail.
    public enum Outcome: Sendable {
        /// A program sent it: nothing is done.
        case automatic
        /// The deadline as it is now, and the mail that says so.
        case followed(RegisteredDeadline, confirmation: MailMessage)
        /// What was asked cannot be done, or cannot be read; the mail that says why.
        case refused(reason: String, explanation: MailMessage)

        /// What is to be sent.
        public var mail: MailMessage? {
            switch self {
            case .automatic: nil
            case .followed(_, let mail), .refused(_, let mail): mail
            }
        }
    }

    /// A clerk of `register`, who answers at `desk`.
    public init(register: Register, settings: AlertSettings, desk: AnswerDesk, templates: Templates) {
        self.register = register
        self.settings = settings
        self.desk = desk
        composer = AnswerComposer(settings: settings, desk: desk, templates: templates)
    }

    /// Follows one mail.
    /// - Throws: ``AnswerError`` when it is nobody's; `RegisterError`, `StorageError`, `MailError`.
    public func follow(_ mail: ReceivedMail, now: UTCInstant) throws -> Outcome {
        if mail.isAutomatic { return .automatic }
        guard let answer = StaffAnswer(mail) else { throw AnswerError.noToken }
        let id = answer.token.deadline
        guard let recipient = try recipient(of: answer.token), let deadline = try register.deadline(id) else {
            throw AnswerError.falseToken
        }
        let reply = AnswerReply(recipient: recipient, answered: mail.messageID, moment: now)
        guard case .act(let act) = answer.request else {
            let reason = Self.explanation(answer.request)
            return .refused(
                reason: reason, explanation: try composer.message(reply, on: deadline, lines: [reason], isRefusal: true)
            )
        }
        do {
            let (after, isFirst) = try register.perform(
                act, on: id, by: recipient, note: answer.note, answering: mail.messageID, now: now)
            let lines = Self.confirmation(act, after, isFirst: isFirst)
            return .followed(
                after, confirmation: try composer.message(reply, on: after, lines: lines, isRefusal: false))
        } catch RegisterError.refusedAct(_, let reason) {
            let lines = ["Votre réponse n’a rien changé : \(Self.french(act, deadline))."]
            return .refused(
                reason: reason, explanation: try composer.message(reply, on: deadline, lines: lines, isRefusal: true))
        }
    }

    /// Whose token it is: one of those who receive alerts now, or received one about the deadline.
    private func recipient(of token: AnswerToken) throws -> String? {
        let known = settings.routes.everybody.map(\.address) + (try register.recipients(toldOf: token.deadline))
        return known.first { token.isGenuine(for: $0, key: desk.key) }
    }
}

// MARK: Wording

extension AnswerClerk {
    private static func explanation(_ request: StaffAnswer.Request) -> String {
        switch request {
        case .missingDay(.snooze):
            "Votre réponse n’indique pas jusqu’à quel jour reporter les rappels : écrivez par exemple 15/06/2026."
        case .missingDay:
            "Votre réponse n’indique pas de date : écrivez par exemple 15/06/2026."
        case .unknownWord, .act:
            "Votre réponse n’a pas été comprise : l’objet doit commencer par Fait, Reporter, Date ou Rouvrir."
        }
    }

    private static func confirmation(
        _ act: DeadlineAct, _ row: RegisteredDeadline, isFirst: Bool
    ) -> [String] {
        var lines = [isFirst ? "C’est noté." : "Cette réponse était déjà enregistrée."]
        switch act {
        case .done: lines.append("Vous ne recevrez plus de rappel de cette échéance.")
        case .reopen: lines.append("Les rappels de cette échéance reprennent.")
        case .snooze(let day):
            lines.append("Rien ne sera envoyé avant le \(day.frenchWordsWithWeekday).")
            if let due = row.deadline.due, day > due {
                lines.append(
                    "Attention : l’échéance est fixée au \(due.frenchWordsWithWeekday). Aucun rappel ne partira d’ici là."
                )
            }
        case .setDate(let day, _):
            lines.append("L’échéance est maintenant fixée au \(day.frenchWordsWithWeekday).")
        case .assign: break
        }
        if let next = row.nextReminderAt, row.deadline.state != .closed {
            lines.append("Prochain rappel : \(ParisTime.civil(at: next).date.frenchWordsWithWeekday).")
        }
        return lines
    }

    private static func french(_ act: DeadlineAct, _ row: RegisteredDeadline) -> String {
        let isRunning = [.open, .scheduled].contains(row.deadline.state)
        switch act {
        case .done, .snooze:
            return isRunning ? "le jour donné est déjà passé" : "cette échéance est déjà close ou n’a plus cours"
        case .reopen: return "cette échéance court toujours"
        case .setDate:
            return isRunning ? "un document fixe déjà la date de cette échéance" : "cette échéance n’a plus cours"
        case .assign: return "elle ne peut être suivie"
        }
    }
}
