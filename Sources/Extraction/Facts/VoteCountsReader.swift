import Deliberations

/// Reads the printed counts of a vote: "Pour : 101", "101 voix pour", labels and values in two rows, blanks and slashes.
struct VoteCountsReader {
    /// What is counted.
    enum Sense: CaseIterable {
        case `for`, against, abstentions, notParticipating
    }

    /// A label with its value and the persons it names.
    struct Count {
        let sense: Sense
        var label: Range<Int>
        var value: Cited<Int>?
        var persons: [Cited<Person>] = []
    }

    /// The counts of one vote, near each other.
    struct Group {
        var counts: [Count]

        /// Where they stand.
        var range: Range<Int> {
            let lower =
                counts.map { min($0.label.lowerBound, $0.value?.range.lowerBound ?? $0.label.lowerBound) }.min() ?? 0
            let upper =
                counts.map {
                    max($0.label.upperBound, $0.value?.range.upperBound ?? 0, $0.persons.last?.range.upperBound ?? 0)
                }.max() ?? 0
            return lower ..| max(lower, upper)
        }

        /// The count of `sense`.
        func count(_ sense: Sense) -> Count? { counts.first { $0.sense == sense } }
    }

    private let anchored: AnchoredText
    private var text: NormalizedText { anchored.text }

    /// The votes in `range`, in order.
    static func groups(in anchored: AnchoredText, range: Range<Int>) -> [Group] {
        let reader = Self(anchored: anchored)
        var groups: [Group] = []
        for count in reader.counts(in: range) {
            if let last = groups.last, reader.continues(last, with: count) {
                groups[groups.count - 1].counts.append(count)
            } else {
                groups.append(Group(counts: [count]))
            }
        }
        return groups.compactMap { reader.completed($0) }
    }

    private func continues(_ group: Group, with count: Count) -> Bool {
        guard group.count(count.sense) == nil else { return false }
        let start = min(count.label.lowerBound, count.value?.range.lowerBound ?? count.label.lowerBound)
        return start - group.range.upperBound < 60
    }

    // MARK: Labels

    private func counts(in range: Range<Int>) -> [Count] {
        var counts: [Count] = []
        for anchor in anchored.anchors(in: range) {
            // "votes contre" holds "contre": the longer one counts.
            guard anchor.range.lowerBound >= counts.last?.label.upperBound ?? 0,
                let sense = Self.sense(of: anchor.kind), !isCompound(anchor.range),
                let count = count(sense, anchor.range)
            else { continue }
            counts.append(count)
        }
        return counts
    }

    /// Whether the label is only the first part of a word: "un contre-projet", "une contre-proposition".
    private func isCompound(_ label: Range<Int>) -> Bool {
        text[label.upperBound] == UInt8(ascii: "-") && text[label.upperBound + 1].isLetter
    }

    private static func sense(of kind: Anchor) -> Sense? {
        switch kind {
        case .votesFor: .for
        case .votesAgainst: .against
        case .abstentions: .abstentions
        case .notParticipating: .notParticipating
        default: nil
        }
    }

    private func count(_ sense: Sense, _ label: Range<Int>) -> Count? {
        var count = Count(sense: sense, label: label)
        let end = labelEnd(label)
        let next = text.skipBlanks(from: end)
        let hasColon = text[next] == UInt8(ascii: ":") || text[next] == UInt8(ascii: "=")
        if hasColon {
            let start = text.skipBlanks(from: next + 1)
            count.value = value(at: start)
            count.persons = persons(at: count.value?.range.upperBound ?? start, isList: count.value == nil)
            count.value = count.value ?? (count.persons.isEmpty ? nil : valueBefore(label))
            return count
        }
        if !isPreposition(label, next), let before = valueBefore(label) {
            count.value = before
            count.persons = persons(at: next, isList: false)
            return count
        }
        if sense != .notParticipating || label.count <= 6, let after = value(at: next), text.isWordStart(next),
            isLabelLike(label)
        {
            count.value = after
            count.persons = persons(at: after.range.upperBound, isList: false)
            return count
        }
        return isBareLabel(label, next) ? count : nil
    }

