/// Finds many wordings in one pass: a trie, walked from every beginning of a word.
///
/// A wording is written folded: lower case, no accents, `'` for every apostrophe. A space of it matches one blank of the
/// text (also the end of a line, never an empty line). A wording ends where a word ends, unless it is written with a
/// final `*`, which lets the word go on ("convoque*" finds "convoquée"). Of several wordings that begin at one place the
/// longest is found.
struct WordingMatcher<Kind: Sendable>: Sendable {
    /// A wording that was found.
    struct Match: Sendable {
        /// What it stands for.
        let kind: Kind
        /// Where.
        let range: Range<Int>
    }

    /// 32 children a node: letters, then the bytes of `extras`, then what no wording has.
    private var children: [UInt16]
    private var endKinds: [Int16]
    private var kinds: [Kind] = []

    /// The child of each byte; from `dead` on there is none, and `digit` is a word's byte all the same.
    private static var dead: UInt8 { 31 }
    private static var digit: UInt8 { 32 }

    /// A matcher of `wordings`.
    init(_ wordings: [(wording: String, kind: Kind)]) {
        children = [UInt16](repeating: 0, count: 32)
        endKinds = [-1]
        for (wording, kind) in wordings { add(wording, kind) }
    }

    /// Adds a wording; "°" is one byte of folded text as it is one of Latin-1.
    private mutating func add(_ wording: String, _ kind: Kind) {
        var bytes = wording.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let goesOn = bytes.last == UInt8(ascii: "*")
        if goesOn { bytes.removeLast() }
        var node = 0
        for byte in bytes { node = child(of: node, Int(ByteClasses.table[Int(byte)])) }
        kinds.append(kind)
        endKinds[node] = Int16(kinds.count - 1) << 1 | (goesOn ? 1 : 0)
    }

    private mutating func child(of node: Int, _ byteClass: Int) -> Int {
        let index = node * 32 + byteClass
        if children[index] == 0 {
            endKinds.append(-1)
            children.append(contentsOf: [UInt16](repeating: 0, count: 32))
            children[index] = UInt16(endKinds.count - 1)
        }
        return Int(children[index])
    }

    /// Every wording in `range` of `text`, in order.
    func matches(in text: NormalizedText, _ range: Range<Int>? = nil) -> [Match] {
        let range = range ?? text.whole
        var found: [Match] = []
        text.folded.withUnsafeBufferPointer { bytes in
            let tables = Tables(
                bytes: bytes, classes: ByteClasses.table, upper: min(range.upperBound, bytes.count))
            var position = range.lowerBound
            var isInWord = false
            while position < tables.upper {
                let byteClass = tables.classes[Int(bytes[position])]
                let isWord = byteClass < 26 || byteClass == Self.digit
                if byteClass < 26, !isInWord, let match = longest(at: position, tables) { found.append(match) }
                isInWord = isWord
                position += 1
            }
        }
        return found
    }

    private struct Tables {
        let bytes: UnsafeBufferPointer<UInt8>
        let classes: [UInt8]
        let upper: Int
    }

    private func longest(at start: Int, _ tables: Tables) -> Match? {
        var node = 0
        var position = start
        var found: (kind: Int, end: Int)?
        while position < tables.upper {
            let byteClass = tables.classes[Int(tables.bytes[position])]
            guard byteClass < Self.dead else { break }
            node = Int(children[node * 32 + Int(byteClass)])
            guard node != 0 else { break }
            position += 1
            let end = Int(endKinds[node])
            if end >= 0, end & 1 == 1 || isWordEnd(position, tables) { found = (end >> 1, position) }
        }
        return found.map { Match(kind: kinds[$0.kind], range: start..<$0.end) }
    }

    private func isWordEnd(_ position: Int, _ tables: Tables) -> Bool {
        position == tables.upper || !tables.bytes[position].isWord || !tables.bytes[position - 1].isWord
    }
}

/// Which child of a node of the trie a byte leads to.
private enum ByteClasses {
    static let table: [UInt8] = (0..<256).map { (code: Int) -> UInt8 in
        let byte = UInt8(code)
        if byte.isLetter { return byte - 97 }
        switch byte {
        case 32, 10, 9: return 26
        case UInt8(ascii: "'"): return 27
        case UInt8(ascii: "-"): return 28
        case FoldedByte.degree: return 29
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."): return 30
        case 48...57: return 32
        default: return 31
        }
    }
}
