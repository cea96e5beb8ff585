import Deliberations

/// Reads the duties that the articles of a convention state.
struct ConventionDuties {
    private let text: NormalizedText
    private let mentions: FoundMentions
    private let clauses: ClauseMatches
    private let convention: ReadConvention
    private let actors: Actors
    private var found: [FoundObligation] = []
    private var debtor: Range<Int>?
    private var bindings: [Binding] = []

    /// "Les pièces mentionnées à l'article 3 … au plus tard le 30 avril 2025".
    private struct Binding {
        let number: [UInt8]
        let due: DueReader.Reading
        let sentence: Range<Int>
    }

    /// The duties of `convention`, in the order of its text.
    static func read(
        _ convention: ReadConvention, in text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches
    ) -> [FoundObligation] {
        let actors = Actors(text: text, parties: convention.parties)
        var duties = Self(text: text, mentions: mentions, clauses: clauses, convention: convention, actors: actors)
        duties.readAll()
        return duties.found
    }

    private init(
        text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches, convention: ReadConvention,
        actors: Actors
    ) {
        self.text = text
        self.mentions = mentions
        self.clauses = clauses
        self.convention = convention
        self.actors = actors
    }

    private mutating func readAll() {
        for (index, article) in convention.articles.enumerated() {
            debtor = nil
            for sentence in article.sentences { read(sentence, of: article) }
            addPayments(of: index, article)
        }
        bind()
    }

    // MARK: Sentences

    private mutating func read(_ sentence: Sentence, of article: ReadConvention.Article) {
        let matches = clauses.within(sentence.range)
        noteBinding(sentence, matches)
        if isPayment(sentence.range) { return }
        if let lead = sentence.lead, let duty = Duty.find(in: lead, clauses.within(lead), of: text), duty.isOpen {
            add(Duty(item: sentence.range, of: duty), sentence.range, matches, article, subjectEnd: nil)
        } else if let duty = Duty.find(in: sentence.range, matches, of: text), !duty.isOpen {
            add(duty, sentence.range, matches, article, subjectEnd: duty.verb.lowerBound)
        } else if let duty = Duty.find(in: sentence.range, matches, of: text) {
            debtor = actors.subject(in: sentence.range.lowerBound..<duty.verb.lowerBound, previous: debtor) ?? debtor
        } else if let notice = notice(sentence.range, matches, article) {
            found.append(notice)
        }
    }

    private func isPayment(_ sentence: Range<Int>) -> Bool {
        convention.payments.contains { $0.sentence == sentence }
    }

    private mutating func add(
        _ duty: Duty, _ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, _ article: ReadConvention.Article,
        subjectEnd: Int?
    ) {
        let subject = subjectEnd.flatMap {
            actors.subject(in: sentence.lowerBound..<$0, previous: debtor)
        }
        if let subject { debtor = subject }
        let owed = duty.hasActiveSubject ? (subjectEnd == nil ? debtor : subject) : nil
        let dates = mentions.dates(in: sentence)
        let due =
            DueReader.read(sentence, matches, in: text)
            ?? (duty.form == .engagement ? DueReader.plainDay(sentence, dates, in: text) : nil)
        // What leads to a list is owed by its items; what is told in the present is owed only with a day.
        let isLead = duty.form == .future && text[sentence.upperBound - 1] == UInt8(ascii: ":")
        if due == nil, duty.form == .present || isLead { return }
        var obligation = FoundObligation(
            kind: .other, debtor: owed, what: duty.what, article: article.number, due: due, sentence: sentence)
        obligation.creditor = creditor(of: duty, sentence, owed, matches)
        let items = DocumentItems.find(in: duty.what, clauses.within(duty.what), of: text)
        obligation.isDocument =
            duty.form == .future || duty.form == .present || clauses.within(duty.what).contains { $0.kind == .handing }
        guard !items.isEmpty, duty.form != .keeping, obligation.isDocument || duty.form == .passive else {
            obligation.kind = kind(of: duty)
            found.append(obligation)
            return
        }
        for item in items {
            obligation.kind = item.kind
            obligation.what = due.map { DocumentItems.without($0.range, item.range, in: text) } ?? item.range
            obligation.isDocument = true
            found.append(obligation)
        }
    }

    private func creditor(
        of duty: Duty, _ sentence: Range<Int>, _ debtor: Range<Int>?, _ matches: ArraySlice<ClauseMatch>
    ) -> Range<Int>? {
        let isHandedOver =
            duty.form == .future || duty.form == .present || clauses.within(duty.what).contains { $0.kind == .handing }
            || text.find("notifiees", in: sentence) != nil
        guard isHandedOver else { return nil }
        return actors.recipient(in: duty.what) ?? debtor.flatMap { actors.other(than: $0) }
    }

