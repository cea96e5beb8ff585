import Deliberations

/// The persons that the head of the document names: members, and who presides.
struct KnownMembers {
    private let present: [Cited<Member>]
    private let president: PersonReader.Reading?
    private let text: NormalizedText

    /// The members of `present`, and `president`.
    init(present: [Cited<Member>], president: PersonReader.Reading?, in text: NormalizedText) {
        (self.present, self.president, self.text) = (present, president, text)
    }

    /// Whether the person is one of them; every person, if no members are named.
    func knows(_ person: PersonReader.Reading) -> Bool {
        guard present.count > 2 else { return true }
        if let president, Self.sharesName(person.name, president.name, in: text) { return true }
        return present.contains { Self.sharesName(person.name, $0.range, in: text) }
    }

    /// Whether the name and the words of `range` have a word of three letters or more in common.
    static func sharesName(_ name: Range<Int>, _ range: Range<Int>, in text: NormalizedText) -> Bool {
        var position = name.lowerBound
        while position < name.upperBound {
            let word = text.word(at: position, limit: name.upperBound)
            if word.count > 2, holds(word, range, in: text) { return true }
            position = max(word.upperBound, position) + 1
        }
        return false
    }

    /// Whether `range` holds the word `word`.
    private static func holds(_ word: Range<Int>, _ range: Range<Int>, in text: NormalizedText) -> Bool {
        var position = range.lowerBound
        while position + word.count <= range.upperBound {
            let other = text.word(at: position, limit: range.upperBound)
            if other.count == word.count, text.folded[other].elementsEqual(text.folded[word]) { return true }
            position = max(other.upperBound, position) + 1
        }
        return false
    }

    private static let offices: [(wording: StaticString, role: StaticString)] = [
        ("le maire", "maire"), ("la maire", "maire"), ("le president", "president"), ("la presidente", "presidente"),
    ]

    /// Who holds the office whose words end at `end`: "Monsieur le Maire".
    func holder(ofOfficeBefore end: Int, in text: NormalizedText) -> PersonReader.Reading? {
        for office in Self.offices {
            let start = end - office.wording.utf8CodeUnitCount
            guard start >= 0, !text[start - 1].isWord, text.match(office.wording, at: start) == end else { continue }
            return holder(office.role)
        }
        return nil
    }

    /// Who holds the office that is named at `position`, after a civility or without one.
    func holder(ofOfficeAt position: Int, in text: NormalizedText) -> PersonReader.Reading? {
        var start = position
        if let civility = text.matchAny(["monsieur", "madame", "m.", "mme"], at: start) {
            start = text.skipBlanks(from: civility)
        }
        for office in Self.offices where text.matchWord(office.wording, at: start) != nil { return holder(office.role) }
        return nil
    }

    private func holder(_ role: StaticString) -> PersonReader.Reading? {
        guard let president else { return nil }
        let after = president.name.upperBound ..| min(president.name.upperBound + 40, text.count)
        let before = max(0, president.name.lowerBound - 40) ..| president.name.lowerBound
        return text.find(role, in: after) != nil || text.find(role, in: before) != nil ? president : nil
    }
}
