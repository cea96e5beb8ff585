import Deliberations

/// Reads when a convention begins and ends, its notice and its court.
struct ConventionTerms {
    let text: NormalizedText
    let clauses: ClauseMatches
    let articles: [ReadConvention.Article]

    /// Verbs after which the first day follows.
    static let startVerbs: [StaticString] = [
        "prend effet", "prendra effet", "prennent effet", "entre en vigueur", "entrera en vigueur", "est conclue",
        "conclue", "est consentie", "debute", "debutera", "commence", "commencera",
    ]
    /// Verbs after which the last day follows.
    static let endVerbs: [StaticString] = [
        "prend fin", "prendra fin", "expire", "expirera", "se termine", "se terminera", "cesse", "cessera",
        "arrive a echeance", "arrivera a echeance", "s'acheve", "s'achevera", "prendre fin", "jusqu'au",
    ]
    /// Words before the first day.
    private static let startWords: [StaticString] = [
        "a compter du", "a compter de", "a partir du", "le", "au", "a la date du", "du",
    ]
    /// Words before the last day.
    private static let endWords: [StaticString] = ["au plus tard le", "le", "au", "jusqu'au", "au plus tard au"]

    /// From when it has effect, if the text says a day.
    func effectiveFrom() -> (date: CivilDate, range: Range<Int>)? {
        for article in durationArticles {
            for verb in Self.startVerbs {
                if let found = day(after: verb, Self.startWords, in: article.body, reach: 60) { return found }
            }
            if let span = span(in: article.body) { return (span.from, span.range) }
        }
        return nil
    }

    /// When it ends at the latest, if the text says a day.
    func endsOn() -> (date: CivilDate, range: Range<Int>)? {
        for article in durationArticles {
            for verb in Self.endVerbs {
                if let found = day(after: verb, Self.endWords, in: article.body, reach: 160) { return found }
            }
            if let span = span(in: article.body) { return (span.through, span.range) }
        }
        return nil
    }

    /// Articles whose title names the duration; all, if none does.
    private var durationArticles: [ReadConvention.Article] {
        let titled = articles.filter { article in
            ["duree", "delai", "effet", "validite", "vigueur", "periode", "terme"].contains {
                text.find($0, in: article.title) != nil
            }
        }
        return titled.isEmpty ? articles : titled
    }

    /// The day that follows `verb` in the same sentence, after one of `words`.
    private func day(
        after verb: StaticString, _ words: [StaticString], in body: Range<Int>, reach: Int
    ) -> (date: CivilDate, range: Range<Int>)? {
        guard let found = text.find(verb, in: body) else { return nil }
        let reachEnd = min(found.upperBound + reach, body.upperBound)
        let end = sentenceEnd(from: found.upperBound, limit: reachEnd)
        if let date = DateReader.read(at: text.skipBlanks(from: found.upperBound), in: text, limit: end)?.date {
            return (date, found.lowerBound..<end)
        }
        var position = found.upperBound
        while position < end {
            if text.isWordStart(position), let after = text.matchAny(words, at: position),
                let reading = DateReader.read(at: text.skipBlanks(from: after), in: text, limit: body.upperBound),
                let date = reading.date
            {
                return (date, found.lowerBound..<reading.range.upperBound)
            }
            position += 1
        }
        return nil
    }

    private func sentenceEnd(from position: Int, limit: Int) -> Int {
        var end = position
        while end < limit {
            if text[end] == UInt8(ascii: "."), text[end + 1].isBlank { return end }
            if text[end] == UInt8(ascii: ";") { return end }
            end += 1
        }
        return limit
    }

    /// "Du 1er janvier 2024 au 31 décembre 2026".
    private func span(in body: Range<Int>) -> (from: CivilDate, through: CivilDate, range: Range<Int>)? {
        var position = body.lowerBound
        while let du = text.find("du", in: position..<body.upperBound) {
            position = du.upperBound
            guard
                let first = DateReader.read(at: text.skipBlanks(from: du.upperBound), in: text, limit: body.upperBound),
                let au = text.matchWord("au", at: text.skipBlanks(from: first.range.upperBound)),
                let last = DateReader.read(at: text.skipBlanks(from: au), in: text, limit: body.upperBound),
                let through = last.date, let from = first.date(inYear: through.year), from <= through
            else { continue }
            return (from, through, du.lowerBound..<last.range.upperBound)
        }
        return nil
    }

    /// "Un préavis de trois mois", "moyennant un préavis d'un mois".
    func noticeMonths() -> (months: Int, range: Range<Int>)? {
        for article in articles {
            for match in clauses.within(article.body) where match.kind == .object(.notice) {
                guard let length = NoticePeriod.length(around: match.range, in: text, limit: article.body.upperBound),
                    length.unit == .months
                else { continue }
                return (length.count, length.range)
            }
        }
        return nil
    }

    /// The court named for disputes, with its place.
    func court() -> Range<Int>? {
        for article in articles.reversed() {
            guard let found = text.find("tribunal", in: article.body) else { continue }
            return CourtName.range(from: found.lowerBound, in: text, limit: article.body.upperBound)
        }
        return nil
    }
}

/// The length of a notice beside the word "préavis".
enum NoticePeriod {
    /// "Préavis de trois mois", "préavis d'un mois", "trois mois de préavis".
    static func length(around word: Range<Int>, in text: NormalizedText, limit: Int) -> DelayReader.Reading? {
        var next = text.skipBlanks(from: word.upperBound, limit: limit)
        next = text.matchAny(["minimum de", "minimal de", "de"], at: next) ?? text.match("d'", at: next) ?? next
        if let length = DelayReader.length(at: text.skipBlanks(from: next), in: text, limit: limit) { return length }
        let window = max(0, word.lowerBound - 40)..<word.lowerBound
        guard let before = DelayReader.firstLength(in: window, of: text),
            text.matchAny(["de", "du"], at: text.skipBlanks(from: before.range.upperBound)) != nil
        else { return nil }
        return before
    }
}

/// The name of a court: "Tribunal administratif de Besançon".
enum CourtName {
    /// From "tribunal" to its place: small words and words with a capital.
    static func range(from start: Int, in text: NormalizedText, limit: Int) -> Range<Int>? {
        var end = start
        var next = start
        var hasPlace = false
        while next < limit, text[next].isLetter {
            let word = wordWithDashes(at: next, in: text, limit: limit)
            let isKind = ["tribunal", "administratif", "judiciaire", "de", "grande", "instance", "commerce"]
                .contains { text.equals(word, $0) }
            let isArticle = ["la", "le", "les", "du", "des", "d"].contains { text.equals(word, $0) }
            let isPlace = text.isCapital(at: next) && !isKind
            guard isKind || isPlace || (isArticle && !hasPlace) else { break }
            if isPlace || isKind { end = word.upperBound }
            if isPlace { hasPlace = true }
            next =
                text[word.upperBound] == UInt8(ascii: "'")
                ? word.upperBound + 1 : text.skipBlanks(from: word.upperBound, limit: limit, lines: true)
        }
        return hasPlace ? start..<end : nil
    }

    private static func wordWithDashes(at position: Int, in text: NormalizedText, limit: Int) -> Range<Int> {
        var end = position
        while end < limit, text[end].isWord || (text[end] == UInt8(ascii: "-") && text[end + 1].isLetter) { end += 1 }
        return position..<max(end, position + 1)
    }
}
