import Deliberations

/// Reads the duties that an act itself states: only those with a day to come, and the appeal.
///
/// Minutes tell much of what somebody should do; a duty of an act needs both a wording that binds and a day.
struct ActDuties {
    private let text: NormalizedText
    private let mentions: FoundMentions
    private let clauses: ClauseMatches
    private let session: CivilDate?
    private let actors: Actors

    /// The duties of the act in `range` that are due on `session` or later.
    static func read(
        in range: Range<Int>, of text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches,
        session: CivilDate?
    ) -> [FoundObligation] {
        let actors = Actors(text: text, parties: [])
        let duties = Self(text: text, mentions: mentions, clauses: clauses, session: session, actors: actors)
        return duties.candidates(in: range).compactMap { duties.duty(in: $0) }
    }

    /// The sentences around a wording of a day or of an appeal; the rest of the act is not split.
    private func candidates(in range: Range<Int>) -> [Sentence] {
        var sentences: [Sentence] = []
        var end = range.lowerBound
        for match in clauses.within(range) where match.range.lowerBound >= end && isTelling(match) {
            let paragraph = paragraph(around: match.range, in: range)
            sentences += SentenceSplitter.sentences(in: paragraph, of: text)
            end = paragraph.upperBound
        }
        return sentences
    }

    private func isTelling(_ match: ClauseMatch) -> Bool {
        switch match.kind {
        case .appeal, .until, .before, .duty(.engagement): true
        default: false
        }
    }

    /// The lines around `match` up to empty lines, bounded for texts without any.
    private func paragraph(around match: Range<Int>, in range: Range<Int>) -> Range<Int> {
        var lower = match.lowerBound
        let lowest = max(range.lowerBound, match.lowerBound - 1_500)
        while lower > lowest, !(text[lower - 1] == FoldedByte.newline && text[lower - 2] == FoldedByte.newline) {
            lower -= 1
        }
        let upper = min(text.paragraphEnd(from: match.upperBound), range.upperBound, match.upperBound + 1_500)
        return lower..<max(upper, match.upperBound)
    }

    private func duty(in sentence: Sentence) -> FoundObligation? {
        let matches = clauses.within(sentence.range)
        if let appeal = appeal(sentence.range, matches) { return appeal }
        guard !isRecital(sentence.range), sentence.range.count < 900 else { return nil }
        let lead = sentence.lead.flatMap { Duty.find(in: $0, clauses.within($0), of: text) }
        let own = Duty.find(in: sentence.range, matches, of: text)
        guard let duty = own ?? lead.flatMap({ $0.isOpen ? Duty(item: sentence.range, of: $0) : nil }), !duty.isOpen,
            duty.form != .entitlement, duty.form != .acceptance,
            let due = day(of: duty, in: sentence.range, matches)
        else { return nil }
        let heading = ArticleHeadings.heading(at: sentence.range.lowerBound, in: text, limit: sentence.range.upperBound)
        var what = duty.what
        if let heading, what.lowerBound < heading.bodyStart { what = text.trimmed(heading.bodyStart..<what.upperBound) }
        let subject = actors.subject(
            in: sentence.range.lowerBound..<max(duty.verb.lowerBound, sentence.range.lowerBound),
            previous: nil)
        return FoundObligation(
            kind: kind(of: duty, matches), debtor: duty.hasActiveSubject ? subject : nil, what: what,
            article: heading?.number, due: due, sentence: sentence.range)
    }

    private func day(of duty: Duty, in sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>) -> DueReader.Reading? {
        let due =
            DueReader.day(sentence, matches, in: text)
            ?? (duty.form == .engagement ? DueReader.plainDay(sentence, mentions.dates(in: sentence), in: text) : nil)
        switch due?.due {
        case .on(let date), .before(let date):
            if let session, date < session { return nil }
            return due
        default: return due
        }
    }

    /// "Vu", "considérant": reasons bind nobody.
    private func isRecital(_ sentence: Range<Int>) -> Bool {
        text.matchAny(
            ["vu", "considerant", "attendu", "rappelle", "rappelant", "visa", "conformement a la loi"],
            at: sentence.lowerBound) != nil
    }

    private func kind(of duty: Duty, _ matches: ArraySlice<ClauseMatch>) -> Obligation.Kind {
        if duty.form == .keeping { return .retention }
        if let kind = ClauseWordings.kind(ofFuture: duty.verb, in: text) { return kind }
        for match in matches {
            guard case .object(let kind) = match.kind else { continue }
            switch kind {
            case .report, .accounts: return kind
            case .payment where duty.form != .prohibition: return kind
            default: continue
            }
        }
        return .other
    }

    // MARK: Appeal

    /// Words that make an appeal one to a court, not to the authority itself.
    static let courtWords: WordChoice = [
        "tribunal", "juridiction administrative", "juge administratif", "contentieux", "exces de pouvoir",
    ]

    /// "Peut faire l'objet d'un recours … dans les deux mois suivant sa publicité".
    private func appeal(_ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>) -> FoundObligation? {
        guard let appeal = matches.first(where: { $0.kind == .appeal }),
            text.contains(anyOf: Self.courtWords, in: sentence),
            let due = DueReader.delay(sentence, matches, in: text), case .after = due.due
        else { return nil }
        let court = text.find("tribunal", in: appeal.range.upperBound..<sentence.upperBound)
            .flatMap { CourtName.range(from: $0.lowerBound, in: text, limit: sentence.upperBound) }
        let end = court?.upperBound ?? appeal.range.upperBound
        return FoundObligation(
            kind: .appeal, what: appeal.range.lowerBound..<end, due: withPublication(due, in: sentence),
            sentence: sentence)
    }

    /// Of several starts ("à compter de sa transmission et de sa publication") publicity is the one that counts.
    private func withPublication(_ due: DueReader.Reading, in sentence: Range<Int>) -> DueReader.Reading {
        guard case .after(var delay) = due.due, delay.after != .publication,
            ["publication", "publicite", "affichage"].contains(where: { text.find($0, in: due.range) != nil })
        else { return due }
        delay.after = .publication
        return DueReader.Reading(due: .after(delay), range: due.range)
    }
}
