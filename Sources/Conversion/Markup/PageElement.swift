/// The elements of HTML that shape a text; all others (`b`, `span`, `a`…) are passed over, and their text stays.
enum PageElement: Sendable {
    /// A paragraph of its own, with blank lines around it.
    case paragraph
    /// Lines of its own.
    case lines
    case unorderedList, orderedList, listItem
    case table, tableRow, tableCell
    /// Whose lines stand as written.
    case preformatted
    case lineBreak, rule
    /// The page's content by its own words.
    case main, article
    /// What stands around the content.
    case around
    /// What nobody reads.
    case unread

    /// The element called `name`, or nil if it does not shape the text.
    init?(_ name: String) {
        guard let element = Self.elements[name] else { return nil }
        self = element
    }

    /// Whether it has no content and no end tag.
    var isVoid: Bool { self == .lineBreak || self == .rule }

    /// What a start tag ends that was left open (WHATWG HTML, section 13.1.2.4); the search stops at ``barriers``.
    var ends: Set<PageElement> {
        switch self {
        case .listItem: [.listItem]
        case .tableCell: [.tableCell]
        case .tableRow: [.tableCell, .tableRow]
        default: []
        }
    }

    /// Elements that keep what is open outside of them open.
    var isBarrier: Bool { [.table, .unorderedList, .orderedList].contains(self) }

    private static let elements: [String: PageElement] = {
        var table: [String: PageElement] = [
            "ul": .unorderedList, "menu": .unorderedList, "ol": .orderedList, "li": .listItem, "table": .table,
            "tr": .tableRow, "td": .tableCell, "th": .tableCell, "pre": .preformatted, "br": .lineBreak, "hr": .rule,
            "main": .main, "article": .article,
        ]
        let words: [(PageElement, String)] = [
            (.paragraph, "p h1 h2 h3 h4 h5 h6 dl blockquote figure address caption"),
            (.lines, "div section body html form fieldset legend center details summary dt dd figcaption hgroup"),
            (.around, "nav aside footer header search dialog"),
            (
                .unread,
                "script style noscript template svg math head title iframe object canvas audio video select button "
                    + "textarea datalist map xmp noembed noframes colgroup"
            ),
        ]
        for (element, names) in words { for name in names.split(separator: " ") { table[String(name)] = element } }
        return table
    }()
}
