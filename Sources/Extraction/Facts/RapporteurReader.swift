import Deliberations

/// Reads who presents the item.
enum RapporteurReader {
    /// The person after "Rapporteur :", or before "rapporte" at the opening of the body.
    static func rapporteur(in anchored: AnchoredText, after start: Int, before end: Int) -> PersonReader.Reading? {
        let text = anchored.text
        for range in anchored.all(.rapporteur, in: 0 ..| end) {
            let next = text.skipBlanks(from: range.upperBound)
            if text[next] == UInt8(ascii: ":")
                || text[next - 1] == FoldedByte.space && text[range.lowerBound] == UInt8(ascii: "p")
            {
                if let person = PresidencyReader.person(after: next, in: text) { return person }
            }
            if let person = personBefore(range, in: anchored, after: start) { return person }
        }
        for range in anchored.all(.reports, in: start ..| max(start, end)).prefix(4) {
            if let person = personBefore(range, in: anchored, after: start) { return person }
        }
        return nil
    }

    /// "Monsieur Gilles CAPY, rapporteur", "Philippe SAUREL rapporte :" at the beginning of a sentence.
    private static func personBefore(
        _ range: Range<Int>, in anchored: AnchoredText, after start: Int
    ) -> PersonReader.Reading? {
        let text = anchored.text
        let isVerb = text[range.lowerBound] != UInt8(ascii: "r") || text.match("rapporte", at: range.lowerBound) != nil
        guard isVerb else { return nil }
        var position = max(start, range.lowerBound - 120)
        while position < range.lowerBound {
            if text.isWordStart(position),
                let person = PersonReader.read(at: position, in: text, limit: range.lowerBound),
                isRight(person, before: range, in: text)
            {
                return person
            }
            position += 1
        }
        return nil
    }

    /// Nothing but an office stands between the person and the verb, and a line or a civility begins the name.
    private static func isRight(
        _ person: PersonReader.Reading, before range: Range<Int>, in text: NormalizedText
    ) -> Bool {
        let gap = text.trimmedOfPunctuation(person.name.upperBound ..| range.lowerBound)
        let isNear = gap.isEmpty || (person.person.role != nil && person.range.upperBound + 3 >= range.lowerBound)
        let start = person.range.lowerBound
        let begins =
            person.person.civility != nil || text[start - 1] == FoldedByte.newline
            || text[start - 2] == UInt8(ascii: ",")
        return isNear && begins
    }
}
