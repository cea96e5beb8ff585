import JSONCodec

/// Where the money stands in the budget.
public struct BudgetLine: Hashable, Codable, JSONObject {
    /// The budget's year.
    public var year: Int?
    /// The line as written: "BP 2024 et PPIF 2024-2028 « … »".
    public var label: String?
    /// What the budget provides.
    public var planned: Money?
    /// What this operation costs.
    public var operation: Money?

    /// A line of which nothing is known.
    public init() {}

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("year", &year)
        visitor.optional("label", &label)
        visitor.optional("planned", &planned)
        visitor.optional("operation", &operation)
    }
}

/// A grant (subvention) that the act awards.
public struct Grant: Hashable, Codable, JSONObject {
    /// Who receives it, as written.
    public var beneficiary: String
    /// The beneficiary's SIRET number (14 digits) if printed.
    public var siret: String?
    /// The beneficiary's number in the register of associations (W and 9 digits) if printed.
    public var rna: String?
    /// How much.
    public var amount: Money
    /// What for.
    public var purpose: String?
    /// Whether the text mentions a convention with the beneficiary.
    public var conventionMentioned: Bool
    /// What was given in former years.
    public var history: [YearlyAmount]?

    /// A grant.
    public init(beneficiary: String, amount: Money, conventionMentioned: Bool = false) {
        self.beneficiary = beneficiary
        self.amount = amount
        self.conventionMentioned = conventionMentioned
    }

    public init(blank: JSONBlank) {
        self.init(beneficiary: "", amount: Money(cents: 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("beneficiary", &beneficiary)
        visitor.optional("siret", &siret)
        visitor.optional("rna", &rna)
        visitor.required("amount", &amount)
        visitor.optional("purpose", &purpose)
        visitor.required("conventionMentioned", &conventionMentioned)
        visitor.optional("history", &history)
    }
}

/// An amount given in a year.
public struct YearlyAmount: Hashable, Codable, JSONObject {
    /// The year.
    public var year: Int
    /// How much.
    public var amount: Money

    /// An amount in a year.
    public init(year: Int, amount: Money) {
        self.year = year
        self.amount = amount
    }

    public init(blank: JSONBlank) {
        self.init(year: 0, amount: Money(cents: 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("year", &year)
        visitor.required("amount", &amount)
    }
}

/// A table of expenses or revenues in the act or its annexes.
public struct BudgetTable: Hashable, Codable, JSONObject {
    /// The index of the deliberation that it belongs to.
    public var deliberation: Int?
    /// Its title as written.
    public var title: String?
    /// What its amounts are.
    public var direction: Direction
    /// Whether its amounts are without or with value added tax.
    public var tax: Money.Tax?
    /// Its rows in their order.
    public var rows: [Row]

    /// What the amounts of a table are.
    public enum Direction: String, JSONStringEnumeration, Codable {
        case expense
        case revenue
        case mixed
    }

    /// A table.
    public init(direction: Direction, rows: [Row]) {
        self.direction = direction
        self.rows = rows
    }

    public init(blank: JSONBlank) {
        self.init(direction: .mixed, rows: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("deliberation", &deliberation)
        visitor.optional("title", &title)
        visitor.required("direction", &direction)
        visitor.optional("tax", &tax)
        visitor.required("rows", &rows)
    }

    /// A row of a table.
    public struct Row: Hashable, Codable, JSONObject {
        /// What it is for.
        public var label: String
        /// The heading (axis, chapter) under which it stands, as written.
        public var section: String?
        /// How many units, if the table has such a column.
        public var quantity: Int?
        /// How much.
        public var amount: Money
        /// Whether it is a line, or the sum of lines.
        public var level: Level

        /// What a row is.
        public enum Level: String, JSONStringEnumeration, Codable {
            case line
            case subtotal
            case total
        }

        /// A row.
        public init(label: String, section: String? = nil, quantity: Int? = nil, amount: Money, level: Level) {
            self.label = label
            self.section = section
            self.quantity = quantity
            self.amount = amount
            self.level = level
        }

        public init(blank: JSONBlank) {
            self.init(label: "", amount: Money(cents: 0), level: .line)
        }

        public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("label", &label)
            visitor.optional("section", &section)
            visitor.optional("quantity", &quantity)
            visitor.required("amount", &amount)
            visitor.required("level", &level)
        }
    }
}
