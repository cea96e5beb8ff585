import Deliberations

/// Reads one convention: parties, signatories, articles, terms, payments and blanks.
struct ConventionReader {
    private let text: NormalizedText
    private let mentions: FoundMentions
    private let clauses: ClauseMatches
    private var read: ReadConvention

    /// The convention that stands in `range`.
    static func read(
        in range: Range<Int>, of text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches
    ) -> ReadConvention {
        var reader = Self(range: range, text: text, mentions: mentions, clauses: clauses)
        reader.readAll()
        return reader.read
    }

    private init(range: Range<Int>, text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches) {
        self.text = text
        self.mentions = mentions
        self.clauses = clauses
        let parties = PartiesReader.read(in: range, of: text)
        read = ReadConvention(convention: Convention(parties: []), range: range, parties: parties)
    }

    private mutating func readAll() {
        let signing = SigningFormula.find(in: read.range, of: text)
        readParties()
        readArticles(until: signing?.range.lowerBound ?? read.range.upperBound)
        if let signing { readSigning(signing) }
        readTerms()
        read.convention.blanks = Blanks.find(in: read.range, of: text).map { text.range(of: $0) }
        let payments = PaymentsReader.read(read.articles, in: text, mentions: mentions, clauses: clauses)
        for (index, payment) in payments.enumerated() {
            read.convention.payments.append(payment.payment)
            read.payments.append(payment.place)
            cite("/payments/\(index)", payment.place.sentence)
        }
    }

    private mutating func cite(_ member: String, _ range: Range<Int>) {
        read.citations.append((member, range))
    }

    // MARK: Parties and signatories

    private mutating func readParties() {
        for (index, party) in read.parties.enumerated() {
            read.convention.parties.append(text.words(of: party.name))
            cite("/parties/\(index)", party.name)
        }
        for party in read.parties {
            guard let reading = party.representative else { continue }
            var person = reading.person
            if person.role == nil { person.role = party.office.map { text.words(of: $0) } }
            add(person, reading.range)
        }
    }

    private mutating func readSigning(_ signing: SigningFormula) {
        if let date = signing.date?.date {
            read.convention.signedOn = date
            cite("/signedOn", signing.range)
        }
        if let copies = signing.copies {
            read.convention.copies = copies
            cite("/copies", signing.range)
        }
        let block = signing.range.upperBound..<read.range.upperBound
        for reading in SignatureBlock.persons(in: block, of: text) where !isPartOfPartyName(reading.name) {
            add(reading.person, reading.range)
        }
    }

    /// "Besançon Métropole" under "La Présidente de Grand" is a torn line and nobody's name.
    private func isPartOfPartyName(_ name: Range<Int>) -> Bool {
        let words = text.words(of: name).lowercased()
        return read.convention.parties.contains { $0.lowercased().contains(words) }
    }

    /// Adds a signatory, unless the same name stands there already.
    private mutating func add(_ person: Person, _ range: Range<Int>) {
        let key = person.name.lowercased()
        guard !read.convention.signatories.contains(where: { $0.name.lowercased() == key }) else { return }
        read.convention.signatories.append(person)
        cite("/signatories/\(read.convention.signatories.count - 1)", range)
    }

    // MARK: Articles

    private mutating func readArticles(until end: Int) {
        let headings = ArticleHeadings.find(in: read.range.lowerBound..<end, of: text)
        for (index, heading) in headings.enumerated() {
            let next = index + 1 < headings.count ? headings[index + 1].start : end
            let range = text.trimmed(heading.start..<next)
            let body = text.trimmed(heading.bodyStart..<next)
            read.articles.append(
                .init(
                    number: heading.number, title: heading.title, range: range, body: body,
                    sentences: SentenceSplitter.sentences(in: body, of: text)))
            read.convention.articles.append(
                Convention.Article(
                    number: text.words(of: heading.number), title: text.words(of: heading.title),
                    range: text.range(of: range)))
        }
    }

    // MARK: Terms

    private mutating func readTerms() {
        let terms = ConventionTerms(text: text, clauses: clauses, articles: read.articles)
        if let start = terms.effectiveFrom() {
            read.convention.effectiveFrom = start.date
            cite("/effectiveFrom", start.range)
        }
        if let end = terms.endsOn() {
            read.convention.endsOn = end.date
            cite("/endsOn", end.range)
        }
        if let notice = terms.noticeMonths() {
            read.convention.noticeMonths = notice.months
            cite("/noticeMonths", notice.range)
        }
        if let court = terms.court() {
            read.convention.court = text.words(of: court)
            cite("/court", court)
        }
    }
}
