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

    private let trie: [WordingTrie.Node]
    private let kinds: [Kind]
    /// For the first two byte classes of a word the third ones with which a wording may begin, a bit each.
    private var starts = [UInt32](repeating: 0, count: 1_024)
    /// For the first two byte classes of a word the node they lead to; 0, the root, if a wording ends within them.
    private var seconds = [UInt16](repeating: 0, count: 1_024)

    /// A matcher of `wordings`.
    init(_ wordings: [(wording: String, kind: Kind)]) {
        trie = WordingTrie.nodes(of: wordings.map(\.wording))
        kinds = wordings.map(\.kind)
        for first in 0..<32 {
            if let node = trie[0].child(first) { fillStarts(first, trie[node]) }
        }
    }

    private mutating func fillStarts(_ first: Int, _ node: WordingTrie.Node) {
        for second in 0..<32 {
            let next = node.child(second)
            if node.end >= 0 || next.map({ trie[$0].end >= 0 }) ?? false {
                starts[first << 5 | second] = .max
            } else if let next {
                starts[first << 5 | second] = trie[next].children
                seconds[first << 5 | second] = UInt16(next)
            }
        }
    }

    /// Every wording in `range` of `text`, in order.
    func matches(in text: NormalizedText, _ range: Range<Int>? = nil) -> [Match] {
        let range = range ?? text.whole
        var found: [Match] = []
        withWalk(over: text, upTo: range.upperBound) { walk in
            func look(at position: Int, from node: Int) {
                guard let end = walk.longest(at: position, from: node) else { return }
                found.append(Match(kind: kinds[end.kind], range: position..<end.position))
            }
            // A range may begin inside a word.
            if range.lowerBound < walk.upper, text[range.lowerBound - 1].isWord { look(at: range.lowerBound, from: 0) }
            var index = text.wordStarts.partitioningIndex { $0 >= range.lowerBound }
            let end = text.wordStarts.partitioningIndex { $0 >= walk.upper }
            text.wordHeads.withUnsafeBufferPointer { heads in
                while index < end {
                    if let node = walk.begin(heads[index]) { look(at: Int(text.wordStarts[index]), from: node) }
                    index &+= 1
                }
            }
        }
        return found
    }

    /// Calls `body` with the tables without their checks: each index comes from these tables or is below `upper`.
    @inline(__always)
    private func withWalk(over text: NormalizedText, upTo limit: Int, _ body: (Walk) -> Void) {
        text.folded.withUnsafeBufferPointer { bytes in
            ByteClasses.table.withUnsafeBufferPointer { classes in
                trie.withUnsafeBufferPointer { trie in
                    starts.withUnsafeBufferPointer { starts in
                        seconds.withUnsafeBufferPointer { seconds in
                            body(
                                Walk(
                                    bytes: bytes, classes: classes, trie: trie, starts: starts, seconds: seconds,
                                    upper: min(limit, bytes.count)))
                        }
                    }
                }
            }
        }
    }

    private struct Walk {
        let bytes: UnsafeBufferPointer<UInt8>
        let classes: UnsafeBufferPointer<UInt8>
        let trie: UnsafeBufferPointer<WordingTrie.Node>
        let starts: UnsafeBufferPointer<UInt32>
        let seconds: UnsafeBufferPointer<UInt16>
        let upper: Int

        /// The node to walk from if a wording may begin with `head`: the one after two bytes, or the root. Turns most
        /// words away.
        @inline(__always)
        func begin(_ head: UInt16) -> Int? {
            let two = Int(head >> 5)
            return starts[two] >> UInt32(head & 31) & 1 == 1 ? Int(seconds[two]) : nil
        }

        /// Where the longest wording that begins at `start` ends, and what it stands for, walked from `node`.
        @inline(__always)
        func longest(at start: Int, from beginning: Int) -> (kind: Int, position: Int)? {
            var node = trie[beginning]
            var position = beginning == 0 ? start : start &+ 2
            var found = -1
            var foundEnd = start
            while position < upper {
                let byteClass = classes[Int(bytes[position])]
                guard byteClass < ByteClasses.dead else { break }
                guard let child = node.child(Int(byteClass)) else { break }
                node = trie[child]
                position &+= 1
                let end = Int(node.end)
                if end >= 0, end & 1 == 1 || isWordEnd(position) { (found, foundEnd) = (end >> 1, position) }
            }
            return found >= 0 ? (found, foundEnd) : nil
        }

        @inline(__always)
        private func isWordEnd(_ position: Int) -> Bool {
            position == upper || !bytes[position].isWord || !bytes[position - 1].isWord
        }
    }
}
