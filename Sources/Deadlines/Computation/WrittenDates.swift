import Deliberations

/// Finds dates inside a few words.
enum WrittenDates {
    /// The first date in `text`: "Approbation du procès-verbal de la séance du 4 juin 2024".
    static func first(in text: String) -> CivilDate? {
        let words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" })
        for start in words.indices.prefix(80) {
            guard let first = words[start].utf8.first, (48...57).contains(first) else { continue }
            if let date = FrenchDateText(words[start])?.date { return date }
            guard start + 2 < words.endIndex else { continue }
            if let date = FrenchDateText(words[start...(start + 2)].joined(separator: " "))?.date { return date }
        }
        return nil
    }

    /// The year of the exercise that `text` names: "pour l'année 2024", "exercice 2024", "années 2024 à 2026" (the last).
    static func exercise(in text: FoldedText) -> Int? {
        guard text.contains(anyOf: exerciseStems) else { return nil }
        let words = text.words
        for (position, word) in words.enumerated() where isExerciseWord(word) {
            let years = words[(position + 1)...].prefix(4).prefix { year($0) != nil || joining.contains($0) }
            if let last = years.compactMap(year).last { return last }
        }
        return nil
    }

    private static let exerciseStems = ["annee", "exercice"]

    /// "année", "exercice" or their plurals.
    private static func isExerciseWord(_ word: Substring) -> Bool {
        guard (5...9).contains(word.utf8.count) else { return false }
        let stem = word.utf8.last == UInt8(ascii: "s") ? word.utf8.dropLast() : word.utf8
        return exerciseStems.contains { $0.utf8.elementsEqual(stem) }
    }

    private static let joining: Set<Substring> = ["a", "et", "au", "civile", "budgetaire"]

    private static func year(_ word: Substring) -> Int? {
        guard word.utf8.count == 4, let value = Int(word), (1_982...2_100).contains(value) else { return nil }
        return value
    }
}
