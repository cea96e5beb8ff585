/// Everything that the mail « rappels » says: several reminders that leave for one reader at the same time.
public struct RemindersView: Sendable {
    /// One reminder.
    public struct Item: Sendable {
        /// The act the deadline comes from.
        public var act: ActView
        /// How far away it is.
        public var step: ReminderStep
        /// What is due, with what the reader can answer.
        public var deadline: DeadlineView
        /// What is new, what follows.
        public var notes: [String]

        /// A reminder.
        public init(act: ActView, step: ReminderStep, deadline: DeadlineView, notes: [String] = []) {
            self.act = act
            self.step = step
            self.deadline = deadline
            self.notes = notes
        }
    }

    /// The reminders, in any order.
    public var items: [Item]
    /// The last lines.
    public var footer: FooterView

    /// The longest quotation, in characters: a reader of many wants to know them again, not to study them.
    private static let quoteLimit = 200

    /// A mail of reminders.
    public init(items: [Item], footer: FooterView) {
        self.items = items
        self.footer = footer
    }

    var value: TemplateValue {
        let names = Set(items.map(\.act.authority))
        let first = items.first?.act
        let isOne = names.count == 1
        return .record([
            "shortName": .literal(isOne ? first?.authorityShortName : "Greffier"),
            "authority": .literal(isOne ? first?.authority : nil),
            "summary": .literal(summary),
            "acts": .list(acts.map { Self.value($0, isOnlyAuthority: isOne) }),
            "footer": footer.value,
        ])
    }

    /// `12 échéances : 3 dépassées, 9 à venir`.
    private var summary: String {
        let kinds = Dictionary(grouping: items, by: { $0.step.kind }).mapValues(\.count)
        let all = FrenchTypography.count(items.count, "échéance", "échéances")
        let parts = ReminderStep.Kind.allCases.compactMap { kind in kinds[kind].map { (kind, $0) } }
        if let only = parts.first, parts.count == 1 { return "\(all) \(only.0.adjective(only.1))" }
        let words = parts.map { "\(FrenchTypography.number($1))\u{A0}\($0.adjective($1))" }
        return "\(all)\u{A0}: \(words.joined(separator: ", "))"
    }

    /// The reminders of each act, the most urgent first, in acts and in each of them.
    private var acts: [[Item]] {
        let ordered = items.enumerated().sorted {
            ($0.element.step.urgency, $0.offset) < ($1.element.step.urgency, $1.offset)
        }.map(\.element)
        var acts: [[Item]] = []
        var places: [[String]: Int] = [:]
        for item in ordered {
            if let place = places[item.act.identity] {
                acts[place].append(item)
            } else {
                places[item.act.identity] = acts.count
                acts.append([item])
            }
        }
        return acts
    }

    private static func value(_ items: [Item], isOnlyAuthority: Bool) -> TemplateValue {
        let act = items.first?.act
        let number = act?.number.map { "Délibération n° \($0)" }
        let place = [
            isOnlyAuthority ? nil : act?.authority, act?.session.map { "séance du \($0.frenchShort)" },
            act.map { "document \($0.document)" },
        ]
        let line = place.compactMap { $0 }.joined(separator: ", ")
        return .record([
            "number": .composed(number),
            "subject": .composed(act?.subject.shortened(to: 200)),
            "place": .literal(line.prefix(1).uppercased() + line.dropFirst()),
            "deadlines": .list(items.map(value)),
        ])
    }

    private static func value(_ item: Item) -> TemplateValue {
        var deadline = item.deadline
        if let quote = deadline.quote {
            deadline.quote = QuoteView(quote.text.shortened(to: quoteLimit), place: quote.place)
        }
        return .record([
            "step": item.step.value, "deadline": deadline.value,
            "notes": .list(item.notes.prefix(5).map { .composed($0) }),
        ])
    }
}

extension ReminderStep {
    /// What a summary counts together.
    enum Kind: CaseIterable {
        case overdue
        case coming
        case waiting
        case expired

        func adjective(_ count: Int) -> String {
            let isOne = count < 2
            return switch self {
            case .overdue: isOne ? "dépassée" : "dépassées"
            case .coming: "à venir"
            case .waiting: "sans date connue"
            case .expired: isOne ? "expirée" : "expirées"
            }
        }
    }

    var kind: Kind {
        switch self {
        case .daysBefore: .coming
        case .overdue, .notReceived: .overdue
        case .expired: .expired
        case .waiting: .waiting
        }
    }

    /// The least comes first: what has been due for long, what is due soon, what waits for a date, what is over.
    fileprivate var urgency: Int {
        switch self {
        case .overdue(let days), .notReceived(let days): -days
        case .daysBefore(let days): days
        case .waiting: 100_000
        case .expired(let days): 200_000 + days
        }
    }
}

extension ActView {
    /// The same for deadlines of one act.
    fileprivate var identity: [String] { [authority, session?.frenchShort ?? "", number ?? "", subject] }
}

extension RemindersView {
    /// Invented reminders of two acts, with every field filled in.
    public static var sample: RemindersView {
        get throws(MailError) {
            var other = try ActView.sample
            (other.number, other.subject) = ("2024-98", "Tarifs de la piscine communautaire du Plan d'eau")
            var deadlines = try DeadlineView.samples
            for index in deadlines.indices { deadlines[index].actions = try ActionView.samples }
            deadlines[0].context = nil
            return RemindersView(
                items: [
                    Item(
                        act: try .sample, step: .daysBefore(7), deadline: deadlines[0],
                        notes: ["Échéance déplacée du lundi 31 mars 2025 au mercredi 30 avril 2025."]),
                    Item(
                        act: try .sample, step: .waiting, deadline: deadlines[2],
                        notes: ["Prochain rappel : vendredi 23 mai 2025."]),
                    Item(act: other, step: .overdue(days: 12), deadline: deadlines[0]),
                    Item(act: other, step: .expired(days: 1), deadline: deadlines[1]),
                ], footer: .sample)
        }
    }
}
