import Deliberations

/// By what an authority is found again: its SIREN where a document prints it, else its folded name.
public struct AuthorityKey: Hashable, Sendable {
    /// The folded name without the words that only say what kind of authority it is.
    public let name: String
    /// The SIREN, if the document prints one of 9 digits.
    public let siren: String?

    /// The key of an authority as a document or a person writes it.
    public init(_ authority: Authority) {
        var name = FoldedText(authority.name).text
        for prefix in Self.prefixes where name.hasPrefix(prefix) && name.utf8.count > prefix.utf8.count {
            name.removeFirst(prefix.count)
            break
        }
        self.name = name
        siren = authority.siren.flatMap { text in
            let digits = text.utf8.filter { (48...57).contains($0) }
            return digits.count == 9 ? String(decoding: digits, as: UTF8.self) : nil
        }
    }

    /// A commune is "Ville de X" in one document and "Commune de X" in the next; the longer wordings come first.
    private static let prefixes = [
        "mairie de la ville de ", "mairie de la commune de ", "commune de ", "commune d ", "ville de ", "ville d ",
        "mairie de ", "mairie d ",
    ]
}