    /// What a duty that hands over no document is about: the first of its verbs that tells.
    private func kind(of duty: Duty) -> Obligation.Kind {
        if duty.form == .keeping { return .retention }
        if duty.form == .entitlement { return .other }
        if let kind = ClauseWordings.kind(ofFuture: duty.verb, in: text) { return kind }
        let window = duty.what.lowerBound..<min(duty.what.upperBound, duty.what.lowerBound + 40)
        for match in clauses.within(window) {
            guard case .object(let kind) = match.kind else { continue }
            switch kind {
            case .retention, .payment, .publication: return duty.form == .prohibition ? .other : kind
            case .notice: return .notice
            default: continue
            }
        }
        return clauses.within(duty.what).contains { $0.kind == .object(.notice) } ? .notice : .other
    }

    // MARK: Notice

    /// "Avec un préavis d'un mois suivant l'envoi d'une lettre recommandée".
    private func notice(
        _ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, _ article: ReadConvention.Article
    ) -> FoundObligation? {
        for match in matches where match.kind == .object(.notice) {
            guard let length = NoticePeriod.length(around: match.range, in: text, limit: sentence.upperBound) else {
                continue
            }
            let stated = DelayReader.anchor(after: length.range.upperBound, in: text, limit: sentence.upperBound)
            let letter = text.find("lettre", in: sentence) ?? text.find("courrier", in: sentence)
            let anchor = stated?.anchor ?? (letter == nil ? .event(text.words(of: match.range)) : .letter)
            let upper = max(stated?.range.upperBound ?? length.range.upperBound, match.range.upperBound)
            let range = min(match.range.lowerBound, length.range.lowerBound)..<upper
            let due = DueReader.Reading(due: .after(DelayReader.delay(length, after: anchor)), range: range)
            return FoundObligation(
                kind: .notice, debtor: either(in: sentence), what: range, article: article.number, due: due,
                sentence: sentence)
        }
        return nil
    }

    private func either(in sentence: Range<Int>) -> Range<Int>? {
        text.find("l'une ou l'autre des parties", in: sentence) ?? text.find("l'une des parties", in: sentence)
            ?? text.find("chacune des parties", in: sentence)
    }

    // MARK: Payments

    private mutating func addPayments(of index: Int, _ article: ReadConvention.Article) {
        for place in convention.payments where place.article == index {
            guard let due = place.due else { continue }
            let payer = payer(in: article)
            found.append(
                FoundObligation(
                    kind: .payment, debtor: payer, creditor: payer.flatMap { actors.other(than: $0) },
                    what: place.sentence, article: article.number, due: due, sentence: place.sentence))
        }
    }

    /// Who pays: the subject of "attribue", "accorde", "verse" in the article.
    private func payer(in article: ReadConvention.Article) -> Range<Int>? {
        for verb in ["attribue", "accorde", "verse", "alloue", "versera", "s'engage a verser", "octroie"]
            as [StaticString]
        {
            guard let found = text.find(verb, in: article.body) else { continue }
            var start = found.lowerBound
            while start > article.body.lowerBound, !isSentenceEnd(start - 1) { start -= 1 }
            return actors.subject(in: text.trimmed(start..<found.lowerBound), previous: nil)
        }
        return nil
    }

    private func isSentenceEnd(_ position: Int) -> Bool {
        text[position] == FoldedByte.newline || (text[position] == UInt8(ascii: ".") && text[position + 1].isBlank)
    }

    // MARK: Dates that stand elsewhere

    private mutating func noteBinding(_ sentence: Sentence, _ matches: ArraySlice<ClauseMatch>) {
        guard let due = DueReader.day(sentence.range, matches, in: text), names(documentsIn: sentence.range) else {
            return
        }
        for reference in mentions.references(in: sentence.range) where reference.kind == .article {
            guard let number = reference.number,
                reference.range.upperBound <= due.range.lowerBound
                    || due.range.upperBound <= reference.range.lowerBound
            else { continue }
            let key = PartNumber.key(number, in: text)
            bindings.append(Binding(number: key, due: due, sentence: sentence.range))
        }
    }

    private func names(documentsIn range: Range<Int>) -> Bool {
        ["pieces", "documents", "justificatifs", "bilans", "rapports", "elements", "livrables", "comptes"]
            .contains { text.find($0, in: range) != nil }
    }

    /// Gives the documents of an article the day that another article states for them.
    private mutating func bind() {
        for binding in bindings {
            for index in found.indices {
                guard found[index].isDocument, found[index].sentence != binding.sentence,
                    let article = found[index].article,
                    PartNumber.key(article, in: text) == binding.number, !(found[index].due?.isDay ?? false)
                else { continue }
                found[index].due = binding.due
            }
            guard isBound(binding) else { continue }
            found.removeAll { $0.sentence == binding.sentence && $0.kind == .other }
        }
    }

    private func isBound(_ binding: Binding) -> Bool {
        found.contains { $0.due?.range == binding.due.range && $0.sentence != binding.sentence }
    }
}
