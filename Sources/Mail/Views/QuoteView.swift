/// A sentence of the document, word for word.
public struct QuoteView: Sendable {
    /// The sentence as it was written.
    public var text: String
    /// Where it stands: `article 4 de la convention`, `page 3`.
    public var place: String?

    /// A quotation of at most 600 characters; more is cut with an ellipsis.
    public init(_ text: String, place: String? = nil) {
        self.text = text
        self.place = place
    }

    var value: TemplateValue {
        .record(["text": .literal(text.shortened(to: 600)), "place": .composed(place)])
    }
}

/// What a person can answer with one touch.
public struct ActionView: Sendable {
    /// `Fait`, `Reporter`.
    public let label: String
    /// A `mailto:` or `https:` link.
    public let link: String

    /// - Throws: `MailError.invalidLink` for another scheme, or for blanks, quotes and controls inside.
    public init(label: String, link: String) throws(MailError) {
        let isSafe = link.utf8.allSatisfy { (0x21...0x7E).contains($0) && ![0x22, 0x27, 0x3C, 0x3E].contains($0) }
        guard isSafe, link.utf8.count <= 2000, link.hasPrefix("mailto:") || link.hasPrefix("https://") else {
            throw .invalidLink(text: link)
        }
        self.label = label
        self.link = link
    }

    func value(isMain: Bool) -> TemplateValue {
        .record(["label": .composed(label), "link": .literal(link), "isMain": .flag(isMain)])
    }
}

/// The last lines of an email: why the reader gets it and whom to ask.
public struct FooterView: Sendable {
    /// `Vous recevez ce message parce que…`
    public var reason: String
    /// Whom to ask: a name, an address.
    public var contact: String?

    /// A footer.
    public init(reason: String, contact: String? = nil) {
        self.reason = reason
        self.contact = contact
    }

    var value: TemplateValue { .record(["reason": .composed(reason), "contact": .composed(contact)]) }
}
