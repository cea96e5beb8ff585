/// An obligation with its date, or waiting for it.
public struct DeadlineView: Sendable {
    /// The other reading of a doubtful law or sentence.
    public struct Alternative: Sendable {
        /// The other date.
        public var due: CalendarDay
        /// Why the two differ.
        public var reason: String

        /// A doubt.
        public init(due: CalendarDay, reason: String) {
            self.due = due
            self.reason = reason
        }
    }

    /// When it is due.
    public enum Due: Sendable {
        /// On that day at the latest; the doubt, when the law has two readings.
        case on(CalendarDay, alternative: Alternative? = nil)
        /// Its start is not known yet: what Greffier waits for (`signature de la convention`).
        case waiting(for: String)
        /// It has no date: it holds until the end, or begins at an event that may never come.
        case continuous
    }

    /// What is due: `rapport d'activité`.
    public var what: String
    /// What it belongs to: `convention Atelier du Lac`.
    public var context: String?
    /// When.
    public var due: Due
    /// Who owes it.
    public var debtor: String?
    /// To whom.
    public var creditor: String?
    /// Under which article.
    public var article: String?
    /// How the date was computed.
    public var how: String
    /// The sentence it was read from; a delay of the law has none.
    public var quote: QuoteView?
    /// What the reader can answer, in a mail about several.
    public var actions: [ActionView] = []

    /// A deadline.
    public init(
        what: String, context: String? = nil, due: Due, debtor: String? = nil, creditor: String? = nil,
        article: String? = nil, how: String, quote: QuoteView? = nil
    ) {
        self.what = what
        self.context = context
        self.due = due
        self.debtor = debtor
        self.creditor = creditor
        self.article = article
        self.how = how
        self.quote = quote
    }

    var day: CalendarDay? {
        if case .on(let day, _) = due { day } else { nil }
    }

    var value: TemplateValue {
        .record([
            "what": .composed(what),
            "title": .title(what),
            "shortWhat": .composed(what.shortened(to: 70)),
            "context": .composed(context),
            "date": .optional(day, \.value),
            "alternative": alternativeValue,
            "waitingFor": waitingValue,
            "isContinuous": .flag(isContinuous),
            "debtor": .composed(debtor),
            "creditor": .composed(creditor),
            "article": .composed(article),
            "articleTitle": .title(article),
            "how": .composed(how.withoutFullStop),
            "howTitle": .title(how),
            "quote": .optional(quote, \.value),
            "hasActions": .flag(!actions.isEmpty),
            "actions": .list(actions.enumerated().map { $1.value(isMain: $0 == 0) }),
        ])
    }

    private var isContinuous: Bool {
        if case .continuous = due { true } else { false }
    }

    private var alternativeValue: TemplateValue {
        guard case .on(_, let alternative?) = due else { return .text("") }
        return .record(["date": alternative.due.value, "reason": .composed(alternative.reason.withoutFullStop)])
    }

    private var waitingValue: TemplateValue {
        guard case .waiting(let start) = due else { return .text("") }
        return .composed(start)
    }
}

extension CalendarDay {
    /// A date in the forms that templates print.
    var value: TemplateValue {
        .record([
            "long": .literal(frenchLong), "title": .title(frenchLong), "short": .literal(frenchShort),
            "weekday": .literal(frenchWeekday),
            "day": .literal(String(day)), "month": .literal(frenchMonth), "year": .literal(String(year)),
        ])
    }
}
