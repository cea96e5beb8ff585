import Deadlines
import Deliberations
import Mail
import Register

extension NewActView {
    /// What one document brought: one act with everything about it, or all the acts of a session in one mail.
    init(_ news: Announcement, footer: FooterView) throws(MailError) {
        if let only = news.acts.first, news.acts.count == 1 {
            try self.init(only, of: news, footer: footer)
        } else {
            try self.init(session: news, footer: footer)
        }
    }

    private init(_ act: Announcement.Act, of news: Announcement, footer: FooterView) throws(MailError) {
        var deadlines: [DeadlineView] = []
        for row in act.deadlines + news.generalDeadlines { deadlines.append(try DeadlineView(row)) }
        self.init(
            act: try ActView(
                act.facts, authority: news.authority, session: news.sessionDate, document: news.document),
            findings: (act.findings + news.generalFindings).map { FindingView($0) }, deadlines: deadlines,
            footer: footer)
    }

    private init(session news: Announcement, footer: FooterView) throws(MailError) {
        var facts = ActSummary(subject: "")
        let day = try CalendarDay(news.sessionDate)
        facts.subject = "\(news.acts.count) délibérations de la séance du \(day.frenchShort)"
        var findings = news.generalFindings.map { FindingView($0) }
        var deadlines: [DeadlineView] = []
        for row in news.generalDeadlines { deadlines.append(try DeadlineView(row)) }
        for act in news.acts {
            let label = act.facts.label
            findings.append(Self.listed(act.facts))
            findings += act.findings.map { FindingView($0, act: label) }
            for row in act.deadlines { deadlines.append(try DeadlineView(row, act: label)) }
        }
        self.init(
            act: try ActView(facts, authority: news.authority, session: news.sessionDate, document: news.document),
            findings: findings, deadlines: deadlines, footer: footer)
    }

    /// The line by which a mail of many acts says that it read this one.
    private static func listed(_ facts: ActSummary) -> FindingView {
        let name = facts.number == nil && facts.item == nil ? facts.subject : "\(facts.label) : \(facts.subject)"
        let vote = VoteWording.text(facts).map { ", \($0)" } ?? ""
        return FindingView(severity: .info, message: "\(name)\(vote).", rule: "acte")
    }
}
