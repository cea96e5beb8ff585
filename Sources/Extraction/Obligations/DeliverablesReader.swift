import Deliberations

/// Reads lists of deliverables: the items under "Livrables à fournir sur les objectifs de l'axe 1 :".
enum DeliverablesReader {
    /// Words of a heading whose items are owed.
    static let headings: WordChoice = [
        "livrables", "livrable", "documents a fournir", "documents a remettre", "documents a transmettre",
        "pieces a fournir", "pieces a remettre", "pieces a transmettre", "justificatifs a fournir",
    ]

    /// The items of such lists in `range`.
    static func read(
        in range: Range<Int>, of text: NormalizedText, clauses: ClauseMatches
    ) -> [FoundObligation] {
        SentenceSplitter.sentences(in: range, of: text).compactMap { sentence in
            guard let lead = sentence.lead, isHeading(lead, in: text) else { return nil }
            let what = text.trimmedOfPunctuation(sentence.range)
            guard what.contains(where: { text[$0].isLetter }) else { return nil }
            let due =
                DueReader.read(sentence.range, clauses.within(sentence.range), in: text)
                ?? DueReader.read(lead, clauses.within(lead), in: text)
            var obligation = FoundObligation(kind: .deliverable, what: what, due: due, sentence: sentence.range)
            obligation.isDocument = true
            return obligation
        }
    }

    private static func isHeading(_ lead: Range<Int>, in text: NormalizedText) -> Bool {
        lead.count <= 120 && text.contains(anyOf: headings, in: lead)
    }
}
