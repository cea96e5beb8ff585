/// The text of an HTML page: its content in lines, its tables in columns.
struct PageText {
    private let tree: PageTree
    private let content: PageContent
    private(set) var lines = TextLines()
    /// The most bytes of it.
    private let limit: Int

    /// The text of the content of `page`, which is in UTF-8.
    /// - Throws: ``ConversionError/tooMuchText(limit:)`` past `limit` bytes: tables ask for blanks that the page has not.
    static func text(ofPage page: [UInt8], limit: Int) throws(ConversionError) -> [UInt8] {
        let tree = PageTree(page)
        let content = PageContent(of: tree)
        var text = PageText(tree, content, limit: limit)
        text.write(content.root)
        let bytes = text.lines.finished()
        guard bytes.count <= limit else { throw .tooMuchText(limit: limit) }
        return bytes
    }

    private init(_ tree: PageTree, _ content: PageContent, limit: Int) {
        self.tree = tree
        self.content = content
        self.limit = limit
    }

    /// The lines of the element `node` alone.
    func lines(of node: Int) -> [[UInt8]] {
        var text = PageText(tree, content, limit: limit)
        text.writeChildren(node)
        return text.lines.finishedLines()
    }

    private mutating func write(_ index: Int) {
        guard !content.leftOut.contains(index), lines.byteCount <= limit else { return }
        switch tree.nodes[index].content {
        case .text(let text): lines.add(text)
        case .element(let element, let attributes): write(element, attributes, index)
        }
    }

    private mutating func write(_ element: PageElement, _ attributes: Attributes, _ index: Int) {
        switch element {
        case .lineBreak: lines.breakLine()
        case .rule: lines.startParagraph()
        case .table: write(PageTable(of: index, in: tree, leavingOut: content.leftOut), index)
        case .orderedList, .unorderedList:
            writeList(index, firstNumber: element == .orderedList ? attributes.start : nil)
        case .preformatted:
            lines.startParagraph()
            lines.isPreformatted = true
            writeChildren(index)
            lines.isPreformatted = false
            lines.startParagraph()
        case .paragraph:
            lines.startParagraph()
            writeChildren(index)
            lines.startParagraph()
        case .lines, .listItem, .tableRow, .tableCell, .main, .article, .around:
            lines.startLine()
            writeChildren(index)
            lines.startLine()
        case .unread: break
        }
    }

    private mutating func writeChildren(_ index: Int) {
        for child in tree.nodes[index].children { write(child) }
    }

    private mutating func writeList(_ index: Int, firstNumber: Int?) {
        lines.startLine()
        var number = firstNumber
        for child in tree.nodes[index].children {
            if case .element(.listItem, _) = tree.nodes[child].content, !content.leftOut.contains(child) {
                lines.startLine()
                lines.addMarker(number.map { "\($0). " } ?? "- ")
                number = number.map { $0 &+ 1 }
            }
            write(child)
        }
        lines.startLine()
    }

    private mutating func write(_ table: PageTable, _ index: Int) {
        lines.startParagraph()
        for caption in table.others { write(caption) }
        if table.isLayout {
            for cell in table.cells {
                lines.startParagraph()
                writeChildren(cell.node)
            }
        } else {
            let room = max(0, limit - lines.byteCount)
            for line in table.rows(most: room, render: lines(of:)) { lines.add(line: line) }
        }
        lines.startParagraph()
    }
}
