import Deliberations

/// Reads dated happenings that nobody owes: "Festival … du 28 mai au 1er juin 2014", "Lille 3 et 4 décembre 2024".
///
/// A date is an event's only if a word that names one stands before it in the same sentence and the day is still to come.
struct EventsReader {
    /// A happening and where it was read.
    struct Reading {
        let what: Range<Int>
        let on: CivilDate
        let through: CivilDate?
        let range: Range<Int>
    }

    /// Words that name a happening, folded, and whether the date may be the one of an act that stands after them: a
    /// "convention" in which one takes part is a fair. Adding one is one line here.
    static let nouns = WordingMatcher<Bool>([
        ("salon", true), ("forum", true), ("festival", true), ("colloque", true), ("congres", true), ("foire", true),
        ("fete", true), ("fetes", true), ("manifestation", true), ("exposition", true), ("tournoi", true),
        ("concert", true), ("concerts", true), ("seminaire", true), ("inauguration", true), ("ceremonie", true),
        ("spectacle", true), ("marche de noel", true), ("brocante", true), ("vide-grenier", true), ("course", true),
        ("meeting", true), ("championnat", true), ("competition", true), ("evenement", true), ("evenements", true),
        ("journee", true), ("journees", true), ("rencontres", true), ("carnaval", true), ("kermesse", true),
        ("conference", true), ("assises", true), ("participer a", false),
        ("edition", true), ("repas des aines", true), ("elections", true), ("scrutin", true),
    ])

    /// Words before a date that make it the date of an act and no happening.
    static let actWords: WordChoice = [
        "deliberation", "arrete", "loi", "decret", "seance", "convention", "courrier", "lettre", "avis", "conseil",
        "commission", "convocation", "reunion", "contrat", "bail", "acte", "marche", "avenant", "proces-verbal",
        "ordonnance", "bureau", "compte rendu",
    ]

    private let text: NormalizedText
    private let dates: [DateReader.Reading]
    private let session: CivilDate?

    /// The happenings of `range` on `session` or later.
    static func read(
        in range: Range<Int>, of text: NormalizedText, mentions: FoundMentions, session: CivilDate?
    ) -> [Reading] {
        let reader = Self(text: text, dates: Array(mentions.dates(in: range)), session: session)
        return reader.readings(in: range)
    }

    private func readings(in range: Range<Int>) -> [Reading] {
        var readings: [Reading] = []
        var index = 0
        while index < dates.count {
            let span = span(at: index)
            index += span.used
            guard let last = span.through ?? span.on, let on = span.on, session.map({ last >= $0 }) ?? true,
                let what = happening(before: span.range, from: range.lowerBound),
                !readings.contains(where: { $0.on == on && $0.through == span.through })
            else { continue }
            readings.append(
                Reading(
                    what: what, on: on, through: span.through,
                    range: what.lowerBound..<max(what.upperBound, span.range.upperBound)))
        }
        return readings
    }

    private struct Span {
        let on: CivilDate?
        let through: CivilDate?
        let range: Range<Int>
        let used: Int
    }

    /// "Du 28 mai au 1er juin 2014", "3 et 4 décembre 2024", "le 3 mai 2024".
    private func span(at index: Int) -> Span {
        let date = dates[index]
        let start = date.range.lowerBound
        if index + 1 < dates.count, let through = dates[index + 1].date, let first = date.date,
            isBetween(date.range.upperBound..<dates[index + 1].range.lowerBound), first < through
        {
            return Span(on: first, through: through, range: start..<dates[index + 1].range.upperBound, used: 2)
        }
        if let last = date.date, let first = firstDay(before: start, of: last) {
            return Span(on: first.date, through: last, range: first.start..<date.range.upperBound, used: 1)
        }
        return Span(on: date.date, through: nil, range: date.range, used: 1)
    }

    private func isBetween(_ gap: Range<Int>) -> Bool {
        text.equals(text.trimmed(gap), "au") || text.equals(text.trimmed(gap), "et le")
    }

    /// The first day of "3 et 4 décembre 2024" or "28 mai au 1er juin 2014", whose date is `last`.
    private func firstDay(before position: Int, of last: CivilDate) -> (date: CivilDate, start: Int)? {
        var start = position
        var isSpan = false
        for _ in 0..<5 {
            guard let word = wordBefore(start) else { return nil }
            start = word.lowerBound
            if text.equals(word, "et") || text.equals(word, "au") || text.equals(word, "-") {
                isSpan = true
            } else if isSpan, text[start].isDigit {
                if let day = text.integer(at: start)?.value, word.count <= 4,
                    text.skipBlanks(from: afterDay(start)) != start,
                    let date = firstDate(at: start, day, last), date < last
                {
                    return (date, start)
                }
                return nil
            } else if !isSpan, !text.equals(word, "le") {
                return nil
            }
        }
        return nil
    }

