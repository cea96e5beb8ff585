/// The act an email speaks of.
public struct ActView: Sendable {
    /// The authority's full name: `Grand Val Agglomération`.
    public var authority: String
    /// The name that subjects carry in brackets: `Grand Val`.
    public var authorityShortName: String
    /// The act number, as printed.
    public var number: String?
    /// What was decided, as printed.
    public var subject: String
    /// The day of the session.
    public var session: CalendarDay?
    /// The result in words: `adoptée à l'unanimité (101 voix pour)`.
    public var vote: String?
    /// The name of the document it was read from.
    public var document: String
    /// Who or what sent the document: `scripts/ged`.
    public var source: String?
    /// When the document was received.
    public var receivedOn: CalendarDay?

    /// An act; what is unknown stays `nil`.
    public init(
        authority: String, authorityShortName: String, number: String?, subject: String, session: CalendarDay?,
        vote: String?, document: String, source: String?, receivedOn: CalendarDay?
    ) {
        self.authority = authority
        self.authorityShortName = authorityShortName
        self.number = number
        self.subject = subject
        self.session = session
        self.vote = vote
        self.document = document
        self.source = source
        self.receivedOn = receivedOn
    }

    var value: TemplateValue {
        .record([
            "authority": .literal(authority),
            "ofAuthority": .literal(FrenchName(authority).complement),
            "shortName": .literal(authorityShortName),
            "number": .literal(number),
            "subject": .composed(subject),
            "shortSubject": .composed(subject.shortened(to: 70)),
            "session": .literal(session?.frenchLong),
            "sessionShort": .literal(session?.frenchShort),
            "vote": .composed(vote),
            "document": .literal(document),
            "source": .literal(source),
            "received": .literal(receivedOn?.frenchLong),
            "receivedShort": .literal(receivedOn?.frenchShort),
        ])
    }
}

extension String {
    /// The text before a closing full stop: templates write their own.
    var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }

    /// At most `limit` characters, cut after a word, with an ellipsis.
    func shortened(to limit: Int) -> String {
        guard count > limit else { return self }
        let head = prefix(limit - 1)
        let end = head.lastIndex(of: " ") ?? head.endIndex
        var cut = head[..<end]
        while let last = cut.last, last.isPunctuation || last.isWhitespace { cut.removeLast() }
        return cut + "…"
    }
}