    /// "Le CDG 99 pour les archives", "n° 44 pour la vente": a preposition after a number, no label.
    private func isPreposition(_ label: Range<Int>, _ next: Int) -> Bool {
        guard text.equals(label, "pour") || text.equals(label, "contre"), !text.isCapital(at: label.lowerBound),
            text[next].isLetter
        else { return false }
        return text.matchAny(["et", "contre", "abstention", "abstentions", "voix", "une", "un", "zero"], at: next)
            == nil
    }

    /// Past "(s)", a star and a closing quotation mark.
    private func labelEnd(_ label: Range<Int>) -> Int {
        var end = label.upperBound
        if let plural = text.match("(s)", at: end) { end = plural }
        while text[end] == UInt8(ascii: "*") || text[end] == UInt8(ascii: "\"") { end += 1 }
        if text[end] == FoldedByte.space, text[end + 1] == UInt8(ascii: "\"") || text[end + 1] == UInt8(ascii: "*") {
            end += 2
        }
        return end
    }

    /// Whether a label with nothing beside it may have its value elsewhere: it begins with a capital and a line ends, or
    /// another label follows.
    private func isBareLabel(_ label: Range<Int>, _ next: Int) -> Bool {
        guard text.isCapital(at: label.lowerBound) else { return false }
        return anchored.firstStart(of: [.votesFor, .votesAgainst, .abstentions], from: next, limit: next + 1) != nil
    }

    /// "Pour 14": a label only if it is no preposition.
    private func isLabelLike(_ label: Range<Int>) -> Bool {
        label.count > 6 || text.isAllCapitals(label) || (text.isCapital(at: label.lowerBound) && label.count > 4)
    }

    // MARK: Values

    private func value(at position: Int) -> Cited<Int>? {
        if text[position] == UInt8(ascii: "/"), !text[position + 1].isWord {
            return Cited(value: 0, range: position ..| (position + 1))
        }
        if let none = text.matchAny(["neant", "aucune", "aucun", "zero", "nul", "o"], at: position) {
            return Cited(value: 0, range: position ..| none)
        }
        guard let number = NumberReader.read(at: position, in: text), number.value < 1_000 else { return nil }
        let next = text[number.range.upperBound]
        guard !next.isLetter, next != UInt8(ascii: "/"), next != UInt8(ascii: "%") else { return nil }
        return Cited(value: number.value, range: number.range)
    }

    /// "101 voix pour", "22 voix « Pour »", "DEUX voix POUR", "une abstention".
    private func valueBefore(_ label: Range<Int>) -> Cited<Int>? {
        var end = label.lowerBound
        while end > 0, text[end - 1] == FoldedByte.space || text[end - 1] == UInt8(ascii: "\"") { end -= 1 }
        for word: StaticString in ["voix", "votes", "vote", "suffrages", "membres", "conseillers", "(s)"] {
            let start = end - word.utf8CodeUnitCount
            if start > 0, text.match(word, at: start) == end {
                end = start
                while end > 0, text[end - 1] == FoldedByte.space { end -= 1 }
            }
        }
        guard end > 0, text[end - 1].isWord else { return nil }
        return number(endingAt: end)
    }

    private func number(endingAt end: Int) -> Cited<Int>? {
        var start = end
        for _ in 0..<4 {
            while start > 0, text[start - 1].isWord { start -= 1 }
            if let number = NumberReader.read(at: start, in: text), number.range.upperBound == end, number.value < 1_000
            {
                guard text[start - 1] != UInt8(ascii: "/"), text[start - 1] != UInt8(ascii: ","),
                    text[start - 1] != FoldedByte.degree
                else { return nil }
                if !number.inWords { return Cited(value: number.value, range: number.range) }
                if let longer = longer(than: start, end) { return longer }
                return Cited(value: number.value, range: number.range)
            }
            guard start > 0, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == FoldedByte.space else {
                return nil
            }
            start -= 1
        }
        return nil
    }

