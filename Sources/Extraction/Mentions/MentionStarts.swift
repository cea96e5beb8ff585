/// Which heads of words can begin a mention that is no number: turns most words away before they are looked up.
enum MentionStarts {
    /// Whether a mention may begin, by the head of its word.
    static let table: [Bool] = {
        var table = [Bool](repeating: false, count: WordHead.count)
        let dates = DateWords.months.map(\.word) + DateWords.weekdays.map(\.word)
        let references =
            (ReferenceReader.articleWords + ReferenceReader.annexWords).map { "\($0)" }
            + ReferenceReader.numberedTexts.map { "\($0.word)" }
        // "an": the year before the day, in "L'an deux mille trente, le lundi…".
        for word in dates + references + ["euro", "an"] { WordHead.mark(word, in: &table) }
        for letter in ReferenceReader.codeLetters {
            WordHead.mark(String(Unicode.Scalar(letter)), in: &table)
        }
        return table
    }()
}

/// Which three letters can begin a day of the week or a month: turns other words away before they are looked up.
enum DateWordStarts {
    private static let table: [Bool] = {
        var table = [Bool](repeating: false, count: 32_768)
        for word in DateWords.months.map(\.word) + DateWords.weekdays.map(\.word) {
            let letters = Array(word.utf8)
            table[index(letters[0], letters[1], letters[2])] = true
        }
        return table
    }()

    /// Whether a word that begins with these letters may be one.
    @inline(__always)
    static func mayBegin(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        second.isLetter && third.isLetter && table[index(first, second, third)]
    }

    @inline(__always)
    private static func index(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        Int(first & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
    }
}
