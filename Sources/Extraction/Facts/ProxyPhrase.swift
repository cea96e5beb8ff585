import Deliberations

/// What joins the giver of a proxy to its holder: "à M. X", "a donné pouvoir à", "représenté par", "procuration de".
struct ProxyPhrase {
    /// The other person.
    let person: Person
    /// Where that person stands.
    let range: Range<Int>
    /// Whether that person is the giver ("procuration de M. X").
    let isReversed: Bool
    /// Whether it is "représenté par": among present members the words name who sits for the member.
    let isRepresentation: Bool
    /// Where the phrase ends.
    let end: Int

    private static let words: WordChoice = [
        "a", "4", "au", "par", "ayant", "donne", "donnes", "donnee", "avait", "avaient", "ont", "pouvoir", "pouvoirs",
        "pourvoir",
        "procuration", "mandat",
        "represente", "representee", "representes", "de", "vote", "son", "sa", "pour", "qui", "absent", "absente",
        "excuse", "excusee", "et", "d'",
        "remplace", "remplacee", "donnant", "donnent", "confie", "remet", "remis", "lui", "ses",
    ]

    private static let powers: WordChoice = [
        "pouvoir", "pouvoirs", "pourvoir", "procuration", "mandat", "represente", "representee",
    ]
    private static let joints: WordChoice = ["a", "4", "au", "par", "pour", "de", "d'"]

    /// The phrase at `position`.
    static func read(at position: Int, in text: NormalizedText, limit: Int) -> ProxyPhrase? {
        var next = skip(position, in: text, limit: limit)
        var last: Range<Int>?
        var saysPower = false
        let start = next
        for _ in 0..<9 {
            if let last, let person = holder(at: next, after: last, saysPower, in: text, limit: limit) {
                return phrase(person, from: start, after: last, saysPower: saysPower, in: text)
            }
            let word = text.word(at: next, limit: limit)
            guard !word.isEmpty, let end = text.matchAny(words, at: next), end <= limit
            else { return nil }
            saysPower = saysPower || isPower(word, in: text)
            last = word
            next = skip(end, in: text, limit: limit)
            if text[end] == UInt8(ascii: "("), text.match("(e)", at: end) != nil {
                next = skip(end + 3, in: text, limit: limit)
            }
        }
        return nil
    }

    private static func isPower(_ word: Range<Int>, in text: NormalizedText) -> Bool {
        text.matchAny(powers, at: word.lowerBound) != nil
    }

    private static func skip(_ position: Int, in text: NormalizedText, limit: Int) -> Int {
        var next = position
        while next < limit,
            text[next].isBlank || text[next] == UInt8(ascii: ":") || text[next] == UInt8(ascii: "-")
                || text[next] == UInt8(ascii: ">") || text[next] == UInt8(ascii: ",") && next > position + 1
                || text[next] == FoldedByte.bullet
        {
            if text[next] == FoldedByte.newline, text[next + 1] == FoldedByte.newline { return limit }
            next += 1
        }
        return next
    }

    /// The person, if the word before one joins: "à" ("4" for a scanner), "au", "par", "pour", "de"; or if "à" was left
    /// out ("pouvoir donné Patrick").
    private static func holder(
        at position: Int, after word: Range<Int>, _ saysPower: Bool, in text: NormalizedText, limit: Int
    ) -> PersonReader.Reading? {
        let isBare = saysPower && text.matchAny(["donne", "donnee"], at: word.lowerBound) != nil
        guard
            text.matchAny(joints, at: word.lowerBound) != nil
                || ((isPower(word, in: text) || isBare) && text.matchAny(words, at: position) == nil)
        else { return nil }
        if let person = PersonReader.read(at: position, in: text, limit: limit) { return person }
        // "pouvoir à M. le Maire": an office without a name is no person here.
        guard text.isCapital(at: position), let name = PersonReader.name(at: position, in: text, limit: limit),
            name.count >= 3, PersonReader.civility(at: position, in: text, limit: limit) == nil
        else { return nil }
        return PersonReader.Reading(
            person: Person(name: text.words(of: name)), range: name, name: name, isPluralCivility: false)
    }

    private static func phrase(
        _ reading: PersonReader.Reading, from start: Int, after word: Range<Int>, saysPower: Bool,
        in text: NormalizedText
    ) -> ProxyPhrase? {
        let joinsByDe = text.matchAny(["de", "d'"], at: word.lowerBound) != nil
        if joinsByDe, !saysPower { return nil }
        let isRepresentation = text.matchAny(["represente", "representee"], at: start) != nil
        return ProxyPhrase(
            person: reading.person, range: reading.range, isReversed: joinsByDe, isRepresentation: isRepresentation,
            end: reading.range.upperBound)
    }
}
