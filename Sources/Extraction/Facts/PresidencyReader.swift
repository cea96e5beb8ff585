import Deliberations

/// Reads who presides and who is the secretary.
enum PresidencyReader {
    /// Whom the text says presides: "sous la présidence de…", "Président : …".
    static func president(in anchored: AnchoredText, preamble: Range<Int>) -> PersonReader.Reading? {
        for range in anchored.all(.presidency, in: preamble) {
            if let person = person(after: range.upperBound, in: anchored.text) { return person }
        }
        for range in anchored.all(.presidentLabel, in: preamble) where anchored.mayBeHeading(range.lowerBound) {
            let next = anchored.text.skipBlanks(from: range.upperBound)
            guard anchored.text[next] == UInt8(ascii: ":") else { continue }
            if let person = person(after: next, in: anchored.text) { return person }
        }
        return nil
    }

    /// The secretaries of the session.
    static func secretaries(in anchored: AnchoredText, preamble: Range<Int>) -> [PersonReader.Reading] {
        let found = labelled(in: anchored, preamble: preamble)
        return found.isEmpty ? designated(in: anchored, preamble: preamble) : found
    }

    private static func labelled(in anchored: AnchoredText, preamble: Range<Int>) -> [PersonReader.Reading] {
        for range in anchored.all(.secretary, in: preamble) {
            let text = anchored.text
            let next = text.skipBlanks(from: range.upperBound)
            let isLabel = text[next] == UInt8(ascii: ":") || text.equals(text.word(at: range.lowerBound), "a")
            guard isLabel || anchored.mayBeHeading(range.lowerBound) || isSignature(range, in: text) else {
                if let before = personBefore(range.lowerBound, in: anchored), isDesignated(before, range, in: text) {
                    return [before]
                }
                continue
            }
            if let first = person(after: range.upperBound, in: text) {
                return [first] + others(after: first.range.upperBound, in: text)
            }
            if let before = personBefore(range.lowerBound, in: anchored) { return [before] }
        }
        return []
    }

    /// Whether the label, or the words between the person and it, say that the person was made secretary.
    private static func isDesignated(
        _ person: PersonReader.Reading, _ label: Range<Int>, in text: NormalizedText
    ) -> Bool {
        if text[label.lowerBound] != UInt8(ascii: "s") { return true }
        let gap = person.range.upperBound ..| label.lowerBound
        return text.contains(anyOf: designations, in: gap)
    }

    private static let designations: WordChoice = [
        "elu", "elue", "nomme", "nommee", "designe", "designee", "choisi", "choisie", "est", "comme", "qualite",
        "fonction", "fonctions", "accepte",
    ]

    /// "Le secrétaire de séance" with a capital, over a signature.
    private static func isSignature(_ label: Range<Int>, in text: NormalizedText) -> Bool {
        let article = text.skipBlanksBack(from: label.lowerBound) - 2
        return text.isCapital(at: article) && text.matchAny(["le", "la"], at: article) != nil
            && text.equals(label, "secretaire de seance")
    }

    /// "Mme X ayant obtenu la majorité des suffrages, elle a été désignée pour remplir cette fonction".
    private static func designated(in anchored: AnchoredText, preamble: Range<Int>) -> [PersonReader.Reading] {
        let text = anchored.text
        for wording: StaticString in [
            "designee pour remplir cette fonction", "designe pour remplir cette fonction",
            "designe pour remplir ces fonctions", "designee pour remplir ces fonctions",
            "designe pour assurer les fonctions de secretaire", "designee pour assurer les fonctions de secretaire",
            "nomme pour remplir les fonctions de secretaire", "nommee pour remplir les fonctions de secretaire",
            "est nomme pour remplir cette fonction", "est nommee pour remplir cette fonction",
        ] {
            if let range = text.find(wording, in: preamble), let person = personBefore(range.lowerBound, in: anchored) {
                return [person]
            }
        }
        return []
    }

    /// The last person named before `position`, in its sentence.
    private static func personBefore(_ position: Int, in anchored: AnchoredText) -> PersonReader.Reading? {
        let text = anchored.text
        var next = anchored.sentenceStart(before: position, limit: 160)
        var last: PersonReader.Reading?
        while next < position {
            if text.isWordStart(next), let person = PersonReader.read(at: next, in: text, limit: position),
                person.person.civility != nil
                    || text.matchAny(["a ete", "est", "a"], at: text.skipBlanks(from: person.range.upperBound)) != nil
            {
                last = person
                next = person.range.upperBound
            } else {
                next += 1
            }
        }
        return last
    }

    /// The person after a label: past the office that stands before the name ("Monsieur le Maire, X"; "son Maire, X").
    static func person(after position: Int, in text: NormalizedText) -> PersonReader.Reading? {
        let limit = min(position + 140, text.count)
        var next = text.skipSeparators(from: position, limit: limit)
        for _ in 0..<6 {
            if let person = PersonReader.read(at: next, in: text, limit: limit) { return person }
            guard let end = officeEnd(at: next, in: text) ?? localityEnd(at: next, limit, in: text) else { return nil }
            next = text.skipSeparators(from: end, limit: limit)
        }
        return nil
    }

    /// "Commune de Besse -" before a name.
    private static func localityEnd(at position: Int, _ limit: Int, in text: NormalizedText) -> Int? {
        guard text.matchWord("commune", at: position) != nil else { return nil }
        let line = position ..| min(limit, position + 60)
        var dash = text.firstIndex(of: UInt8(ascii: "-"), in: line)
        while let found = dash, text[found - 1] != FoldedByte.space {
            dash = text.firstIndex(of: UInt8(ascii: "-"), in: (found + 1) ..| line.upperBound)
        }
        return dash.map { $0 + 1 }
    }

    /// Words of an office before a name.
    static func officeEnd(at position: Int, in text: NormalizedText) -> Int? {
        text.matchAny(
            [
                "monsieur le doyen d'age de l'assemblee", "monsieur le maire", "madame le maire", "madame la maire",
                "m. le maire",
                "mme le maire", "mme la maire", "monsieur le president", "madame la presidente", "son maire",
                "sa maire", "son president",
                "sa presidente", "le maire", "la maire", "le president", "la presidente", "maire", "president",
                "presidente", "monsieur",
                "madame", "de", "du", "d'", "est assure par", "est assuree par", "le", "la", "docteur", "m.", "a",
                "ete", "elu", "elue",
            ], at: position)
    }

    private static func others(after position: Int, in text: NormalizedText) -> [PersonReader.Reading] {
        var others: [PersonReader.Reading] = []
        var position = position
        while let end = text.matchWord("et", at: text.skipBlanks(from: position, lines: false)),
            let person = PersonReader.read(at: text.skipBlanks(from: end), in: text)
        {
            others.append(person)
            position = person.range.upperBound
        }
        return others
    }
}
