/// Which three bytes can begin a mention that is no number: turns most words away before they are looked up.
enum MentionStarts {
    /// 1 to 26 for the letters, 0 for other bytes.
    static let letters: [UInt8] = (0..<256).map { UInt8($0).isLetter ? UInt8($0) & 31 : 0 }

    /// Whether a mention may begin, at the index of three bytes.
    static let table: [Bool] = {
        var table = [Bool](repeating: false, count: 32_768)
        let dates = DateWords.months.map(\.word) + DateWords.weekdays.map(\.word)
        let references =
            (ReferenceReader.articleWords + ReferenceReader.annexWords).map { "\($0)" }
            + ReferenceReader.numberedTexts.map { "\($0.word)" }
        for word in dates + references + ["euro"] {
            let start = word.utf8.prefix(3).map { Int(letters[Int($0)]) }
            table[start[0] << 10 | start[1] << 5 | start[2]] = true
        }
        // "an": the year before the day, in "L'an deux mille trente, le lundi…".
        table[Int(letters[Int(UInt8(ascii: "a"))]) << 10 | Int(letters[Int(UInt8(ascii: "n"))]) << 5] = true
        for letter in ReferenceReader.codeLetters {
            for third in 0..<32 { table[Int(letters[Int(letter)]) << 10 | third] = true }
        }
        return table
    }()

    /// Whether the word at `position` may begin a mention.
    @inline(__always)
    static func mayBegin(
        at position: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ letters: UnsafeBufferPointer<UInt8>,
        _ table: UnsafeBufferPointer<Bool>
    ) -> Bool {
        guard position + 2 < bytes.count else { return bytes[position].isLetter }
        let first = Int(letters[Int(bytes[position])])
        let second = Int(letters[Int(bytes[position + 1])])
        return table[first << 10 | second << 5 | Int(letters[Int(bytes[position + 2])])]
    }
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
