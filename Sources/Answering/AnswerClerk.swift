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
            // A mail of a time when no document said the date does not overrule one that says it now.
            if case .setDate = act, deadline.deadline.due != nil, !deadline.isEntered {
                throw RegisterError.refusedStart(deadline: id, reason: .hasDate)
            }
            let (after, isFirst) = try register.perform(
                act, on: id, by: recipient, note: answer.note, answering: mail.messageID, now: now)
            let others = try register.startedTogether(with: id).dropFirst()
            let lines = Self.confirmation(act, after, others: Array(others), isFirst: isFirst)
            return .followed(
                after, confirmation: try composer.message(reply, on: after, lines: lines, isRefusal: false))
        } catch RegisterError.refusedStart(_, let reason) {
            let lines = ["Votre réponse n’a rien changé : \(Self.french(reason))."]
            return .refused(
                reason: "\(reason)",
                explanation: try composer.message(reply, on: deadline, lines: lines, isRefusal: true))
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
            "Votre réponse n’a pas été comprise : l’objet doit commencer par Fait, Reporter, Événement, Date ou "
                + "Rouvrir."
        }
    }

    private static func confirmation(
        _ act: DeadlineAct, _ row: RegisteredDeadline, others: [RegisteredDeadline], isFirst: Bool
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
        case .start: lines += started([row] + others)
        case .assign: break
        }
        if let next = row.nextReminderAt, row.deadline.state != .closed {
            lines.append("Prochain rappel : \(ParisTime.civil(at: next).date.frenchWordsWithWeekday).")
        }
        return lines
    }

    /// The dates that follow from an event, and how; of what the event itself ends, that it is done.
    private static func started(_ rows: [RegisteredDeadline]) -> [String] {
        rows.map { row in
            guard let due = row.deadline.due, row.deadline.state != .closed else {
                return "\(row.deadline.what) : c’est fait (\(row.deadline.how))."
            }
            return "\(row.deadline.what) : \(due.frenchWordsWithWeekday) (\(row.deadline.how))."
        }
    }

    private static func french(_ reason: StartRefusal) -> String {
        switch reason {
        case .notRunning: "cette échéance n’a plus cours"
        case .hasDate: "un document fixe déjà la date de cette échéance"
        case .noRule, .incomputable: "la date de cette échéance ne peut être calculée ; écrivez à votre administrateur"
        case .tooEarly(let day): "l’événement ne peut avoir eu lieu avant le \(day.frenchWordsWithWeekday)"
        }
    }

    private static func french(_ act: DeadlineAct, _ row: RegisteredDeadline) -> String {
        let isRunning = [.open, .scheduled].contains(row.deadline.state)
        switch act {
        case .done, .snooze:
            return isRunning ? "le jour donné est déjà passé" : "cette échéance est déjà close ou n’a plus cours"
        case .reopen: return "cette échéance court toujours"
        case .start, .setDate: return "cette échéance n’a plus cours"
        case .assign: return "elle ne peut être suivie"
        }
    }
}
