/// An HTML page as a tree of the elements that shape its text. Kept in one array, children after their parents.
struct PageTree {
    /// An element or a piece of text.
    struct Node {
        var content: Content
        var children: [Int] = []
        /// How many bytes of text stand in it.
        var textLength = 0
    }

    enum Content {
        case element(PageElement, Attributes)
        /// Text with its references resolved.
        case text([UInt8])
    }

    private(set) var nodes: [Node] = [Node(content: .element(.lines, Attributes()))]
    /// The open elements: node, element, and the name that closes it.
    private var open: [(node: Int, element: PageElement, name: String)] = [(0, .lines, "")]

    /// Elements deeper than this, or past this many, are passed over like inline ones: their text stays.
    private static let deepest = 100
    private static let most = 1_000_000

    init(_ page: [UInt8]) {
        for token in MarkupTokens(page) {
            switch token {
            case .text(let bytes): add(text: bytes)
            case .open(let name, let attributes): start(name, attributes)
            case .close(let name): end(name)
            }
        }
        // Children stand after their parents: one pass from the end adds up.
        for index in nodes.indices.reversed() {
            if case .text(let text) = nodes[index].content { nodes[index].textLength = text.count }
            nodes[index].textLength += nodes[index].children.reduce(0) { $0 + nodes[$1].textLength }
        }
    }

    private mutating func add(text bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty, let (node, element, _) = open.last, element != .unread else { return }
        if let last = nodes[node].children.last, case .text(var text) = nodes[last].content {
            // Emptied first, so that the text grows in place.
            nodes[last].content = .text([])
            CharacterReferences.append(bytes, to: &text)
            nodes[last].content = .text(text)
        } else {
            var text: [UInt8] = []
            CharacterReferences.append(bytes, to: &text)
            append(.text(text), to: node)
        }
    }

    private mutating func start(_ name: String, _ attributes: ArraySlice<UInt8>) {
        guard let element = PageElement(name) else { return }
        closeLeftOpen(by: element, name: name)
        guard open.count < Self.deepest, nodes.count < Self.most, let parent = open.last else { return }
        let node = append(.element(element, Attributes(attributes)), to: parent.node)
        if !element.isVoid { open.append((node, element, name)) }
    }

    private mutating func closeLeftOpen(by element: PageElement, name: String) {
        // A paragraph ends where the next block starts.
        if open.last?.name == "p", !element.isVoid { open.removeLast() }
        guard !element.ends.isEmpty else { return }
        for index in open.indices.reversed() {
            if open[index].element.isBarrier { break }
            if element.ends.contains(open[index].element) { open.removeSubrange(index...) }
        }
    }

    private mutating func end(_ name: String) {
        guard PageElement(name) != nil, let index = open.lastIndex(where: { $0.name == name }) else { return }
        // A stray end tag inside a table's cell ends nothing around the table.
        if name != "table", open[(index + 1)...].contains(where: { $0.element == .table }) { return }
        open.removeSubrange(index...)
    }

    @discardableResult
    private mutating func append(_ content: Content, to parent: Int) -> Int {
        nodes.append(Node(content: content))
        nodes[parent].children.append(nodes.count - 1)
        return nodes.count - 1
    }
}
