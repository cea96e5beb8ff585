extension String {
    /// At most `limit` characters, with an ellipsis where it was cut. A character may hold any number of combining marks, so
    /// the bytes are bounded too: eight for each character.
    func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var text = count <= limit ? self : prefix(limit - 1) + "…"
        let bytes = 8 * limit
        guard text.utf8.count > bytes else { return text }
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            length += String(scalar).utf8.count
            if length > bytes { break }
            kept.append(scalar)
        }
        text = String(kept) + "…"
        return text
    }
}
