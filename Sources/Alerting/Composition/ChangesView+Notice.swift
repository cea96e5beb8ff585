import Deadlines
import Deliberations
import Mail
import Register

extension ChangesView {
    /// What a document changes, as it is true now.
    init(
        _ notice: ChangeNotice, footer: FooterView, actions: (RegisteredDeadline) throws(MailError) -> [ActionView]
    ) throws(MailError) {
        var changes: [Change] = []
        for row in notice.deadlines {
            guard let sentence = try row.change?.sentence(of: row) else { continue }
            changes.append(
                Change(
                    sentence: sentence,
                    deadline: try DeadlineView(row, act: row.facts.label.text, actions: actions(row))))
        }
        self.init(
            authority: notice.authority, document: notice.document.name, source: notice.document.source,
            receivedOn: try CalendarDay(ParisTime.civil(at: notice.document.acceptedAt).date), changes: changes,
            findings: notice.findings.map { FindingView($0.finding, act: $0.act?.label.capitalized) }, footer: footer)
    }
}

extension DeadlineChange {
    /// What changed, in a sentence; nil if staff would see no difference.
    func sentence(of row: RegisteredDeadline) throws(MailError) -> String? {
        guard case .moved(let former) = self else { return "Échéance ajoutée à une délibération déjà annoncée." }
        let new = try row.deadline.due.map { day throws(MailError) in try CalendarDay(day).frenchLong }
        let old = try former.map { day throws(MailError) in try CalendarDay(day).frenchLong }
        return switch (old, new) {
        case (let old?, let new?): "Échéance déplacée du \(old) au \(new)."
        case (nil, let new?): "La date de cette échéance est maintenant connue\u{A0}: \(new)."
        case (let old?, nil): "L’échéance du \(old) n’a plus de date."
        case (nil, nil): nil
        }
    }
}
