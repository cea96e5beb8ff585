/// Which heads of words can begin a date: turns most words away before they are looked at.
enum DateStarts {
    /// Calls `body` with each position in `range` where a date may begin, in order, until it returns false.
    static func forEach(in range: Range<Int>, of text: NormalizedText, _ body: (Int) -> Bool) {
        let first = text.wordStarts.partitioningIndex { $0 >= range.lowerBound }
        text.wordHeads.withUnsafeBufferPointer { heads in
            table.withUnsafeBufferPointer { table in
                for index in first ..| heads.count where WordHead.isNumber(heads[index]) || table[Int(heads[index])] {
                    let position = Int(text.wordStarts[index])
                    guard position < range.upperBound, body(position) else { return }
                }
            }
        }
    }

    private static let table: [Bool] = {
        var table = [Bool](repeating: false, count: WordHead.count)
        let days = DateWords.weekdays.map(\.word) + NumberWords.parts.map(\.word) + ["premier"]
        for word in days + ["l'an", "an"] { WordHead.mark(word, in: &table) }
        return table
    }()
}
