import Deliberations

/// Reads one list of members or of proxies, item by item.
struct MemberListReader {
    /// A member of a list, with what stands beside the name.
    struct Entry {
        var person: Person
        var range: Range<Int>
        var locality: String?
        var isSubstitute = false
        var isExcused = false
        var presence: [ItemRange] = []
        /// Who votes for this member, and when.
        var holders: [(person: Person, range: Range<Int>, during: ItemRange?)] = []
        /// Whose proxy this member holds, when the text says it on the holder's side.
        var givers: [(person: Person, range: Range<Int>)] = []
        var saysProxy = false
        /// Whether holders follow each other as in a column of their own: whose they are cannot be told.
        var hasColumnOfHolders = false
        /// Whether the holder sits for the member: "représenté par son suppléant".
        var isRepresented = false
        /// The name alone.
        var name: Range<Int>

        /// Whether a proxy is said to be given or held.
        var namesProxy: Bool { !holders.isEmpty || !givers.isEmpty || hasColumnOfHolders }
    }

    let text: NormalizedText
    let limit: Int
    var position: Int
    private var locality: String?
    private var civility: String?
    private var skippedWords = 0
    /// The person last looked for and where, so that one who proves a locality is not read twice.
    private var lookedFor: (position: Int, found: PersonReader.Found?)?
    /// What was read.
    var entries: [Entry] = []
    /// What stood in the list and could not be read.
    private(set) var unread: [Range<Int>] = []

    /// Reads the list in `range`.
    init(_ range: Range<Int>, in text: NormalizedText) {
        self.text = text
        limit = range.upperBound
        position = range.lowerBound
        readAll()
    }

    private mutating func readAll() {
        while true {
            skipBetweenItems()
            guard position < limit, skippedWords <= 8 else { break }
            if let colon = colonOfLocality(), readLocality(before: colon) || skipGroupHeading(before: colon) {
                continue
            }
            if skipColumnOfHolders() { continue }
            if readPerson() {
                skippedWords = 0
            } else if text[position] == UInt8(ascii: "(") {
                readNotes()
            } else {
                skipWord()
            }
        }
    }

    private mutating func skipBetweenItems() {
        while position < limit {
            if text[position].isWord || text[position] == UInt8(ascii: "(") {
                guard let end = text.matchWord("et", at: position), text[end].isBlank, !text.isCapital(at: position)
                else {
                    return
                }
                position = end
            } else {
                if text[position] == FoldedByte.newline, text[position + 1] == FoldedByte.newline {
                    guard goesOn(after: position) else {
                        position = limit
                        return
                    }
                    civility = nil
                }
                position += 1
            }
        }
    }

    /// Whether the list goes on after an empty line: with a clear person, or after a comma.
    private func goesOn(after position: Int) -> Bool {
        let next = text.skipSeparators(from: position, limit: limit)
        if text[position - 1] == UInt8(ascii: ",") || next >= limit { return true }
        return AttendanceSections.startsClearPerson(at: next, in: text) || text[next] == UInt8(ascii: "(")
            || text.firstIndex(of: UInt8(ascii: ":"), in: next ..| min(limit, next + 60)) != nil
    }

    /// "Besançon :" before the members of a commune.
    private mutating func readLocality(before colon: Int) -> Bool {
        guard text.isCapital(at: position) else { return false }
        let name = text.trimmed(position ..| colon)
        let next = text.skipBlanks(from: colon + 1, limit: limit)
        guard PersonReader.civility(at: position, in: text, limit: limit) == nil, !beginsWithOffice(name),
            holdsPerson(at: next)
        else { return false }
        locality = text.words(of: name)
        civility = nil
        position = next
        return true
    }

