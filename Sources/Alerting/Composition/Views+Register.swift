import Deadlines
import Deliberations
import Mail
import Register

extension FindingView {
    /// A finding; in a mail of many acts, with the act that it concerns.
    init(_ finding: Finding, act: String? = nil) {
        let severity: Severity =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .info: .info
            }
        self.init(
            severity: severity, message: (act.map { "\($0) : " } ?? "") + finding.message, computed: finding.computed,
            law: finding.law.isEmpty ? nil : finding.law, quotes: finding.evidence.map { QuoteView($0.quote) },
            rule: finding.rule)
    }
}

extension DeadlineView {
    /// A deadline; in a mail of many acts, with the act that it belongs to.
    init(_ row: RegisteredDeadline, act: String? = nil, actions: [ActionView] = []) throws(MailError) {
        let deadline = row.deadline
        let due: Due
        if let day = deadline.due {
            let alternative = try deadline.dueAlternative.map { other throws(MailError) in
                Alternative(due: try CalendarDay(other), reason: "l’autre lecture possible du texte")
            }
            due = .on(try CalendarDay(day), alternative: alternative)
        } else if deadline.direction == .continuous {
            due = .continuous
        } else {
            due = .waiting(for: deadline.startEvent ?? "l’événement qui la fait courir")
        }
        self.init(
            what: deadline.what, context: act, due: due, debtor: deadline.debtor, creditor: deadline.creditor,
            article: deadline.source, how: deadline.how, quote: deadline.evidence.first.map { QuoteView($0.quote) })
        self.actions = actions
    }
}

extension ActView {
    /// The act that a document brought.
    init(_ facts: ActSummary, authority: String, session: CivilDate, document: RegisteredDocument) throws(MailError) {
        self.init(
            authority: authority, authorityShortName: authority, number: facts.number?.text, subject: facts.subject,
            session: try CalendarDay(session), vote: VoteWording.text(facts), document: document.name,
            source: document.source, receivedOn: try CalendarDay(ParisTime.civil(at: document.acceptedAt).date))
    }
}

extension ActSummary {
    /// How a mail of many acts names one of them.
    var label: ActLabel { ActLabel(self) }
}

/// How a mail of many acts names one of them.
struct ActLabel {
    /// Inside a sentence: "délibération n° 7", "point n° 3", else its subject, shortened.
    let text: String
    /// At the beginning of a line that says what it decides: "n° 7", "point n° 3"; nil when only the subject names it.
    let short: String?

    init(_ facts: ActSummary) {
        if let number = facts.number {
            (text, short) = ("délibération n° \(number)", "n° \(number)")
        } else if let item = facts.item {
            (text, short) = ("point n° \(item)", "point n° \(item)")
        } else {
            let isShort = facts.subject.count <= 60
            (text, short) = (isShort ? facts.subject : facts.subject.prefix(59) + "…", nil)
        }
    }

    /// At the beginning of a sentence.
    var capitalized: String { text.prefix(1).uppercased() + text.dropFirst() }
}
