import Deliberations

/// Reads who presents the item.
struct RapporteurReader {
    private let anchored: AnchoredText
    private let members: KnownMembers
    private var text: NormalizedText { anchored.text }

    /// The person after "Rapporteur :", before "rapporte" at the opening of the body, or whose report was heard.
    ///
    /// - Parameters:
    ///   - range: Where a label may stand.
    ///   - start: Where the body opens.
    ///   - end: Where the assembly decides.
    static func rapporteur(
        in anchored: AnchoredText, range: Range<Int>, after start: Int, before end: Int, members: KnownMembers
    ) -> PersonReader.Reading? {
        let reader = Self(anchored: anchored, members: members)
        return reader.labelled(in: range, after: start) ?? reader.reporting(in: start ..| min(end, range.upperBound))
            ?? reader.heard(in: start ..| max(end, range.upperBound))
    }

    // MARK: Labels

    private func labelled(in range: Range<Int>, after start: Int) -> PersonReader.Reading? {
        for label in anchored.all(.rapporteur, in: range) {
            let next = text.skipBlanks(from: label.upperBound)
            let isVerb = text[label.lowerBound] == UInt8(ascii: "p")
            if text[next] == UInt8(ascii: ":") || text[next - 1] == FoldedByte.space && isVerb {
                if let person = PresidencyReader.person(after: next, in: text), !isVerb || members.knows(person) {
                    return person
                }
            }
            if let person = personBefore(label, after: start), members.knows(person) { return person }
        }
        return nil
    }

    // MARK: Verbs

    /// "Philippe SAUREL rapporte :", "Monsieur le Maire expose" at the beginning of a sentence.
    private func reporting(in range: Range<Int>) -> PersonReader.Reading? {
        for verb in anchored.all(.reports, in: range).prefix(3) {
            if let person = personBefore(verb, after: range.lowerBound), members.knows(person) { return person }
            let before = text.skipBlanksBack(from: verb.lowerBound)
            if let holder = members.holder(ofOfficeBefore: before, in: text) { return holder }
        }
        return nil
    }

    private func personBefore(_ range: Range<Int>, after start: Int) -> PersonReader.Reading? {
        let isVerb =
            text[range.lowerBound] != UInt8(ascii: "r") || text.match("rapporte", at: range.lowerBound) != nil
            || text.match("rappelle", at: range.lowerBound) != nil
        guard isVerb else { return nil }
        var position = max(start, range.lowerBound - 120)
        while position < range.lowerBound {
            if text.isWordStart(position),
                let person = PersonReader.read(at: position, in: text, limit: range.lowerBound),
                isRight(person, before: range)
            {
                return person
            }
            position += 1
        }
        return nil
    }

    /// Nothing but an office stands between the person and the verb, and a line or a civility begins the name.
    private func isRight(_ person: PersonReader.Reading, before range: Range<Int>) -> Bool {
        let gap = text.trimmedOfPunctuation(person.name.upperBound ..| range.lowerBound)
        let hasOffice = person.person.role != nil && person.range.upperBound + 3 >= range.lowerBound
        let start = person.range.lowerBound
        let begins =
            person.person.civility != nil || text[start - 1] == FoldedByte.newline
            || text[start - 2] == UInt8(ascii: ",")
        return begins && (gap.isEmpty || hasOffice || isApposition(person.name.upperBound ..| range.lowerBound))
    }

    /// ", 1er adjoint délégué aux finances," between a name and its verb.
    private func isApposition(_ range: Range<Int>) -> Bool {
        let end = text.skipBlanksBack(from: range.upperBound)
        return range.count < 90 && text[range.lowerBound] == UInt8(ascii: ",") && end > range.lowerBound + 1
            && text[end - 1] == UInt8(ascii: ",")
            && text.firstIndex(of: UInt8(ascii: "."), in: range) == nil
    }

    // MARK: Reports that were heard

    private static let heard: [StaticString] = [
        "l'expose de", "l'expose du", "le rapport de", "l'expose presente par", "les explications de",
        "la presentation de",
    ]

    private func heard(in range: Range<Int>) -> PersonReader.Reading? {
        for wording in Self.heard {
            guard let found = text.find(wording, in: range) else { continue }
            let next = text.skipBlanks(from: found.upperBound)
            if let person = PersonReader.read(at: next, in: text, needsCivility: true), members.knows(person) {
                return person
            }
            if let holder = members.holder(ofOfficeAt: next, in: text) { return holder }
        }
        return nil
    }
}
