import Foundation

/// The name of an authority inside a French sentence, with the article and the elision that it asks for.
public struct FrenchName: Hashable, Sendable {
    /// As it is written.
    public let name: String

    /// A name.
    public init(_ name: String) { self.name = name }

    /// `de la Communauté de communes…`, `du Syndicat…`, `de l’Établissement…`, `d’Annecy`, `du Havre`, `de Valmont`.
    public var complement: String {
        let words = name.split(separator: " ")
        let first = words.first.map { Self.folded(String($0)) } ?? ""
        if words.count > 1 {
            let rest = words.dropFirst().joined(separator: " ")
            if first == "le" { return "du \(rest)" }
            if first == "les" { return "des \(rest)" }
        }
        if Self.feminine.contains(first) { return Self.beginsWithVowel(first) ? "de l’\(name)" : "de la \(name)" }
        if Self.masculine.contains(first) { return Self.beginsWithVowel(first) ? "de l’\(name)" : "du \(name)" }
        return Self.beginsWithVowel(first) ? "d’\(name)" : "de \(name)"
    }

    /// Common nouns that begin the names of authorities (CGCT, fifth part; code de l'action sociale L123-4).
    private static let feminine: Set<String> = [
        "agence", "ca", "caisse", "cc", "collectivite", "commune", "communaute", "cu", "entente", "eurometropole",
        "metropole", "mairie", "mission", "province", "regie", "region", "union", "ville",
    ]
    private static let masculine: Set<String> = [
        "ccas", "centre", "cias", "conseil", "departement", "epci", "etablissement", "office", "parc", "petr", "pole",
        "sdis", "sictom", "sivom", "sivu", "smictom", "syndicat",
    ]

    /// A y before a consonant sounds as a vowel (Yvetot); an h is taken as one that forbids elision (Le Havre, Honfleur).
    private static func beginsWithVowel(_ word: String) -> Bool {
        let letters = Array(word)
        guard let first = letters.first else { return false }
        if first == "y" { return letters.count > 1 && !"aeiouy".contains(letters[1]) }
        return "aeiouœæ".contains(first)
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
    }
}
