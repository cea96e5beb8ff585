import JSONCodec

/// An amount of euros, exact to the cent.
public struct Money: Hashable, Codable, JSONObject {
    /// The amount in euro cents; may be negative.
    public var cents: Int
    /// Whether the text says that value added tax is left out or included.
    public var tax: Tax?

    /// Without (hors taxes) or with (toutes taxes comprises) value added tax.
    public enum Tax: String, JSONStringEnumeration, Codable {
        case excluded = "HT"
        case included = "TTC"
    }

    /// An amount of `cents` euro cents.
    public init(cents: Int, tax: Tax? = nil) {
        self.cents = cents
        self.tax = tax
    }

    public init(blank: JSONBlank) {
        self.init(cents: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("cents", &cents)
        visitor.optional("tax", &tax)
    }
}
