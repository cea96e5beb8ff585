/// Composing letters with the accents that follow them (Unicode's NFC, for the letters of Latin-1).
enum Composition {
    private static let pairs: [UInt32: [Unicode.Scalar: Unicode.Scalar]] = [
        0x300: ["a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù", "A": "À", "E": "È", "I": "Ì", "O": "Ò", "U": "Ù"],
        0x301: [
            "a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "A": "Á", "E": "É", "I": "Í", "O": "Ó", "U": "Ú",
            "y": "ý", "Y": "Ý",
        ],
        0x302: ["a": "â", "e": "ê", "i": "î", "o": "ô", "u": "û", "A": "Â", "E": "Ê", "I": "Î", "O": "Ô", "U": "Û"],
        0x303: ["a": "ã", "n": "ñ", "o": "õ", "A": "Ã", "N": "Ñ", "O": "Õ"],
        0x308: [
            "a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü", "y": "ÿ", "A": "Ä", "E": "Ë", "I": "Ï", "O": "Ö",
            "U": "Ü", "Y": "Ÿ",
        ],
        0x327: ["c": "ç", "C": "Ç"],
    ]

    /// Whether a combining accent (U+0300 to U+036F) begins at `index`.
    static func isCombining(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 1 < source.count, source[index + 1] & 0xC0 == 0x80 else { return false }
        return source[index] == 0xCC || (source[index] == 0xCD && source[index + 1] <= 0xAF)
    }

    /// `base` with `accent`, if there is one character for it.
    static func compose(_ base: UInt32, _ accent: UInt32) -> UInt32? {
        guard let base = Unicode.Scalar(base) else { return nil }
        return pairs[accent]?[base]?.value
    }
}

extension NormalizedText {
    /// The words of `range` as they are written: composed (NFC), markup removed, white space folded and trimmed.
    func words(of range: Range<Int>) -> String {
        let range = trimmed(range)
        guard let last = range.last else { return "" }
        if let plain = plainWords(of: range, last) ?? spacedWords(of: range, last) { return plain }
        return String(unsafeUninitializedCapacity: wordsCapacity(range, last)) { output in
            source.withUnsafeBufferPointer { source in
                folded.withUnsafeBufferPointer { folded in
                    origin.withUnsafeBufferPointer { origin in
                        copyWords(of: range, folded, origin, from: source, to: output)
                    }
                }
            }
        }
    }

    /// The words as their bytes stand in the source, if those need no change: letters, digits, punctuation and single
    /// spaces, nothing that folding may have removed.
    private func plainWords(of range: Range<Int>, _ last: Int) -> String? {
        guard isInOrder else { return nil }
        let end = Int(origin[last])
        return source.withUnsafeBufferPointer { source in
            PlainBytes.classes.withUnsafeBufferPointer { classes in
                let lower = Int(origin[range.lowerBound])
                var position = lower
                var isASCII = true
                while position <= end {
                    if position &+ 7 <= end {
                        let raw = UnsafeRawBufferPointer(source)
                        let eight = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                        position &+= PlainText.prefix(of: UInt64(littleEndian: eight))
                        if position > end { break }
                    }
                    let next = position + 1 < source.count ? source[position + 1] : 0
                    switch classes[Int(source[position])] {
                    case PlainBytes.one: position &+= 1
                    case PlainBytes.space:
                        guard next != FoldedByte.space else { return nil }
                        position &+= 1
                    case PlainBytes.lead:
                        let length = PlainBytes.length(at: position, in: source)
                        guard length > 0 else { return nil }
                        isASCII = false
                        position &+= length
                    default: return nil
                    }
                }
                // An accent may follow the last letter.
                if position < source.count, source[position] & 0xFE == 0xCC { return nil }
                let words = UnsafeBufferPointer(rebasing: source[lower..<position])
                // Their bytes were looked at one by one: ASCII, and whole sequences.
                return String(copying: UTF8Span(unchecked: words.span, isKnownASCII: isASCII))
            }
        }
    }

