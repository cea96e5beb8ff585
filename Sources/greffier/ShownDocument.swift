import Console
import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Register

/// What `greffier show` prints: what happened to a document, and what the register has of it.
struct ShownDocument: JSONObject {
    var history: DocumentHistory
    /// What the rules say of it. Nil, like the rest, when the register is not on this host, or does not know the document.
    var findings: [Finding]?
    /// The deadlines of its acts.
    var deadlines: [DeadlineListing]?
    /// The mails about it and its deadlines, the newest first.
    var alerts: [AlertListing]?

    init(history: DocumentHistory) {
        self.history = history
    }

    init(blank: JSONBlank) {
        self.init(history: DocumentHistory(blank: blank))
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        history.visitMembers(&visitor)
        visitor.optional("findings", &findings)
        visitor.optional("deadlines", &deadlines)
        visitor.optional("alerts", &alerts)
    }

    /// Adds what the register has.
    mutating func add(_ record: DocumentRecord, from register: Register, today: CivilDate) throws {
        findings = record.findings + record.comparedFindings
        let listed = try record.acts.flatMap { act in
            var filter = DeadlineFilter()
            filter.act = act.id
            filter.states = Set(Deadline.State.allCases)
            return try register.deadlines(filter, today: today)
        }
        deadlines = listed
        var filter = AlertFilter()
        // As many as one question may name.
        filter.subjects = Set([.document(record.id)] + listed.prefix(500).map { .deadline($0.id) })
        alerts = try register.alerts(filter)
    }

    var text: String {
        let lines = (findings ?? []).map { "  \($0.severity.rawValue) \($0.rule): \($0.message)" }
        var parts = [HistoryView(history).text]
        if !lines.isEmpty { parts.append("findings\n" + lines.joined(separator: "\n")) }
        if let deadlines, !deadlines.isEmpty { parts.append("deadlines\n" + DeadlinesView(deadlines).text) }
        if let alerts, !alerts.isEmpty {
            parts.append("mails\n" + AlertsView(alerts: alerts, waitingForPerson: 0).text)
        }
        return parts.joined(separator: "\n\n")
    }
}