    private func firstDate(at start: Int, _ day: Int, _ last: CivilDate) -> CivilDate? {
        if let reading = DateReader.read(at: start, in: text), reading.year == nil {
            return reading.date(inYear: last.year)
        }
        return CivilDate(year: last.year, month: last.month, day: day)
    }

    private func afterDay(_ position: Int) -> Int { text.word(at: position).upperBound }

    private func wordBefore(_ position: Int) -> Range<Int>? {
        var end = position
        while end > 0, text[end - 1].isBlank { end -= 1 }
        guard end > 0, position - end <= 2 else { return nil }
        if text[end - 1] == UInt8(ascii: "-") { return (end - 1)..<end }
        var start = end
        while start > 0, text[start - 1].isWord { start -= 1 }
        return start < end ? start..<end : nil
    }

    /// From the word that names the happening to the date, within the sentence.
    private func happening(before dates: Range<Int>, from lowest: Int) -> Range<Int>? {
        let position = dates.lowerBound
        let start = sentenceStart(before: position, lowest)
        let head = start..<position
        let matches = Self.nouns.matches(in: text, head)
        guard let noun = matches.first(where: { isNear($0.range.upperBound..<position) }),
            !isDay(ofActIn: noun.range.upperBound..<position, noun.kind), !isRecital(start)
        else { return nil }
        let what = withClosingBracket(text.trimmedOfPunctuation(noun.range.lowerBound..<whatEnd(head)), dates)
        return (6...220).contains(what.count) ? what : nil
    }

    /// Whether the date still speaks of the noun: neither far away nor in another cell or after a colon.
    private func isNear(_ between: Range<Int>) -> Bool {
        between.count <= 110
            && !between.contains {
                text[$0] == UInt8(ascii: ":") || text[$0] == UInt8(ascii: "|") || text[$0] == FoldedByte.euro
            } && text.match("d'interet", at: text.skipBlanks(from: between.lowerBound)) == nil
    }

    /// "Salon (Lille, 3 et 4 décembre 2024)": an open bracket is kept with what it holds.
    private func withClosingBracket(_ what: Range<Int>, _ dates: Range<Int>) -> Range<Int> {
        let opened = what.count { text[$0] == UInt8(ascii: "(") }
        let closed = what.count { text[$0] == UInt8(ascii: ")") }
        let reach = dates.upperBound..<min(dates.upperBound + 60, text.count)
        guard opened > closed, let close = text.firstIndex(of: UInt8(ascii: ")"), in: reach) else { return what }
        return what.lowerBound..<(close + 1)
    }

    /// Without the small words before the date.
    private func whatEnd(_ head: Range<Int>) -> Int {
        var end = head.upperBound
        for _ in 0..<3 {
            guard let word = wordBefore(end), word.lowerBound > head.lowerBound,
                ["le", "les", "du", "des", "au", "aura", "lieu", "se", "tiendra", "qui", "a"].contains(where: {
                    text.equals(word, $0)
                })
            else { break }
            end = word.lowerBound
        }
        return end
    }

    private func sentenceStart(before position: Int, _ lowest: Int) -> Int {
        var start = position
        let limit = max(lowest, position - 220)
        while start > limit {
            let byte = text[start - 1]
            if byte == FoldedByte.newline, text[start - 2] == FoldedByte.newline || text[start].isListMark { break }
            if byte == UInt8(ascii: ";") || byte == UInt8(ascii: ".") && text[start].isBlank && text[start - 3].isWord {
                break
            }
            start -= 1
        }
        return start
    }

    /// Whether the date is of an act, or a day until or from which something holds.
    private func isDay(ofActIn between: Range<Int>, _ mayBeAct: Bool) -> Bool {
        let near = max(between.lowerBound, between.upperBound - 40)..<between.upperBound
        return mayBeAct && text.contains(anyOf: Self.actWords, in: near)
            || ["avant le", "au plus tard", "jusqu'au", "depuis le", "a compter du", "a partir du"]
                .contains { text.find($0, in: near) != nil }
    }

    private func isRecital(_ start: Int) -> Bool {
        text.matchAny(["vu", "considerant"], at: text.skipBlanks(from: start)) != nil
    }
}
