/// One pass from the converted text to folded bytes and their origins.
struct TextNormalizer {
    private let source: UnsafeBufferPointer<UInt8>
    private let folded: UnsafeMutableBufferPointer<UInt8>
    private let origin: UnsafeMutableBufferPointer<UInt32>
    private var count = 0
    private var position = 0
    private var superscriptEnd = -1
    private var indentedLines = 0

    /// A folded text.
    struct Result {
        /// The folded bytes, never more than the source has.
        var folded: [UInt8]
        /// For each of them the offset of its character; then the length of the source.
        var origin: [UInt32]
        /// How many lines begin so far from the left that they may be of a right column.
        let indentedLines: Int
    }

    /// Folds `source`.
    static func normalize(_ source: [UInt8]) -> Result {
        var folded: [UInt8] = []
        var indentedLines = 0
        let origin = [UInt32](unsafeUninitializedCapacity: source.count + 1) { originBuffer, originCount in
            folded = [UInt8](unsafeUninitializedCapacity: source.count) { foldedBuffer, foldedCount in
                foldedCount = source.withUnsafeBufferPointer { source in
                    var normalizer = Self(source: source, folded: foldedBuffer, origin: originBuffer)
                    let count = normalizer.run()
                    indentedLines = normalizer.indentedLines
                    return count
                }
            }
            originBuffer[folded.count] = UInt32(truncatingIfNeeded: source.count)
            originCount = folded.count + 1
        }
        return Result(folded: folded, origin: origin, indentedLines: indentedLines)
    }

    private init(
        source: UnsafeBufferPointer<UInt8>, folded: UnsafeMutableBufferPointer<UInt8>,
        origin: UnsafeMutableBufferPointer<UInt32>
    ) {
        self.source = source
        self.folded = folded
        self.origin = origin
    }

    private mutating func run() -> Int {
        CharacterFolding.ascii.withUnsafeBufferPointer { ascii in
            CharacterFolding.latin1.withUnsafeBufferPointer { latin1 in
                while position < source.count {
                    copyPlain(ascii, latin1)
                    guard position < source.count else { break }
                    let byte = source[position]
                    if byte == FoldedByte.space { appendSpaces() } else { foldSpecial(byte) }
                }
            }
        }
        while count > 0, folded[count - 1].isBlank { count -= 1 }
        return count
    }

    /// Folds letters, digits, punctuation and single spaces, which nearly all of a text is; with its state in registers.
    @inline(__always)
    private mutating func copyPlain(_ ascii: UnsafeBufferPointer<UInt8>, _ latin1: UnsafeBufferPointer<UInt8>) {
        var from = position
        var to = count
        while from < source.count {
            if from &+ 8 <= source.count, source[from] != FoldedByte.space || to > 0 && !folded[to &- 1].isBlank {
                let copied = copyEight(from: from, to: to)
                from &+= copied
                to &+= copied
                if copied == 8 { continue }
            }
            let byte = source[from]
            var plain = ascii[Int(byte)]
            var length = 1
            if plain == 0 {
                guard from + 1 < source.count else { break }
                let next = source[from + 1]
                if byte == FoldedByte.space, next != byte, to > 0, !folded[to - 1].isBlank {
                    plain = byte
                } else if byte == 0xC3, next & 0xC0 == 0x80, latin1[Int(next & 0x3F) + 0x20] > 1 {
                    plain = latin1[Int(next & 0x3F) + 0x20]
                    length = 2
                } else {
                    break
                }
            }
            folded[to] = plain
            origin[to] = UInt32(truncatingIfNeeded: from)
            to &+= 1
            from &+= length
        }
        position = from
        count = to
    }

