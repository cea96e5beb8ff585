import Deliberations

/// Reads the counts of members as the text states them: after their labels, before them, or labels and values in two rows.
struct CountsReader {
    /// Which count a label announces.
    enum Count: CaseIterable {
        case inOffice, quorum, present, represented, absent, voters
    }

    private(set) var counts: [Count: Cited<Int>] = [:]
    private let anchored: AnchoredText
    private var text: NormalizedText { anchored.text }
    private var consumed = 0

    private struct Label {
        let count: Count
        let range: Range<Int>
    }

    /// Reads the counts that stand in `preamble`.
    init(_ anchored: AnchoredText, preamble: Range<Int>) {
        self.anchored = anchored
        let labels = labels(in: preamble)
        var index = 0
        while index < labels.count {
            let block = block(from: index, in: labels)
            if block.count > 1, readBlock(block) {
                index += block.count
            } else {
                read(labels[index])
                index += 1
            }
        }
    }

    /// The labels; of two that overlap ("nombre de présents", "présents") the first.
    private func labels(in range: Range<Int>) -> [Label] {
        var labels: [Label] = []
        for anchor in anchored.anchors(in: range) {
            guard let count = Self.count(of: anchor.kind), anchor.range.lowerBound >= labels.last?.range.upperBound ?? 0
            else { continue }
            if count == .represented, let last = labels.last, last.count == .present,
                isJoined(last.range.upperBound ..| anchor.range.lowerBound)
            {
                // "Présents et représentés : 39" counts neither alone.
                labels.removeLast()
                continue
            }
            labels.append(Label(count: count, range: anchor.range))
        }
        return labels
    }

    private func isJoined(_ gap: Range<Int>) -> Bool {
        let word = text.trimmed(gap)
        return text.equals(word, "et") || text.equals(word, "ou") || text.equals(word, "et/ou")
    }

    private static func count(of kind: Anchor) -> Count? {
        switch kind {
        case .inOffice: .inOffice
        case .quorum: .quorum
        case .present: .present
        case .represented, .proxies: .represented
        case .absent: .absent
        case .voters: .voters
        default: nil
        }
    }

    /// Labels that follow each other without a value.
    private func block(from index: Int, in labels: [Label]) -> ArraySlice<Label> {
        var end = index + 1
        while end < labels.count, isGap(labels[end - 1].range.upperBound ..| labels[end].range.lowerBound),
            !labels[index..<end].contains(where: { $0.count == labels[end].count })
        {
            end += 1
        }
        return labels[index ..| end]
    }

    private func isGap(_ range: Range<Int>) -> Bool {
        range.count <= 24 && !range.contains { text[$0].isDigit || (text[$0].isLetter && !isFiller(at: $0)) }
    }

    /// Whether the letter at `position` belongs to a word that may stand between labels.
    private func isFiller(at position: Int) -> Bool {
        var start = position
        while text[start - 1].isLetter { start -= 1 }
        return text.matchAny(["s", "e", "es", "nombre", "de", "membres", "conseillers"], at: start) != nil
    }

    /// As many numbers after the labels, or before them, as there are labels.
    private mutating func readBlock(_ block: ArraySlice<Label>) -> Bool {
        guard let first = block.first, let last = block.last else { return false }
        let after = numbers(from: last.range.upperBound, count: block.count)
        var values = after
        if after.count != block.count { values = numbers(before: first.range.lowerBound, count: block.count) }
        guard values.count == block.count else { return false }
        for (label, value) in zip(block, values) { set(label.count, value) }
        consumed = max(consumed, values.last?.range.upperBound ?? 0)
        return true
    }

    private func numbers(from position: Int, count: Int) -> [Cited<Int>] {
        var values: [Cited<Int>] = []
        var position = position
        while values.count < count {
            let next = text.skipSeparators(from: position, limit: text.count)
            guard let value = value(at: next) else { break }
            values.append(value)
            position = value.range.upperBound
        }
        return values
    }

    /// The numbers right before the words that lead to the first label ("27 16 3 19 Nombre de conseillers en exercice").
    private func numbers(before position: Int, count: Int) -> [Cited<Int>] {
        var end = position
        while end > 0, position - end < 40, !text[end - 1].isDigit { end -= 1 }
        var values: [Cited<Int>] = []
        while values.count < count, end > 0, text[end - 1].isDigit {
            var start = end
            while text[start - 1].isDigit { start -= 1 }
            guard let number = text.integer(at: start) else { break }
            values.insert(Cited(value: number.value, range: number.range), at: 0)
            end = start
            while end > 0, text[end - 1] == FoldedByte.space { end -= 1 }
        }
        return values
    }

    private mutating func read(_ label: Label) {
        let next = afterLabel(label.range.upperBound)
        if let value = value(at: next) {
            set(label.count, value)
            consumed = max(consumed, value.range.upperBound)
            return
        }
        guard label.count != .inOffice, label.count != .quorum else { return }
        if let value = valueBefore(label.range.lowerBound) { set(label.count, value) }
    }

    /// Past "(s)", "(e)s" and separators.
    private func afterLabel(_ position: Int) -> Int {
        var next = position
        while text[next] == UInt8(ascii: "("),
            let close = text.firstIndex(of: UInt8(ascii: ")"), in: next ..| (next + 5))
        {
            next = close + 1
            if text[next] == UInt8(ascii: "s") { next += 1 }
        }
        return text.skipSeparators(from: next, limit: min(next + 12, text.count))
    }

    /// A number of at most three digits; `l` and `O` that stand for digits are read so.
    private func value(at position: Int) -> Cited<Int>? {
        let word = text.word(at: position)
        guard (1...3).contains(word.count), text[word.upperBound] != UInt8(ascii: "/"), text[position].isDigit else {
            return NumberReader.words(at: position, in: text).flatMap {
                $0.value < 400 ? Cited(value: $0.value, range: $0.range) : nil
            }
        }
        var value = 0
        for index in word {
            switch text[index] {
            case let byte where byte.isDigit: value = value * 10 + Int(byte - 48)
            case UInt8(ascii: "l"), UInt8(ascii: "i"): value = value * 10 + 1
            case UInt8(ascii: "o"): value *= 10
            default: return nil
            }
        }
        let next = text.skipBlanks(from: word.upperBound, lines: false)
        let isTime = text[next] == UInt8(ascii: "h") && !text[next + 1].isLetter
        return isTime || DateReader.read(at: position, in: text) != nil ? nil : Cited(value: value, range: word)
    }

    /// "44 PRESENTS", "27 élus présents".
    private func valueBefore(_ position: Int) -> Cited<Int>? {
        var end = position
        while end > 0, text[end - 1] == FoldedByte.space { end -= 1 }
        guard end > consumed, text[end - 1].isDigit else { return nil }
        var start = end
        while text[start - 1].isDigit { start -= 1 }
        guard end - start <= 3, start > consumed, let number = text.integer(at: start),
            text[start - 1] != UInt8(ascii: "/"), text[start - 1] != UInt8(ascii: "-")
        else { return nil }
        return Cited(value: number.value, range: number.range)
    }

    private mutating func set(_ count: Count, _ value: Cited<Int>) {
        if counts[count] == nil { counts[count] = value }
    }
}
