import Deliberations

/// Reads how the act can be appealed against, and who signs it.
enum ClosingReader {
    /// The court, the months and the start of an appeal.
    static func appeal(in anchored: AnchoredText, act: Range<Int>) -> Cited<Appeal>? {
        let text = anchored.text
        for court in anchored.all(.court, in: act) {
            let window = max(act.lowerBound, court.lowerBound - 350) ..| min(act.upperBound, court.upperBound + 350)
            guard text.find("recours", in: window) != nil || text.find("contest*", in: window) != nil,
                let months = months(in: window, of: text)
            else { continue }
            var end = court.upperBound
            let next = text.skipBlanks(from: end)
            if let of = text.matchAny(["de", "d'", "du"], at: next) ?? text.match("d'", at: next),
                let place = PlaceReader.read(at: text.skipBlanks(from: of), in: text)
            {
                end = place.upperBound
            }
            let range = court.lowerBound ..| end
            let appeal = Appeal(court: text.words(of: range), months: months.value, start: start(in: window, of: text))
            let cited =
                min(range.lowerBound, months.range.lowerBound) ..| max(range.upperBound, months.range.upperBound)
            return Cited(value: appeal, range: cited)
        }
        return nil
    }

    private static func months(in range: Range<Int>, of text: NormalizedText) -> Cited<Int>? {
        var position = range.lowerBound
        while let mois = text.find("mois", in: position ..| range.upperBound) {
            position = mois.upperBound
            var start = mois.lowerBound - 1
            while start > range.lowerBound, text[start - 1].isWord { start -= 1 }
            if let number = NumberReader.read(at: start, in: text), number.value <= 12, number.value > 0 {
                return Cited(value: number.value, range: start ..| mois.upperBound)
            }
        }
        return nil
    }

    private static func start(in range: Range<Int>, of text: NormalizedText) -> Deliberations.Anchor? {
        let starts: [(word: StaticString, anchor: Deliberations.Anchor)] = [
            ("publicite", .publication), ("publication", .publication), ("affichage", .publication),
            ("notification", .notification), ("transmission", .transmission), ("reception", .receipt),
        ]
        return starts.first { text.find($0.word, in: range) != nil }?.anchor
    }

    private static let offices: WordChoice = [
        "la secretaire de seance", "le secretaire de seance", "secretaire de seance", "la presidente", "le president",
        "le maire", "la maire",
        "monsieur le maire", "madame la maire", "madame le maire", "la secretaire", "le secretaire",
        "la vice-presidente", "le vice-president",
        "l'adjoint", "l'adjointe", "monsieur le president", "madame la presidente", "le doyen d'age",
        "la maire-adjointe",
    ]

    /// Who signs: an office at the beginning of a line, or with a capital, and a name right after it.
    static func signatories(in anchored: AnchoredText, closing: Range<Int>) -> [Cited<Person>] {
        let text = anchored.text
        var signatories: [Cited<Person>] = []
        var free = closing.lowerBound
        let first = text.wordStarts.partitioningIndex { $0 >= closing.lowerBound }
        for index in first ..| text.wordStarts.count {
            let position = Int(text.wordStarts[index])
            guard position < closing.upperBound else { break }
            guard position >= free, let end = text.matchAny(offices, at: position), end <= closing.upperBound,
                text.isCapital(at: position)
            else { continue }
            free = end
            if let person = signature(office: position ..| end, limit: closing.upperBound, in: text) {
                if !signatories.contains(where: { $0.value.name == person.value.name }) { signatories.append(person) }
                free = person.range.upperBound
            }
        }
        return signatories
    }

    private static func signature(office: Range<Int>, limit: Int, in text: NormalizedText) -> Cited<Person>? {
        let start = text.skipSeparators(from: office.upperBound, limit: limit)
        guard start - office.upperBound > 0, start - office.upperBound < 12,
            var reading = PersonReader.read(at: start, in: text, limit: limit)
        else { return nil }
        let first = text.word(at: office.lowerBound)
        let hasArticle = text.equals(first, "le") || text.equals(first, "la")
        let role = hasArticle ? (first.upperBound + 1) ..| office.upperBound : office
        reading.person.role = text.words(of: role)
        return Cited(value: reading.person, range: office.lowerBound ..| reading.range.upperBound)
    }
}
