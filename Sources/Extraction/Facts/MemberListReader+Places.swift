import Deliberations

/// What stands among the names of a list and is none: places, columns of holders, the second half of a double name.
extension MemberListReader {
    /// "de Legé", "Azay-sur-Cher": the place of the member before it, in a list of members with civilities.
    mutating func skipPlace(_ reading: PersonReader.Reading) -> Bool {
        guard reading.person.civility == nil, entries.contains(where: { $0.person.civility != nil }),
            isPlace(reading.name) || isStray(reading.name)
        else { return false }
        position = reading.range.upperBound
        return true
    }

    /// One word in capitals, where every member has a civility and more than one word: no member.
    private func isStray(_ name: Range<Int>) -> Bool {
        isFamilyNameAlone(name) && entries.count >= 3
            && entries.allSatisfy { $0.person.civility != nil && $0.person.name.contains(" ") }
    }

    /// The phrase at `position`, also after a comma: "Mme X, donne pouvoir à M. Y".
    func proxyPhrase(at position: Int) -> ProxyPhrase? {
        var start = position
        if text[position] == UInt8(ascii: ",") {
            let next = text.skipBlanks(from: position + 1, limit: limit)
            guard text.matchAny(["donne", "donnant", "ayant donne", "qui donne", "a donne"], at: next) != nil else {
                return nil
            }
            start = next
        }
        return ProxyPhrase.read(at: start, in: text, limit: limit)
    }

    /// A first name alone that other words follow: the rest of the holder's name stands elsewhere.
    func isCutOff(_ proxy: ProxyPhrase) -> Bool {
        guard proxy.person.civility == nil, !proxy.person.name.contains(" "), !text.isAllCapitals(proxy.range),
            entries.contains(where: { $0.person.name.contains(" ") })
        else { return false }
        return text[text.skipBlanks(from: proxy.end, limit: limit)].isLetter && proxy.end < limit
    }

    private func isPlace(_ name: Range<Int>) -> Bool {
        var hasJoint = !text.isCapital(at: name.lowerBound)
        var start = name.lowerBound
        while start < name.upperBound {
            let word = text.word(at: start, limit: name.upperBound)
            if word.count > 2, text.isAllCapitals(word) { return false }
            if !word.isEmpty, text[word.lowerBound - 1] == UInt8(ascii: "-"), text[word.upperBound] == UInt8(ascii: "-")
            {
                hasJoint = hasJoint || text.matchAny(Self.joints, at: word.lowerBound) == word.upperBound
            }
            start = max(word.upperBound, start) + 1
        }
        return hasJoint
    }

    private static let joints: [StaticString] = [
        "sur", "sous", "les", "lez", "en", "aux", "au", "le", "la", "de", "du", "des",
    ]

    /// Where a place ends that stands between a member and "qui donne pouvoir à": "M. Luc HAY de Besse qui donne…".
    func placeBeforeProxy(at position: Int) -> Int? {
        var next = position
        if text[next] == UInt8(ascii: ",") { next = text.skipBlanks(from: next + 1, limit: limit) }
        guard let preposition = text.matchAny(Self.prepositions, at: next) ?? text.match("d'", at: next) else {
            return nil
        }
        next = text.skipBlanks(from: preposition, limit: limit)
        for _ in 0..<2 {
            guard text.isCapital(at: next), let place = PlaceReader.read(at: next, in: text), place.upperBound < limit
            else { return nil }
            next = text.skipBlanks(from: place.upperBound, limit: limit)
            if text[next] == UInt8(ascii: ",") { next = text.skipBlanks(from: next + 1, limit: limit) }
            if text.matchAny(["qui donne", "donne", "donnant", "ayant donne", "a donne"], at: next) != nil {
                return next
            }
            guard text[next] == UInt8(ascii: "-") else { return nil }
            next = text.skipBlanks(from: next + 1, limit: limit)
        }
        return nil
    }

    private static let prepositions: WordChoice = ["de", "du", "des"]
    private static let beforeHolder: WordChoice = ["a", "pouvoir a"]

    /// "à M. X" that follows no giver: holders in a column of their own.
    mutating func skipColumnOfHolders() -> Bool {
        guard !entries.isEmpty, text.matchAny(Self.beforeHolder, at: position) != nil,
            let phrase = ProxyPhrase.read(at: position, in: text, limit: limit)
        else { return false }
        for index in entries.indices where !entries[index].holders.isEmpty || index == entries.count - 1 {
            entries[index].hasColumnOfHolders = true
        }
        position = phrase.end
        return true
    }

    /// "Anne ROUX - DELMAS", "Anne ROUX – DELMAS": a family name alone after a dash, in a list of first and family names,
    /// is the second half of the name before it.
    mutating func joinToLast(_ reading: PersonReader.Reading) -> Bool {
        guard let last = entries.last, reading.person.civility == nil, isFamilyNameAlone(reading.name),
            isDash(last.name.upperBound ..| reading.name.lowerBound), last.holders.isEmpty,
            entries.allSatisfy({ hasFirstName($0.name) })
        else { return false }
        let name = last.name.lowerBound ..| reading.name.upperBound
        entries[entries.count - 1].name = name
        entries[entries.count - 1].person.name = text.words(of: name)
        entries[entries.count - 1].range = last.range.lowerBound ..| reading.range.upperBound
        position = reading.range.upperBound
        readNotes()
        return true
    }

    /// Where "ROUX – DELMAS Anne" ends, in a list that commas part.
    func doubleNameEnd(_ reading: PersonReader.Reading) -> Int? {
        guard reading.person.civility == nil, isFamilyNameAlone(reading.name), isAfterComma(reading.name.lowerBound),
            let second = afterDash(reading.name.upperBound),
            let name = PersonReader.name(at: second, in: text, limit: limit), !isFamilyNameAlone(name),
            text.isAllCapitals(text.word(at: second, limit: limit))
        else { return nil }
        let next = text.skipBlanks(from: name.upperBound, limit: limit)
        return text[next] == UInt8(ascii: ",") || text[next] == UInt8(ascii: ";") ? name.upperBound : nil
    }

    private func isFamilyNameAlone(_ name: Range<Int>) -> Bool {
        name.count > 2 && text.isAllCapitals(name) && !name.contains { text[$0].isBlank }
    }

    /// A word that is not all in capitals, then one that is.
    private func hasFirstName(_ name: Range<Int>) -> Bool {
        let first = text.word(at: name.lowerBound, limit: name.upperBound)
        return first.count > 2 && !text.isAllCapitals(first) && first.upperBound < name.upperBound
    }

    private func isDash(_ gap: Range<Int>) -> Bool {
        gap.count >= 3 && gap.contains { text[$0] == UInt8(ascii: "-") }
            && gap.allSatisfy { text[$0] == UInt8(ascii: "-") || text[$0].isBlank }
    }

    private func isAfterComma(_ position: Int) -> Bool {
        let before = text.skipBlanksBack(from: position)
        return text[before - 1] == UInt8(ascii: ",") || text[before - 1] == UInt8(ascii: ";")
    }

    private func afterDash(_ position: Int) -> Int? {
        let next = text.skipBlanks(from: position, limit: limit, lines: false)
        guard next > position, text[next] == UInt8(ascii: "-"), text[next + 1].isBlank else { return nil }
        return text.skipBlanks(from: next + 1, limit: limit)
    }
}
