import JSONCodec

/// When a duty is due, as the text says it.
public enum Due: Hashable, Sendable {
    /// "Au plus tard le", "d'ici le", "jusqu'au": that day included.
    case on(CivilDate)
    /// "Avant le".
    case before(CivilDate)
    /// So long after something.
    case after(Delay)
    /// Every year on that day.
    case every(month: Int, day: Int)
    /// Continuous or undated, in the text's words: "au fil de l'eau".
    case whenever(String)
}

/// A delay that runs from something.
public struct Delay: Hashable, Codable, Sendable {
    /// What it runs from.
    public var after: Anchor
    /// How many months.
    public var months: Int?
    /// How many days.
    public var days: Int?
    /// How many years.
    public var years: Int?
    /// Whether the days are clear days (jours francs).
    public var clear: Bool
    /// Which days count; nil for all of them.
    public var dayKind: DayKind?

    /// Days that count.
    public enum DayKind: String, JSONStringEnumeration, Codable {
        /// Worked days (jours ouvrés): Monday to Friday, no public holiday.
        case worked
        /// Workable days (jours ouvrables): Monday to Saturday, no public holiday.
        case workable
    }

    /// A delay after `after`.
    public init(
        after: Anchor, months: Int? = nil, days: Int? = nil, years: Int? = nil, clear: Bool = false,
        dayKind: DayKind? = nil
    ) {
        self.after = after
        self.months = months
        self.days = days
        self.years = years
        self.clear = clear
        self.dayKind = dayKind
    }
}

/// The JSON object of a ``Due``, of whose members exactly one group is there.
struct DueMembers: Codable, JSONObject {
    var on: CivilDate?
    var before: CivilDate?
    var after: Anchor?
    var months: Int?
    var days: Int?
    var years: Int?
    var clear: Bool?
    var dayKind: Delay.DayKind?
    var every: YearlyDay?
    var whenever: String?

    struct YearlyDay: Codable, JSONObject {
        var month: Int
        var day: Int

        init(month: Int, day: Int) {
            self.month = month
            self.day = day
        }

        init(blank: JSONBlank) {
            self.init(month: 1, day: 1)
        }

        mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("month", &month)
            visitor.required("day", &day)
        }
    }

    init() {}

    init(blank: JSONBlank) {}

    init(_ due: Due) {
        switch due {
        case .on(let date): on = date
        case .before(let date): before = date
        case .after(let delay):
            after = delay.after
            months = delay.months
            days = delay.days
            years = delay.years
            clear = delay.clear
            dayKind = delay.dayKind
        case .every(let month, let day): every = YearlyDay(month: month, day: day)
        case .whenever(let text): whenever = text
        }
    }

    /// The value, unless none or several groups are there, or the yearly day is none of a leap year.
    var due: Due? {
        var choices: [Due] = []
        if let on { choices.append(.on(on)) }
        if let before { choices.append(.before(before)) }
        if let after {
            guard let clear else { return nil }
            let delay = Delay(
                after: after, months: months, days: days, years: years, clear: clear, dayKind: dayKind)
            choices.append(.after(delay))
        }
        if let every {
            guard CivilDate(year: 2_000, month: every.month, day: every.day) != nil else { return nil }
            choices.append(.every(month: every.month, day: every.day))
        }
        if let whenever { choices.append(.whenever(whenever)) }
        return choices.count == 1 ? choices[0] : nil
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("on", &on)
        visitor.optional("before", &before)
        visitor.optional("after", &after)
        visitor.optional("months", &months)
        visitor.optional("days", &days)
        visitor.optional("years", &years)
        visitor.optional("clear", &clear)
        visitor.optional("dayKind", &dayKind)
        visitor.optional("every", &every)
        visitor.optional("whenever", &whenever)
    }
}

extension Due: Codable, JSONValue {
    public init(from decoder: any Decoder) throws {
        guard let due = try DueMembers(from: decoder).due else {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no single due date")
            throw DecodingError.dataCorrupted(context)
        }
        self = due
    }

    public func encode(to encoder: any Encoder) throws {
        try DueMembers(self).encode(to: encoder)
    }

    public func write(to writer: inout JSONWriter) {
        DueMembers(self).write(to: &writer)
    }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        let position = reader.position
        guard let due = try DueMembers.read(from: &reader).due else {
            throw JSONError(
                .unacceptable("a due date is one of on, before, after with clear, every, whenever"), at: position)
        }
        return due
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        let anchor = Anchor.schema(in: &definitions)
        let date = CivilDate.schema(in: &definitions)
        let dayKind = Delay.DayKind.schema(in: &definitions)
        let yearlyDay = JSONSchema.object([
            .init("month", isRequired: true, schema: .boundedInteger(minimum: 1, maximum: 12)),
            .init("day", isRequired: true, schema: .boundedInteger(minimum: 1, maximum: 31)),
        ])
        return definitions.define("Due", as: Self.self) { _ in
            .oneOf([
                .object([.init("on", isRequired: true, schema: date)]),
                .object([.init("before", isRequired: true, schema: date)]),
                .object([
                    .init("after", isRequired: true, schema: anchor),
                    .init("months", isRequired: false, schema: .integer),
                    .init("days", isRequired: false, schema: .integer),
                    .init("years", isRequired: false, schema: .integer),
                    .init("clear", isRequired: true, schema: .boolean),
                    .init("dayKind", isRequired: false, schema: dayKind),
                ]),
                .object([.init("every", isRequired: true, schema: yearlyDay)]),
                .object([.init("whenever", isRequired: true, schema: .string())]),
            ])
        }
    }
}
