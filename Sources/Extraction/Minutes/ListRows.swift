/// Reads the rows of a list of deliberations that has neither numbers nor results: what its title announces, one an item.
enum ListRows {
    /// The rows after the title in `range`.
    static func rows(_ anchored: AnchoredText, in range: Range<Int>) -> [DeliberationRange] {
        let text = anchored.text
        var starts: [Int] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let isItem = text[position].isListMark && text[position + 1] != text[position]
            if isItem, anchored.beginsLine(position) { starts.append(position) }
            position = text.lineEnd(from: position) + 1
        }
        guard starts.count > 1 else { return [] }
        return starts.indices.compactMap { index in
            let end = index + 1 < starts.count ? starts[index + 1] : text.paragraphEnd(from: starts[index])
            let title = text.trimmedOfPunctuation((starts[index] + 1) ..| min(end, range.upperBound))
            guard (8...400).contains(title.count) else { return nil }
            return DeliberationRange(
                range: starts[index] ..| end, title: title, bodyStart: title.upperBound, isRow: true)
        }
    }
}