    /// Folds the eight bytes at `from` as far as they are plain, and returns how many are.
    ///
    /// All eight are written, for folded text never outgrows its source: what is no text yet is written over.
    @inline(__always)
    private func copyEight(from: Int, to: Int) -> Int {
        let raw = UnsafeRawBufferPointer(source)
        let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: from, as: UInt64.self))
        let origins = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7) &+ SIMD8(repeating: UInt32(truncatingIfNeeded: from))
        UnsafeMutableRawBufferPointer(folded).storeBytes(
            of: PlainText.lowercased(eight).littleEndian, toByteOffset: to, as: UInt64.self)
        UnsafeMutableRawBufferPointer(origin).storeBytes(of: origins, toByteOffset: 4 &* to, as: SIMD8<UInt32>.self)
        return PlainText.prefix(of: eight)
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8, from start: Int) {
        folded[count] = byte
        origin[count] = UInt32(truncatingIfNeeded: start)
        count += 1
    }

    /// Appends a space, unless a blank is before it or the text begins.
    @inline(__always)
    private mutating func appendBlank(_ byte: UInt8) {
        if count > 0, !folded[count - 1].isBlank { append(byte, from: position) }
    }

    /// Appends a space; three or more are a gap between columns, and end a cell as a tab does.
    @inline(__always)
    private mutating func appendSpaces() {
        let start = position
        position += 1
        while position < source.count, source[position] == FoldedByte.space { position += 1 }
        if position - start >= ColumnUnfolding.leastColumn, start == 0 || source[start - 1] == FoldedByte.newline {
            indentedLines += 1
        }
        if position - start < 3 {
            if count > 0, !folded[count - 1].isBlank { append(FoldedByte.space, from: start) }
        } else {
            appendCellBreak(from: start)
        }
    }

    /// Appends the end of a line: blanks before it go, and no more than two follow each other.
    private mutating func appendLineBreak() {
        while count > 0, folded[count - 1] == FoldedByte.space || folded[count - 1] == FoldedByte.tab { count -= 1 }
        guard count > 0 else { return }
        if count > 1, folded[count - 1] == FoldedByte.newline, folded[count - 2] == FoldedByte.newline { return }
        append(FoldedByte.newline, from: position)
    }

    /// Appends the end of a cell that begins at `start`: a space before it goes.
    private mutating func appendCellBreak(from start: Int) {
        guard count > 0, position < source.count, folded[count - 1] != FoldedByte.newline,
            folded[count - 1] != FoldedByte.tab
        else { return }
        if folded[count - 1] == FoldedByte.space { count -= 1 }
        append(FoldedByte.tab, from: start)
    }

    private mutating func foldSpecial(_ byte: UInt8) {
        switch byte {
        case FoldedByte.newline:
            appendLineBreak()
            position += 1
        case FoldedByte.tab:
            appendCellBreak(from: position)
            position += 1
        case 0x0C:
            appendLineBreak()
            appendLineBreak()
            position += 1
        case 0x00..<0x20, 0x7F: position += 1
        case 0x80...: foldCharacter()
        default: foldMarkup(byte)
        }
    }

    private mutating func foldMarkup(_ byte: UInt8) {
        let next = position + 1 < source.count ? source[position + 1] : 0
        switch byte {
        case UInt8(ascii: "*") where next == byte: position += 2
        case UInt8(ascii: "\\") where next > 32 && next < 127 && !(next | 32).isLetter && !next.isDigit: position += 1
        case UInt8(ascii: "}") where position == superscriptEnd: position += 1
        case UInt8(ascii: "^") where next == UInt8(ascii: "{"): beginSuperscript()
        case UInt8(ascii: "#") where count == 0 || folded[count - 1] == FoldedByte.newline: position += 1
        case UInt8(ascii: "<"): foldTag()
        case UInt8(ascii: "&"): foldEntity()
        default:
            append(byte, from: position)
            position += 1
        }
    }

    private mutating func beginSuperscript() {
        let limit = min(source.count, position + 16)
        if let end = source[(position + 2)..<limit].firstIndex(of: UInt8(ascii: "}")) {
            superscriptEnd = end
            position += 2
        } else {
            append(source[position], from: position)
            position += 1
        }
    }

    private mutating func foldTag() {
        guard let tag = Markup.tag(at: position, in: source) else {
            append(source[position], from: position)
            position += 1
            return
        }
        switch tag.effect {
        case .inline: break
        case .lineBreak: appendLineBreak()
        case .cell: appendCellBreak(from: position)
        case .hidden: skipHidden(from: tag.end)
        }
        position = max(position, tag.end)
    }

    private mutating func skipHidden(from end: Int) {
        guard source[position + 1] != UInt8(ascii: "/") else { return }
        var index = end
        while index + 1 < source.count {
            if source[index] == UInt8(ascii: "<"), source[index + 1] == UInt8(ascii: "/") {
                position = index
                return
            }
            index += 1
        }
        position = source.count
    }

    private mutating func foldEntity() {
        guard let entity = Markup.entity(at: position, in: source) else {
            append(source[position], from: position)
            position += 1
            return
        }
        if entity.scalar < 0x80 {
            let plain = CharacterFolding.ascii[Int(entity.scalar)]
            let byte = UInt8(entity.scalar)
            byte <= 32 ? appendBlank(FoldedByte.space) : append(plain == 0 ? byte : plain, from: position)
        } else {
            append(CharacterFolding.folding(of: entity.scalar))
        }
        position = entity.end
    }

    private mutating func foldCharacter() {
        let (scalar, length) = Self.decode(source, at: position)
        append(CharacterFolding.folding(of: scalar))
        position += length
    }

    private mutating func append(_ character: CharacterFolding.Folded) {
        switch character {
        case .dropped: break
        case .byte(FoldedByte.space): appendBlank(FoldedByte.space)
        case .byte(let byte): append(byte, from: position)
        case .bytes(let string):
            string.withUTF8Buffer { letters in
                for letter in letters { append(letter, from: position) }
            }
        }
    }

    /// The character at `position` and how many bytes it has; a byte that is no UTF-8 stands for itself.
    @inline(__always)
    static func decode(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
        let lead = source[position]
        let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
        guard length > 1, position + length <= source.count else { return (0xFFFD, 1) }
        var scalar = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length {
            let byte = source[position + offset]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return (scalar, length)
    }
}