    /// Numbers of several words are found from their first word on.
    private func longer(than start: Int, _ end: Int) -> Cited<Int>? {
        var best: Cited<Int>?
        var start = start
        for _ in 0..<4 {
            guard start > 1, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == FoldedByte.space else { break }
            start -= 1
            while start > 0, text[start - 1].isWord { start -= 1 }
            if let number = NumberReader.words(at: start, in: text), number.range.upperBound == end,
                number.value < 1_000
            {
                best = Cited(value: number.value, range: number.range)
            }
        }
        return best
    }

    /// The persons in brackets after a count, or after the colon.
    private func persons(at position: Int, isList: Bool) -> [Cited<Person>] {
        var next = text.skipBlanks(from: position, lines: false)
        while text[next] == UInt8(ascii: "\"") || text[next] == UInt8(ascii: ":") || text[next] == UInt8(ascii: "*") {
            next = text.skipBlanks(from: next + 1, lines: false)
        }
        let end: Int
        if text[next] == UInt8(ascii: "(") {
            let limit = min(next + 1_500, text.count)
            end = text.firstIndex(of: UInt8(ascii: ")"), in: next ..| limit) ?? anchored.text.paragraphEnd(from: next)
            next += 1
        } else {
            let of = text.matchAny(["de", "d'"], at: next)
            guard isList || of != nil || text[next - 2] == UInt8(ascii: ":") else { return [] }
            next = of.map { text.skipBlanks(from: $0) } ?? next
            guard PersonReader.isPerson(at: next, in: text) else { return [] }
            end = listEnd(from: next)
        }
        guard end > next, !text[next].isDigit || isList else { return [] }
        let entries = MemberListReader(next ..| end, in: text).entries
        return entries.indices.filter { !isGroup(entries[$0].range) }.map {
            Cited(value: entries[$0].person, range: entries[$0].range)
        }
    }

    /// "(UMP + M. X)": a political group is no person.
    private func isGroup(_ range: Range<Int>) -> Bool { PersonWords.politicalGroups.contains(range, in: text) }

    private func listEnd(from position: Int) -> Int {
        let end = anchored.sentenceEnd(from: position)
        let kinds: [Anchor] = [.votesFor, .votesAgainst, .abstentions, .closing, .adopted, .deliberated, .decides]
        return anchored.firstStart(of: kinds, from: position, limit: end) ?? end
    }

    // MARK: Groups

    /// As many values as labels, after the last label: "Votes pour : Votes contre : Abstentions : 41 0 0".
    private func row(after label: Range<Int>, _ count: Int) -> [Cited<Int>]? {
        var values: [Cited<Int>] = []
        var position = text.skipSeparators(from: label.upperBound, limit: text.count)
        while values.count < count, let value = value(at: position) {
            values.append(value)
            position = text.skipBlanks(from: value.range.upperBound)
        }
        return values.count == count ? values : nil
    }

    /// Whether the value stands after the line of its label.
    private func isInOtherLine(_ count: Count) -> Bool {
        guard let value = count.value, value.range.lowerBound >= count.label.upperBound else { return false }
        return text.firstIndex(of: FoldedByte.newline, in: count.label.upperBound ..| value.range.lowerBound) != nil
    }

    /// Fills in what two rows and blanks say; a group without any number is none.
    private func completed(_ group: Group) -> Group? {
        var group = group
        let last = group.counts.firstIndex { $0.value != nil || !$0.persons.isEmpty } ?? group.counts.count - 1
        if last > 0, let values = row(after: group.counts[last].label, last + 1) {
            for (index, value) in values.enumerated() { group.counts[index].value = value }
            return group
        }
        guard group.counts.contains(where: { $0.value != nil || !$0.persons.isEmpty }) else { return nil }
        let inLine = group.counts.filter { $0.value != nil && !isInOtherLine($0) }
        // "Contre :" and a number in the next line, beside counts in their own lines: the number of a page.
        if inLine.count > 1 { group.counts.removeAll { isInOtherLine($0) } }
        for index in group.counts.indices where group.counts[index].value == nil && group.counts[index].persons.isEmpty
        {
            let end = labelEnd(group.counts[index].label)
            group.counts[index].value = Cited(value: 0, range: group.counts[index].label.lowerBound ..| end)
        }
        return group
    }
}