    private func colonOfLocality() -> Int? {
        var index = position
        let end = min(limit, position + 60)
        while index < end {
            switch text[index] {
            case UInt8(ascii: ":"): return index
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), FoldedByte.newline, FoldedByte.tab,
                UInt8(ascii: "."):
                return nil
            default: index += 1
            }
        }
        return nil
    }

    private func beginsWithOffice(_ range: Range<Int>) -> Bool {
        let groups: [StaticString] = ["mesdames", "messieurs", "mmes", "mm", "titulaires", "suppleants"]
        var word = text.word(at: range.lowerBound)
        if text.matchAny(["les", "le", "la"], at: range.lowerBound) != nil {
            word = text.word(at: text.skipBlanks(from: word.upperBound))
        }
        return groups.contains { text.equals(word, $0) } || PersonWords.roles.contains(word, in: text)
    }

    /// "Mesdames et Messieurs :", "Les adjoints :", "Mmes" alone: the civility of what follows, or nothing.
    private mutating func skipGroupHeading(before colon: Int) -> Bool {
        guard beginsWithOffice(position ..| colon) else { return false }
        civility = nil
        if let plural = PersonReader.civility(at: position, in: text, limit: limit), plural.isPlural,
            text.find("et", in: position ..| colon) == nil
        {
            civility = plural.kept
        }
        position = colon + 1
        return true
    }

    private mutating func readPerson() -> Bool {
        guard let reading = person(at: position) ?? singleName() else { return false }
        if skipPlace(reading) || joinToLast(reading) { return true }
        if reading.isPluralCivility { civility = reading.person.civility }
        if reading.person.civility != nil, !reading.isPluralCivility { civility = nil }
        var person = reading.person
        person.civility = person.civility ?? civility
        position = reading.range.upperBound
        if let end = endBeforeLocality(reading) {
            person.name = text.words(of: reading.name.lowerBound ..| end)
            position = end
        }
        var name = reading.name
        if let end = doubleNameEnd(reading) {
            name = reading.name.lowerBound ..| end
            person.name = text.words(of: name)
            position = end
        }
        let range = reading.range.lowerBound ..| max(reading.range.upperBound, name.upperBound)
        entries.append(Entry(person: person, range: range, locality: locality, name: name))
        readNotes()
        return true
    }

    /// Where the name ends if the words after it, up to a colon, are the next commune: "M. Paul ARNOUX Besse-le-Mont : M.".
    private func endBeforeLocality(_ reading: PersonReader.Reading) -> Int? {
        guard reading.person.civility != nil, reading.range == reading.range.lowerBound ..| reading.name.upperBound,
            text[text.skipBlanks(from: reading.name.upperBound, limit: limit)] == UInt8(ascii: ":")
        else { return nil }
        var words: [Range<Int>] = []
        var position = reading.name.lowerBound
        while position < reading.name.upperBound {
            var end = position
            while end < reading.name.upperBound, !text[end].isBlank { end += 1 }
            words.append(position ..| end)
            position = text.skipBlanks(from: end)
        }
        guard words.count > 2 else { return nil }
        let isArticle = text.matchAny(
            ["le", "la", "les", "saint", "sainte", "st", "ste"], at: words[words.count - 2].lowerBound)
        let kept = isArticle == words[words.count - 2].upperBound ? words.count - 2 : words.count - 1
        return kept > 0 ? words[kept - 1].upperBound : nil
    }

    /// Whether a person begins at `position`, who is then kept for `person`.
    private mutating func holdsPerson(at position: Int) -> Bool {
        let found = PersonReader.find(at: position, in: text, limit: min(limit, text.count), needsCivility: false)
        lookedFor = (position, found)
        return found != nil
    }

    private mutating func person(at position: Int) -> PersonReader.Reading? {
        guard let (place, found) = lookedFor, place == position else {
            return PersonReader.read(at: position, in: text, limit: limit)
        }
        lookedFor = nil
        return found.map { PersonReader.reading(of: $0, in: text, limit: min(limit, text.count)) }
    }

    /// One word with a capital between separators, in a list: a first or a family name.
    private func singleName() -> PersonReader.Reading? {
        guard text.isCapital(at: position), let name = PersonReader.name(at: position, in: text, limit: limit),
            name.count >= 3
        else { return nil }
        let next = text.skipBlanks(from: name.upperBound, limit: limit, lines: false)
        let isInFirstNames = entries.last.map { !text.words(of: $0.name).contains(" ") } ?? false
        let ends: [UInt8] =
            isInFirstNames ? [UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "&")] : []
        guard
            next >= limit || text[next] == UInt8(ascii: ",") || text[next] == UInt8(ascii: "(")
                || ends.contains(text[next]), !entries.isEmpty || next < limit
        else { return nil }
        return PersonReader.Reading(
            person: Person(name: text.words(of: name)), range: name, name: name, isPluralCivility: false)
    }

    /// What stands beside the last name: brackets, and "à M. X", "donne pouvoir à", "représenté par".
    mutating func readNotes() {
        guard !entries.isEmpty else {
            skipBrackets()
            return
        }
        while position < limit {
            let next = text.skipBlanks(from: position, limit: limit)
            if text[next] == UInt8(ascii: "(") {
                let noteLimit = min(limit, next + 400)
                let close = text.firstIndex(of: UInt8(ascii: ")"), in: next ..| noteLimit) ?? noteLimit
                readNote((next + 1) ..| close)
                position = min(close + 1, limit)
            } else if let proxy = proxyPhrase(at: next) {
                let last = entries.count - 1
                let isSecond = !entries[last].holders.isEmpty && text.matchAny(["et", "puis"], at: next) == nil
                if isSecond || isCutOff(proxy) { entries[last].hasColumnOfHolders = true }
                add(proxy)
                position = proxy.end
            } else if let end = placeBeforeProxy(at: next) {
                position = end
            } else {
                return
            }
        }
    }

    private mutating func skipBrackets() {
        position = text[position] == UInt8(ascii: "(") ? position + 1 : position
    }

    private mutating func add(_ proxy: ProxyPhrase) {
        let last = entries.count - 1
        entries[last].saysProxy = true
        entries[last].range = entries[last].range.lowerBound ..| proxy.end
        if proxy.isReversed {
            entries[last].givers.append((proxy.person, proxy.range))
        } else {
            entries[last].holders.append((proxy.person, proxy.range, nil))
            entries[last].isRepresented = proxy.isRepresentation
        }
    }

    private mutating func readNote(_ note: Range<Int>) {
        let last = entries.count - 1
        let start = text.skipBlanks(from: note.lowerBound, limit: note.upperBound)
        if let proxy = ProxyPhrase.read(at: start, in: text, limit: note.upperBound) {
            add(proxy)
            apply(PresenceReader.read(proxy.end ..| note.upperBound, in: text), toHolder: true)
        } else {
            apply(PresenceReader.read(note, in: text), toHolder: !entries[last].holders.isEmpty)
        }
        if let word = text.matchAny(["suppleant", "suppleante", "supp", "sup"], at: start), word <= note.upperBound {
            entries[last].isSubstitute = true
        }
        if text.contains(anyOf: Self.excuses, in: note) {
            entries[last].isExcused = true
        }
        entries[last].range = entries[last].range.lowerBound ..| min(note.upperBound + 1, limit)
    }

    private static let excuses: WordChoice = ["excuse", "excusee"]

    private mutating func apply(_ range: ItemRange?, toHolder: Bool) {
        guard let range else { return }
        let last = entries.count - 1
        if toHolder, !entries[last].holders.isEmpty {
            entries[last].holders[entries[last].holders.count - 1].during = range
        } else {
            entries[last].presence.append(range)
        }
    }

    private mutating func skipWord() {
        let start = position
        if !text.isCapital(at: position) { skippedWords += 1 }
        while position < limit, !text[position].isBlank, text[position] != UInt8(ascii: ",") { position += 1 }
        if position == start { position += 1 }
        if text.isCapital(at: start) { unread.append(start ..| position) }
    }
}
