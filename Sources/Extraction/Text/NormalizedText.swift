import Deliberations

/// A converted text and its folded form: one byte a character, without accents, capitals and markup.
///
/// All reading is done in positions of `folded`; only what is kept becomes words again (`words(of:)`) or is cited
/// (`range(of:)`). A class, so that it is passed by one reference.
final class NormalizedText: Sendable {
    /// The converted text, UTF-8.
    let source: [UInt8]
    /// The folded text.
    let folded: [UInt8]
    /// For each folded byte the offset in `source` of the character it comes from; then the length of `source`.
    let origin: [UInt32]
    /// Whether the origins never go back: no columns were put after each other.
    let isInOrder: Bool

    /// Where words begin.
    let wordStarts: [UInt32]
    /// The first three bytes of each of these words, as ``WordHead`` packs them.
    let wordHeads: [UInt16]

    /// Folds `source`.
    init(_ source: [UInt8]) {
        self.source = source
        var normal = TextNormalizer.normalize(source)
        BrokenParagraphs.join(&normal.folded, &normal.origin, source)
        let unfolded = ColumnUnfolding.unfold(source, normal)
        (folded, origin) = unfolded ?? (normal.folded, normal.origin)
        isInOrder = unfolded == nil
        wordStarts = WordStarts.find(in: folded)
        wordHeads = WordHead.heads(of: wordStarts, in: folded)
    }

    /// How many folded bytes there are.
    var count: Int { folded.count }

    /// All positions.
    var whole: Range<Int> { 0..<folded.count }

    /// The folded byte at `position`, or a newline outside the text.
    @inline(__always)
    subscript(position: Int) -> UInt8 {
        position >= 0 && position < folded.count ? folded[position] : FoldedByte.newline
    }

    /// Whether the character at `position` is a capital letter.
    func isCapital(at position: Int) -> Bool {
        guard position >= 0, position < folded.count else { return false }
        let start = Int(origin[position])
        let byte = source[start]
        if byte < 0x80 { return byte &- 65 < 26 }
        guard start + 1 < source.count else { return false }
        let next = source[start + 1]
        switch byte {
        case 0xC3: return next <= 0x9E && next != 0x97
        case 0xC4, 0xC5: return folded[position].isLetter && (next == 0xB8 || next & 1 == 0)
        default: return false
        }
    }

    /// Whether every letter of `range` is a capital, and there is one.
    func isAllCapitals(_ range: Range<Int>) -> Bool {
        let range = range.clamped(to: whole)
        return folded.withUnsafeBufferPointer { folded in
            origin.withUnsafeBufferPointer { origin in
                var hasLetter = false
                for position in range where folded[position].isLetter {
                    let lead = source[Int(origin[position])]
                    guard lead < 0x80 ? lead &- 65 < 26 : isCapital(at: position) else { return false }
                    hasLetter = true
                }
                return hasLetter
            }
        }
    }

    /// Whether a word begins at `position`.
    @inline(__always)
    func isWordStart(_ position: Int) -> Bool { self[position].isWord && !self[position - 1].isWord }

    /// The bytes of the converted text that `range` was read from.
    func range(of range: Range<Int>) -> TextRange {
        guard let last = range.last, last < folded.count else {
            let start = Int(origin[min(range.lowerBound, folded.count)])
            return TextRange(start, start)
        }
        // Where columns were moved a position may come from the end of the text, or from before the first one.
        let start = Int(origin[range.lowerBound])
        let lastStart = Int(origin[last])
        let end = lastStart < source.count ? lastStart + characterLength(at: lastStart) : source.count
        return TextRange(min(start, end), max(start, end))
    }

    /// How many bytes the character at the offset `start` of the source has: its entity, its combining accents.
    func characterLength(at start: Int) -> Int {
        source.withUnsafeBufferPointer { source in
            if source[start] == UInt8(ascii: "&"), let entity = Markup.entity(at: start, in: source) {
                return entity.end - start
            }
            var length = TextNormalizer.decode(source, at: start).length
            while start + length + 1 < source.count, Composition.isCombining(source, at: start + length) {
                length += 2
            }
            return length
        }
    }
}
