/// Deadlines by month and day: what a mail about many shows instead of paragraphs.
public struct CalendarView: Sendable {
    /// A deadline on a day.
    public struct Entry: Sendable {
        /// The day.
        public var day: CalendarDay
        /// What is due.
        public var what: String
        /// The act, who owes it.
        public var context: String?

        /// An entry.
        public init(day: CalendarDay, what: String, context: String? = nil) {
            self.day = day
            self.what = what
            self.context = context
        }
    }

    /// The deadlines, in any order.
    public var entries: [Entry]
    /// How many later ones there are beside them.
    public var others: Int

    /// The most deadlines that a mail prints.
    public static let printedLimit = 80

    /// A calendar of these deadlines.
    public init(_ entries: [Entry], others: Int = 0) {
        self.others = others
        self.entries = entries.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
            .map(\.element)
    }

    var value: TemplateValue {
        let omitted = max(0, entries.count - Self.printedLimit) + others
        return .record([
            "hasEntries": .flag(!entries.isEmpty),
            "months": .list(Self.grouped(entries.prefix(Self.printedLimit)) { [$0.year, $0.month] }.map(Self.month)),
            "omitted": .literal(omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil),
        ])
    }

    private static func month(_ entries: [Entry]) -> TemplateValue {
        let days = grouped(entries[...]) { [$0.day] }
        let title = entries.first.map { "\($0.day.frenchMonth) \($0.day.year)" } ?? ""
        return .record(["title": .title(title), "days": .list(days.map(day))])
    }

    private static func day(_ entries: [Entry]) -> TemplateValue {
        let label = entries.first.map { "\($0.day.frenchWeekday.prefix(3)).\u{A0}\($0.day.day)" }
        return .record([
            "label": .literal(label),
            "entries": .list(
                entries.map { entry in
                    .record([
                        "label": .literal(label), "what": .title(entry.what.shortened(to: 200)),
                        "context": .composed(entry.context?.shortened(to: 200)),
                    ])
                }),
        ])
    }

    /// Neighbours that have the same key.
    private static func grouped(_ entries: ArraySlice<Entry>, by key: (CalendarDay) -> [Int]) -> [[Entry]] {
        var groups: [[Entry]] = []
        for entry in entries {
            if let last = groups.last?.last, key(last.day) == key(entry.day) {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return groups
    }
}
