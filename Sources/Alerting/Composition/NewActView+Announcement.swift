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
        facts.subject = ActLineView.counted(news.acts.count)
        var findings = news.generalFindings.map { FindingView($0) }
        var deadlines: [DeadlineView] = []
        for row in news.generalDeadlines { deadlines.append(try DeadlineView(row)) }
        for act in news.acts {
            findings += act.findings.map { FindingView($0, act: act.facts.label.capitalized) }
            for row in act.deadlines { deadlines.append(try DeadlineView(row, act: act.facts.label.text)) }
        }
        self.init(
            act: try ActView(facts, authority: news.authority, session: news.sessionDate, document: news.document),
            acts: news.acts.map { ActLineView($0.facts) }, findings: findings, deadlines: deadlines, footer: footer)
    }
}

extension ActLineView {
    /// The line of an act in a mail about many.
    init(_ facts: ActSummary) {
        self.init(name: facts.label.short, subject: facts.subject, vote: VoteWording.text(facts))
    }
}
