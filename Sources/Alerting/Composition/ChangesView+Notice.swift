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
        for (row, formerDue) in notice.withdrawn {
            let day = try formerDue.map { day throws(MailError) in try CalendarDay(day).frenchLong }
            let name = day.map { "L’échéance du \($0)" } ?? "Cette échéance sans date connue"
            changes.append(
                Change(
                    sentence: "\(name) n’a plus cours : "
                        + (notice.isRecomputation
                            ? "les règles ou le calendrier ont changé." : "plus aucun document ne la prévoit."),
                    deadline: try DeadlineView(row, act: row.facts.label.text), isWithdrawal: true))
        }
        self.init(
            authority: notice.authority, document: notice.document.name, source: notice.document.source,
            receivedOn: try CalendarDay(ParisTime.civil(at: notice.document.acceptedAt).date), changes: changes,
            corrections: notice.corrections.map { Correction($0) },
            findings: notice.findings.map { FindingView($0.finding, act: $0.act?.label.capitalized) }, footer: footer)
        guard notice.isRecomputation else { return }
        reason =
            "Le document n’a pas changé\u{A0}: les règles de calcul, le calendrier ou la collectivité sont autres dans Greffier, "
            + "et les échéances ont été recalculées."
    }
}

extension ChangeNotice {
    /// Whether nothing of it is so any more.
    var isEmpty: Bool { deadlines.isEmpty && findings.isEmpty && withdrawn.isEmpty && corrections.isEmpty }
}

extension ChangesView.Correction {
    /// What an act says otherwise, line by line.
    init(_ correction: ChangeNotice.Correction) {
        let (now, former) = (correction.facts, correction.former)
        var lines: [String] = []
        func compare(_ name: String, _ value: (ActSummary) -> String?) {
            guard let former, value(former) != value(now) else { return }
            lines.append("\(name) : \(value(now) ?? "non précisé"), au lieu de : \(value(former) ?? "non précisé")")
        }
        compare("Numéro") { $0.number?.text }
        compare("Objet") { $0.subject }
        compare("Vote") { VoteWording.text($0) }
        compare("Subventions") { $0.grantedCents.map { FrenchTypography.euros(cents: $0) } }
        compare("Bénéficiaire") { $0.beneficiary }
        compare("Publication") { $0.publishedOn?.frenchWordsWithWeekday }
        compare("Réception en préfecture") { $0.receivedOn?.frenchWordsWithWeekday }
        lines += correction.gone.map { "N’est plus signalé : \($0.message)" }
        self.init(heading: now.label.capitalized, subject: now.subject, lines: lines)
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
