/// The trie of a matcher's wordings, packed: eight bytes a node, and the children of a node next to each other.
enum WordingTrie {
    /// What follows the bytes that lead here.
    struct Node: Sendable {
        /// The byte classes that lead on, a bit each.
        var children: UInt32 = 0
        /// Where the first child stands; the others follow in the order of their classes.
        var first: UInt16 = 0
        /// The wording that ends here, doubled, and 1 more if its word may go on; or -1.
        var end: Int16 = -1

        /// Where the child stands that `byteClass` leads to.
        @inline(__always)
        func child(_ byteClass: Int) -> Int? {
            let bit = UInt32(1) << UInt32(truncatingIfNeeded: byteClass)
            guard children & bit != 0 else { return nil }
            // Most nodes have one child: then there is nothing to count, which costs more than the rest.
            let before = children & (bit &- 1)
            return before == 0 ? Int(first) : Int(first) &+ before.nonzeroBitCount
        }
    }

    /// The nodes of `wordings`, the root first; a wording's number is its index.
    static func nodes(of wordings: [String]) -> [Node] {
        var branches = [Branch()]
        for (index, wording) in wordings.enumerated() { add(wording, index, to: &branches) }
        var nodes = [Node()]
        var origins = [0]
        var next = 0
        while next < nodes.count {
            let branch = branches[origins[next]]
            nodes[next].end = branch.end
            nodes[next].first = UInt16(nodes.count)
            for (byteClass, child) in branch.children.sorted(by: { $0.key < $1.key }) {
                nodes[next].children |= 1 << UInt32(byteClass)
                nodes.append(Node())
                origins.append(child)
            }
            next += 1
        }
        return nodes
    }

    private struct Branch {
        var children: [UInt8: Int] = [:]
        var end: Int16 = -1
    }

    /// Adds a wording; "°" is one byte of folded text as it is one of Latin-1.
    private static func add(_ wording: String, _ index: Int, to branches: inout [Branch]) {
        var bytes = wording.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let goesOn = bytes.last == UInt8(ascii: "*")
        if goesOn { bytes.removeLast() }
        // Other bytes are never walked.
        guard bytes.allSatisfy({ ByteClasses.table[Int($0)] < ByteClasses.dead }) else { return }
        var branch = 0
        for byte in bytes {
            let byteClass = ByteClasses.table[Int(byte)]
            if let child = branches[branch].children[byteClass] {
                branch = child
            } else {
                branches.append(Branch())
                branches[branch].children[byteClass] = branches.count - 1
                branch = branches.count - 1
            }
        }
        branches[branch].end = Int16(index) << 1 | (goesOn ? 1 : 0)
    }
}

/// Which child of a node of the trie a byte leads to.
enum ByteClasses {
    /// A byte that leads to no child.
    static let dead: UInt8 = 31

    static let table: [UInt8] = (0..<256).map { (code: Int) -> UInt8 in
        let byte = UInt8(code)
        if byte.isLetter { return byte - 97 }
        switch byte {
        case 32, 10, 9: return 26
        case UInt8(ascii: "'"): return 27
        case UInt8(ascii: "-"): return 28
        case FoldedByte.degree: return 29
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."): return 30
        default: return dead
        }
    }
}
