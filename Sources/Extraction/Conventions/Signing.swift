import Deliberations

/// "Fait en deux exemplaires à Besançon, le 12 mars 2024".
struct SigningFormula {
    /// Where.
    let range: Range<Int>
    /// The date, if it is filled in.
    let date: DateReader.Reading?
    /// How many originals are made.
    let copies: Int?

    /// The formula in `range`: a line that begins with "Fait à" or "Fait en … exemplaires"; the last one.
    static func find(in range: Range<Int>, of text: NormalizedText) -> Self? {
        var formula: Self?
        var position = range.lowerBound
        while let found = text.find("fait", in: position..<range.upperBound) {
            position = found.upperBound
            if let read = read(at: found, in: text, limit: range.upperBound) {
                formula = read
                break
            }
        }
        return formula
    }

    private static func read(at found: Range<Int>, in text: NormalizedText, limit: Int) -> Self? {
        guard text.isCapital(at: found.lowerBound) else { return nil }
        let next = text.skipBlanks(from: found.upperBound, limit: limit)
        let range = found.lowerBound..<min(text.paragraphEnd(from: found.lowerBound), found.lowerBound + 200, limit)
        let copies = copies(in: next..<max(next, range.upperBound), of: text)
        let isAt = text.matchWord("a", at: next) != nil || text.matchWord("le", at: next) != nil
        guard copies != nil || isAt else { return nil }
        return Self(range: text.trimmed(range), date: date(in: range, of: text), copies: copies)
    }

    /// "en deux exemplaires", "en 2 exemplaires originaux".
    private static func copies(in range: Range<Int>, of text: NormalizedText) -> Int? {
        var position = range.lowerBound
        while let found = text.find("en", in: position..<range.upperBound) {
            position = found.upperBound
            let next = text.skipBlanks(from: found.upperBound, limit: range.upperBound)
            guard let number = NumberReader.read(at: next, in: text, limit: range.upperBound) else { continue }
            let window = number.range.upperBound..<min(number.range.upperBound + 30, range.upperBound)
            if text.find("exemplaires", in: window) != nil || text.find("exemplaire", in: window) != nil {
                return number.value
            }
        }
        return nil
    }

    private static func date(in range: Range<Int>, of text: NormalizedText) -> DateReader.Reading? {
        var position = range.lowerBound
        while let le = text.find("le", in: position..<range.upperBound) {
            position = le.upperBound
            let next = text.skipBlanks(from: le.upperBound, limit: range.upperBound)
            if let date = DateReader.read(at: next, in: text, limit: range.upperBound), date.date != nil { return date }
        }
        return nil
    }
}

/// The names under "Fait à …".
enum SignatureBlock {
    /// The longest block, in lines with words.
    private static let lineLimit = 24

    /// The persons whose names are lines of their own.
    static func persons(in block: Range<Int>, of text: NormalizedText) -> [PersonReader.Reading] {
        var persons: [PersonReader.Reading] = []
        var position = text.skipBlanks(from: block.lowerBound, limit: block.upperBound)
        for _ in 0..<lineLimit {
            guard position < block.upperBound else { break }
            let line = position..<min(text.lineEnd(from: position), block.upperBound)
            if text.matchAny(["annexe", "annexes"], at: line.lowerBound) != nil { break }
            persons += names(in: line, of: text)
            position = text.skipBlanks(from: line.upperBound, limit: block.upperBound)
        }
        return persons
    }

    /// The names that fill a line, or its cells.
    private static func names(in line: Range<Int>, of text: NormalizedText) -> [PersonReader.Reading] {
        var names: [PersonReader.Reading] = []
        var start = line.lowerBound
        while start < line.upperBound {
            let end = text.firstIndex(of: FoldedByte.tab, in: start..<line.upperBound) ?? line.upperBound
            if let reading = PersonReader.read(at: text.skipBlanks(from: start), in: text, limit: end),
                reading.range.upperBound >= text.trimmedOfPunctuation(start..<end).upperBound,
                isName(reading, in: text)
            {
                names.append(reading)
            }
            start = end + 1
        }
        return names
    }

    /// Two to five words, none of them the name of an organ or a place that signs.
    private static func isName(_ reading: PersonReader.Reading, in text: NormalizedText) -> Bool {
        let first = text.word(at: reading.name.lowerBound)
        let isArticle = [
            "la", "le", "les", "l", "pour", "grand", "grande", "ville", "commune", "communaute", "conseil",
            "monsieur", "madame", "cachet", "signature", "lu", "bon", "article", "saint", "fait",
        ]
        .contains { text.equals(first, $0) }
        let words = reading.name.reduce(1) { $0 + (text[$1] == FoldedByte.space ? 1 : 0) }
        return !isArticle && (2...5).contains(words)
    }
}
