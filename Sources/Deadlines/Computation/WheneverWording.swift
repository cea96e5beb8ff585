import Deliberations

/// What the words of an undated duty come to.
enum WheneverWording: Hashable, Sendable {
    /// "Au fil de l'eau", "systématiquement": it has no date.
    case continuous
    /// "À la signature", "dès notification", "en fin de programme": the day of the event.
    case at(Anchor)
    /// "Sans délai": the working day after an event that is not named.
    case atOnce
    /// "Pendant une durée de dix ans", without a start.
    case lasting(months: Int)

    /// Reads the words; what is none of the others is continuous.
    init(_ words: String) {
        let folded = FoldedText(words)
        if folded.contains(anyOf: Self.continuousWords) {
            self = .continuous
        } else if let months = Self.duration(folded) {
            self = .lasting(months: months)
        } else if let anchor = Self.anchors.first(where: { folded.contains(anyOf: $0.words) })?.anchor {
            self = .at(anchor)
        } else {
            self = folded.contains(anyOf: Self.immediateWords) ? .atOnce : .continuous
        }
    }

    private static let continuousWords = [
        "fil de l eau", "systematique", "prealable", "a chaque", "a tout moment", "en permanence", "tout au long",
        "regulier", "pendant toute", "au moment", "lors de", "en cas",
    ]

    private static let immediateWords = ["sans delai", "immediat", "des que possible", "sans attendre"]

    private static let anchors: [(words: [String], anchor: Anchor)] = [
        (
            ["fin de programme", "fin du programme", "issue du programme", "issue de l action", "fin de l action"],
            .programmeEnd
        ),
        (["fin d annee", "fin de l annee", "fin de l exercice", "cloture"], .yearEnd),
        (["signature"], .signature), (["notification"], .notification), (["reception"], .receipt),
    ]

    /// "10 ans", "dix années", "six mois" in folded words, after a word that makes it a duration.
    private static func duration(_ folded: FoldedText) -> Int? {
        guard folded.contains(anyOf: durationWords) else { return nil }
        let words = folded.words
        guard words.contains(where: { word in durationWords.contains { $0 == word } }) else { return nil }
        for (count, unit) in zip(words, words.dropFirst()) {
            guard let number = Int(count) ?? numbers.firstIndex(of: count), (1...200).contains(number) else { continue }
            if ["an", "ans", "annee", "annees"].contains(unit) { return number * 12 }
            if unit == "mois" { return number }
        }
        return nil
    }

    private static let durationWords = ["duree", "pendant", "durant"]

    private static let numbers: [Substring] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    ]
}
