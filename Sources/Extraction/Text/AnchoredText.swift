/// A text with every known wording found in it.
struct AnchoredText {
    /// The text.
    let text: NormalizedText
    /// The wordings in their order.
    let anchors: [WordingMatcher<Anchor>.Match]
    private let byKind: [Range<Int>]
    private let firstOfKind: [Int]

    /// Finds the wordings of deliberations in `text`.
    init(_ text: NormalizedText) {
        self.text = text
        anchors = ActWordings.matcher.matches(in: text)
        var firsts = [Int](repeating: 0, count: Anchor.allCases.count + 1)
        for anchor in anchors { firsts[Int(anchor.kind.rawValue) + 1] += 1 }
        for kind in 1..<firsts.count { firsts[kind] += firsts[kind - 1] }
        firstOfKind = firsts
        var byKind = [Range<Int>](repeating: 0..<0, count: anchors.count)
        for anchor in anchors {
            byKind[firsts[Int(anchor.kind.rawValue)]] = anchor.range
            firsts[Int(anchor.kind.rawValue)] += 1
        }
        self.byKind = byKind
    }

    /// The wordings that begin within `range`.
    func anchors(in range: Range<Int>) -> ArraySlice<WordingMatcher<Anchor>.Match> {
        let first = anchors.partitioningIndex { $0.range.lowerBound >= range.lowerBound }
        let last = anchors.partitioningIndex { $0.range.lowerBound >= range.upperBound }
        return anchors[first..<max(first, last)]
    }

    /// Where the wordings of `kind` stand.
    func all(_ kind: Anchor) -> ArraySlice<Range<Int>> {
        byKind[firstOfKind[Int(kind.rawValue)]..<firstOfKind[Int(kind.rawValue) + 1]]
    }

    /// Where the wordings of `kind` stand within `range`.
    func all(_ kind: Anchor, in range: Range<Int>) -> ArraySlice<Range<Int>> {
        let list = all(kind)
        let first = list.partitioningIndex { $0.lowerBound >= range.lowerBound }
        let last = list.partitioningIndex { $0.lowerBound >= range.upperBound }
        return list[first..<max(first, last)]
    }

    /// The wording that begins at `position`; no two do.
    func anchor(at position: Int) -> WordingMatcher<Anchor>.Match? {
        let index = anchors.partitioningIndex { $0.range.lowerBound >= position }
        return index < anchors.count && anchors[index].range.lowerBound == position ? anchors[index] : nil
    }

    /// The first wording of `kind` within `range`.
    func first(_ kind: Anchor, in range: Range<Int>) -> Range<Int>? { all(kind, in: range).first }

    /// The first wording of any of `kinds` from `position` on, before `limit`.
    func firstStart(of kinds: [Anchor], from position: Int, limit: Int) -> Int? {
        guard position < limit else { return nil }
        return kinds.compactMap { first($0, in: position..<limit)?.lowerBound }.min()
    }

    /// Whether `position` begins a line.
    func beginsLine(_ position: Int) -> Bool { position == 0 || text[position - 1] == FoldedByte.newline }

    /// Whether `position` begins a line or is a capital letter: the wording there may be a heading.
    func mayBeHeading(_ position: Int) -> Bool { beginsLine(position) || text.isCapital(at: position) }

    /// Where the sentence that holds `position` begins: after a point, an empty line, or at most `limit` bytes before.
    func sentenceStart(before position: Int, limit: Int = 300) -> Int {
        var start = position
        while start > 0, position - start < limit {
            if text[start - 1].isBlank, endsSentence(at: start - 1) { break }
            start -= 1
        }
        return start
    }

    /// Whether the blank at `position` ends a sentence: it is an empty line, or after the point of a word.
    private func endsSentence(at position: Int) -> Bool {
        switch text[position - 1] {
        case FoldedByte.newline: text[position] == FoldedByte.newline
        case UInt8(ascii: "."):
            text[position - 2].isLetter && text[position - 3].isLetter && text[position - 4].isLetter
        default: false
        }
    }

    /// Where the sentence that holds `position` ends.
    func sentenceEnd(from position: Int, limit: Int = 600) -> Int {
        var end = position
        while end < text.count, end - position < limit {
            if text[end] == FoldedByte.newline, text[end + 1] == FoldedByte.newline { break }
            if text[end] == UInt8(ascii: "."), text[end + 1].isBlank || end + 1 == text.count, text[end - 1].isWord,
                text[end - 2].isWord
            {
                return end
            }
            end += 1
        }
        return end
    }
}

extension RandomAccessCollection where Index == Int {
    /// The index of the first element for which `predicate` holds, in a collection where it holds from some index on.
    func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// A fact and where it was read.
struct Cited<Value> {
    /// The fact.
    let value: Value
    /// Where, in positions of the folded text.
    let range: Range<Int>
}