    /// As ``plainWords(of:_:)``, with the ends of lines and other blanks made single spaces.
    private func spacedWords(of range: Range<Int>, _ last: Int) -> String? {
        guard isInOrder else { return nil }
        let lower = Int(origin[range.lowerBound])
        let end = Int(origin[last])
        // The last character may have three bytes.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: end - lower + 3) { words in
            let copied = source.withUnsafeBufferPointer { copySpaced(lower...end, from: $0, to: words) }
            return copied.map { copied in
                let words = UnsafeBufferPointer(rebasing: words[..<copied.count])
                return String(copying: UTF8Span(unchecked: words.span, isKnownASCII: copied.isASCII))
            }
        }
    }

    /// Copies the characters that begin in `range` with single spaces for blanks; nil if one needs a closer look.
    private func copySpaced(
        _ range: ClosedRange<Int>, from source: UnsafeBufferPointer<UInt8>, to words: UnsafeMutableBufferPointer<UInt8>
    ) -> (count: Int, isASCII: Bool)? {
        let raw = UnsafeRawBufferPointer(source)
        var (position, count, isASCII) = (range.lowerBound, 0, true)
        while position <= range.upperBound {
            let followsSpace = count == 0 || words[count - 1] == FoldedByte.space
            if position &+ 7 <= range.upperBound, !followsSpace || source[position] != FoldedByte.space {
                let eight = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                UnsafeMutableRawBufferPointer(words).storeBytes(of: eight, toByteOffset: count, as: UInt64.self)
                let plain = PlainText.prefix(of: UInt64(littleEndian: eight))
                (position, count) = (position &+ plain, count &+ plain)
                if plain > 0 { continue }
            }
            let byte = source[position]
            let next = position + 1 < source.count ? source[position + 1] : 0
            switch PlainBytes.classes[Int(byte)] {
            case PlainBytes.one: words[count] = byte
            case PlainBytes.lead:
                let length = PlainBytes.length(at: position, in: source)
                guard length > 0 else { return nil }
                for offset in 0..<length { words[count + offset] = source[position + offset] }
                (position, count, isASCII) = (position + length - 1, count + length - 1, false)
            case _ where byte.isBlank:
                guard count > 0 else { return nil }
                if followsSpace { count -= 1 }
                words[count] = FoldedByte.space
            default: return nil
            }
            (position, count) = (position + 1, count + 1)
        }
        // An accent may follow the last letter.
        return position < source.count && source[position] & 0xFE == 0xCC ? nil : (count, isASCII)
    }

    /// Words never outgrow their source; where columns were moved their source is not one piece, but no character has
    /// more than four bytes.
    private func wordsCapacity(_ range: Range<Int>, _ last: Int) -> Int {
        guard isInOrder else { return 4 * range.count }
        let end = Int(origin[last])
        return end - Int(origin[range.lowerBound]) + characterLength(at: end)
    }

    private func copyWords(
        of range: Range<Int>, _ folded: UnsafeBufferPointer<UInt8>, _ origin: UnsafeBufferPointer<UInt32>,
        from source: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var lastStart = -1
        for position in range {
            let start = Int(origin[position])
            if folded[position] <= FoldedByte.space, folded[position].isBlank {
                if count > 0, output[count - 1] != FoldedByte.space {
                    output[count] = FoldedByte.space
                    count &+= 1
                }
            } else if start != lastStart {
                let length = Self.plainLength(at: start, in: source)
                if length > 0 {
                    output[count] = source[start]
                    if length == 2 { output[count + 1] = source[start + 1] }
                    count &+= length
                } else {
                    count += copyCharacter(at: start, from: source, to: output, offset: count)
                }
            }
            lastStart = start
        }
        return count
    }

    /// How many bytes the character at `start` has, if it is ASCII or an accented letter of Latin-1 and stands for
    /// itself: no entity, no combining accent after it. Else 0.
    @inline(__always)
    private static func plainLength(at start: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
        let lead = source[start]
        let length: Int
        if lead < 0x80 {
            guard lead != UInt8(ascii: "&") else { return 0 }
            length = 1
        } else {
            guard lead == 0xC3, start + 1 < source.count, source[start + 1] & 0xC0 == 0x80 else { return 0 }
            length = 2
        }
        guard start + length < source.count else { return length }
        return source[start + length] & 0xFE == 0xCC ? 0 : length
    }

    /// Copies the character at `start`, composed with the accents after it, and returns how many bytes it took.
    private func copyCharacter(
        at start: Int, from source: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        offset: Int
    ) -> Int {
        var (scalar, length) = TextNormalizer.decode(source, at: start)
        if source[start] < 0x80 { scalar = UInt32(source[start]) }
        if source[start] == UInt8(ascii: "&"), let entity = Markup.entity(at: start, in: source) {
            (scalar, length) = (entity.scalar, entity.end - start)
        }
        while Composition.isCombining(source, at: start + length) {
            let accent = TextNormalizer.decode(source, at: start + length).scalar
            guard let composed = Composition.compose(scalar, accent) else { break }
            scalar = composed
            length += 2
        }
        return Self.write(scalar, to: output, offset: offset)
    }

    private static func write(_ scalar: UInt32, to output: UnsafeMutableBufferPointer<UInt8>, offset: Int) -> Int {
        // What is no character takes one byte, so that the words never outgrow their source.
        guard let character = Unicode.Scalar(scalar), scalar != 0xFFFD else {
            output[offset] = UInt8(ascii: "?")
            return 1
        }
        var count = 0
        for unit in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter {
            output[offset + count] = unit
            count += 1
        }
        return count
    }
}

/// Which bytes of a source stand for themselves in its words.
private enum PlainBytes {
    static let one: UInt8 = 1
    /// The first of the bytes of a letter or mark beyond ASCII.
    static let lead: UInt8 = 2
    static let space: UInt8 = 3

    /// 0 for what needs a closer look: white space, what may be markup, and all other characters.
    static let classes: [UInt8] = (0..<256).map { (code: Int) -> UInt8 in
        switch UInt8(code) {
        case FoldedByte.space: return space
        case 0xC2, 0xC3, 0xC5, 0xE2: return lead
        case UInt8(ascii: "`"): return one
        case 0x21...0x7E: return CharacterFolding.ascii[code] == 0 ? 0 : one
        default: return 0
        }
    }

    /// How many bytes the letter or mark at `position` has, if folding keeps it: those of Latin-1, œ, dashes, quotation
    /// marks, the ellipsis and the euro. Else 0.
    static func length(at position: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
        let lead = source[position]
        let next = position + 1 < source.count ? source[position + 1] : 0
        let third = position + 2 < source.count ? source[position + 2] : 0
        switch (lead, next, third) {
        case (0xC3, 0x80...0xBF, _), (0xC2, 0xA1...0xAC, _), (0xC2, 0xAE...0xBF, _), (0xC5, 0x92...0x93, _): return 2
        case (0xE2, 0x80, 0x93...0x94), (0xE2, 0x80, 0x98...0x99), (0xE2, 0x80, 0x9C...0x9D), (0xE2, 0x80, 0xA6),
            (0xE2, 0x82, 0xAC):
            return 3
        default: return 0
        }
    }
}
