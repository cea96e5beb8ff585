import Deadlines
import Deliberations
import Mail
import Register

extension NewActView {
    /// What one document brought: one act with everything about it, or all the acts of a session in one mail.
    init(
        _ news: Announcement, footer: FooterView, actions: (RegisteredDeadline) throws(MailError) -> [ActionView]
    ) throws(MailError) {
        if let only = news.acts.first, news.acts.count == 1 {
            try self.init(only, of: news, footer: footer, actions: actions)
        } else {
            try self.init(session: news, footer: footer, actions: actions)
        }
    }

    private init(
        _ act: Announcement.Act, of news: Announcement, footer: FooterView,
        actions: (RegisteredDeadline) throws(MailError) -> [ActionView]
    ) throws(MailError) {
        var deadlines: [DeadlineView] = []
        for (row, _) in news.deadlines { deadlines.append(try DeadlineView(row, actions: actions(row))) }
        self.init(
            act: try ActView(
                act.facts, authority: news.authority, session: news.sessionDate, document: news.document),
            findings: (act.findings + news.generalFindings).map { FindingView($0) }, deadlines: deadlines,
            footer: footer)
    }

    private init(
        session news: Announcement, footer: FooterView,
        actions: (RegisteredDeadline) throws(MailError) -> [ActionView]
    ) throws(MailError) {
        var facts = ActSummary(subject: "")
        facts.subject = ActLineView.counted(news.acts.count)
        var findings = news.generalFindings.map { FindingView($0) }
        for act in news.acts { findings += act.findings.map { FindingView($0, act: act.facts.label.capitalized) } }
        var deadlines: [DeadlineView] = []
        for (row, act) in news.deadlines {
            deadlines.append(try DeadlineView(row, act: act?.facts.label.text, actions: actions(row)))
        }
        self.init(
            act: try ActView(facts, authority: news.authority, session: news.sessionDate, document: news.document),
            acts: news.acts.map { ActLineView($0.facts) }, findings: findings, deadlines: deadlines, footer: footer)
    }
}

extension Announcement {
    /// All its deadlines with their acts, those of the whole session without one; by date and then by number, as the
    /// register counts those that a mail lists.
    var deadlines: [(row: RegisteredDeadline, act: Act?)] {
        let all =
            generalDeadlines.map { (row: $0, act: Act?.none) }
            + acts.flatMap { act in act.deadlines.map { (row: $0, act: Act?.some(act)) } }
        return all.sorted { left, right in
            guard let first = left.row.deadline.due, let second = right.row.deadline.due, first != second else {
                let (isDated, isOtherDated) = (left.row.deadline.due != nil, right.row.deadline.due != nil)
                return isDated == isOtherDated ? left.row.id < right.row.id : isDated
            }
            return first < second
        }
    }

    /// The dated deadlines that the mail prints.
    var listedDeadlines: [RegisteredDeadline] {
        Array(deadlines.map(\.row).filter { $0.deadline.due != nil }.prefix(NewActView.printedDeadlines))
    }
}

extension ActLineView {
    /// The line of an act in a mail about many.
    init(_ facts: ActSummary) {
        self.init(name: facts.label.short, subject: facts.subject, vote: VoteWording.text(facts))
    }
}
