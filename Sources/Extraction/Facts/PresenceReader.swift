import Deliberations

/// Reads from when until when: "(à compter de la question n°5)", "(jusqu'à 22h40)", "(arrivée à 19h07)".
enum PresenceReader {
    private static let beginnings: WordChoice = [
        "a compter", "a partir", "arrive", "arrivee", "arrivees", "des", "depuis", "de la", "du",
    ]
    private static let endings: WordChoice = [
        "jusqu'a", "jusqu'au", "jusqu'aux", "jusque", "depart", "parti", "partie", "quitte",
    ]

    /// The range that the words of `note` say, or nil if they say none.
    static func read(_ note: Range<Int>, in text: NormalizedText) -> ItemRange? {
        var range = ItemRange()
        var position = note.lowerBound
        while position < note.upperBound {
            guard text.isWordStart(position) else {
                position += 1
                continue
            }
            if let end = text.matchAny(beginnings, at: position) {
                if let point = point(after: end, in: text, limit: note.upperBound) {
                    if range.from == nil { range.from = point.item }
                    if range.fromTime == nil { range.fromTime = point.time }
                    position = point.end
                    continue
                }
            } else if let end = text.matchAny(endings, at: position) {
                if let point = point(after: end, in: text, limit: note.upperBound) {
                    let leaves = text[position] != UInt8(ascii: "j")
                    if !leaves || point.item == nil { range.through = point.item }
                    range.untilTime = point.time
                    position = point.end
                    continue
                }
            }
            position = text.word(at: position).upperBound
        }
        return range == ItemRange() ? nil : range
    }

    private static let fillers: WordChoice = [
        "de", "la", "du", "le", "les", "l'", "a", "au", "aux", "en", "question", "questions", "point", "points",
        "rapport", "deliberation",
        "affaire", "dossier", "numero", "n°", "no", "n", "vers", "apres", "avant", "item", "sujet", "heure",
        "la seance", "validation", "vote", "examen", "presentation", "fin",
    ]

    private struct Point {
        var item: AgendaItem?
        var time: TimeOfDay?
        let end: Int
    }

    /// The item or the time that follows within a few words.
    private static func point(after position: Int, in text: NormalizedText, limit: Int) -> Point? {
        var next = text.skipSeparators(from: position, limit: limit)
        for _ in 0..<10 {
            guard next < limit else { return nil }
            if let time = TimeReader.read(at: next, in: text, limit: limit) {
                return Point(time: time.time, end: time.range.upperBound)
            }
            if text[next].isDigit { return item(at: next, in: text, limit: limit) }
            guard let end = fillerEnd(at: next, in: text) else { return nil }
            next = text.skipSeparators(from: end, limit: limit)
        }
        return nil
    }

    private static func fillerEnd(at position: Int, in text: NormalizedText) -> Int? {
        if let end = text.match("n°", at: position) { return end }
        return text.matchAny(fillers, at: position)
    }

    private static func item(at position: Int, in text: NormalizedText, limit: Int) -> Point? {
        var end = position
        while end < limit, text[end].isWord || isJoint(at: end, in: text) || isNumberGap(at: end, limit, in: text) {
            end += 1
        }
        if let bis = text.matchAny(["bis", "ter"], at: text.skipBlanks(from: end, limit: limit)) { end = bis }
        return Point(item: AgendaItem(text.words(of: position ..| end)), end: end)
    }

    /// "23 03 05": the blank between groups of two or more digits.
    private static func isNumberGap(at position: Int, _ limit: Int, in text: NormalizedText) -> Bool {
        text[position] == FoldedByte.space && position + 2 < limit && text[position - 1].isDigit
            && text[position - 2].isDigit && text[position + 1].isDigit && text[position + 2].isDigit
    }

    private static func isJoint(at position: Int, in text: NormalizedText) -> Bool {
        (text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: "-")
            || text[position] == UInt8(ascii: "/"))
            && text[position + 1].isDigit
    }
}
