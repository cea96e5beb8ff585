import Deliberations

/// Finds phrases in the converted text, whatever their case, accents, spaces and punctuation.
struct PhraseSearch {
    /// A phrase, folded.
    struct Phrase: ExpressibleByStringLiteral {
        let folded: [UInt8]

        init(stringLiteral value: String) {
            folded = LatinFolding.fold(value)
        }
    }

    /// The bytes of the converted text.
    let text: [UInt8]

    /// Where the first of `phrases` that occurs within `range` begins and ends; it starts at a word's beginning.
    func first(_ phrases: [Phrase], in range: TextRange? = nil) -> TextRange? {
        let start = max(0, range?.start ?? 0)
        let end = min(text.count, range?.end ?? text.count)
        guard start < end else { return nil }
        return text.withUnsafeBufferPointer { bytes in
            Self.first(phrases, in: UnsafeBufferPointer(rebasing: bytes[..<end]), from: start)
        }
    }

    /// Whether one of `phrases` occurs within `range`.
    func contains(_ phrases: [Phrase], in range: TextRange? = nil) -> Bool {
        first(phrases, in: range) != nil
    }

    private static func first(
        _ phrases: [Phrase], in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> TextRange? {
        var isInitial = [Bool](repeating: false, count: 256)
        for phrase in phrases { if let letter = phrase.folded.first { isInitial[Int(letter)] = true } }
        var index = start
        var isWordStart = true
        while index < bytes.count {
            let folded = LatinFolding.character(bytes, at: index)
            if isWordStart, isInitial[Int(folded.first)] {
                for phrase in phrases where phrase.folded.first == folded.first {
                    if let end = Self.end(of: phrase, in: bytes, at: index) { return TextRange(index, end) }
                }
            }
            isWordStart = folded.first == LatinFolding.space
            index += folded.length
        }
        return nil
    }

    private static func end(of phrase: Phrase, in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var index = start
        var matched = 0
        var follows = false
        while matched < phrase.folded.count {
            guard index < bytes.count else { return nil }
            let folded = LatinFolding.character(bytes, at: index)
            index += folded.length
            if folded.first == 0 || (folded.first == LatinFolding.space && follows) { continue }
            follows = folded.first == LatinFolding.space
            guard folded.first == phrase.folded[matched] else { return nil }
            matched += 1
            if folded.second != 0 {
                guard matched < phrase.folded.count, folded.second == phrase.folded[matched] else { return nil }
                matched += 1
            }
        }
        return index
    }
}
