/// Which elements of a page are its content: not navigation, banner, footer, cookie notices.
struct PageContent {
    /// The element in which the content stands.
    private(set) var root = 0
    /// The elements in it that are left out.
    private(set) var leftOut: Set<Int> = []

    /// A content by its own words must have at least this many bytes, and this share of the page.
    private static let leastBytes = 200
    private static let leastShare = 4

    /// Looks through `tree` once.
    init(of tree: PageTree) {
        let whole = tree.nodes[0].textLength
        var mains: [Int] = []
        var articles: [Int] = []
        for (index, node) in tree.nodes.enumerated() {
            guard case .element(let element, let attributes) = node.content else { continue }
            if element == .main || attributes.role == "main" { mains.append(index) }
            if element == .article { articles.append(index) }
        }
        for candidates in [mains, articles] where candidates.count == 1 {
            let length = tree.nodes[candidates[0]].textLength
            if root == 0, length >= Self.leastBytes, length * Self.leastShare >= whole { root = candidates[0] }
        }
        leaveOut(tree, isWithinContent: root != 0)
    }

    private mutating func leaveOut(_ tree: PageTree, isWithinContent: Bool) {
        // A page whose "navigation" is most of it has misnamed its content.
        let most = tree.nodes[root].textLength / 2
        var waiting: [(node: Int, isContent: Bool)] = [(root, isWithinContent)]
        while let (index, isContent) = waiting.popLast() {
            var isContent = isContent
            if case .element(let element, let attributes) = tree.nodes[index].content {
                if element == .unread || attributes.isHidden {
                    leftOut.insert(index)
                    continue
                }
                let isAround = Self.isAround(element, attributes, isContent: isContent)
                if index != root, isAround, tree.nodes[index].textLength <= most {
                    leftOut.insert(index)
                    continue
                }
                isContent = isContent || element == .article || element == .main
            }
            waiting += tree.nodes[index].children.map { ($0, isContent) }
        }
    }

    private static func isAround(_ element: PageElement, _ attributes: Attributes, isContent: Bool) -> Bool {
        if element == .table || element == .tableRow || element == .tableCell { return false }
        if roles.contains(attributes.role) { return true }
        // The header and footer of an article are its own title and signature.
        if element == .around, !isContent { return true }
        return attributes.labels.contains { labels.contains($0) }
    }

    /// Landmarks that are not the content (WAI-ARIA 1.2, section 5.3.4).
    private static let roles: Set<String> = [
        "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "menubar", "alertdialog",
    ]

    /// Classes and ids that the systems behind the sites of local authorities give to what is not the content.
    private static let labels: Set<String> = [
        "nav", "navbar", "navigation", "menu", "main-menu", "menu-principal", "sidebar", "breadcrumb", "breadcrumbs",
        "fil-ariane", "ariane", "footer", "site-footer", "site-header", "pied", "pied-de-page", "cookie", "cookies",
        "cookie-banner", "cookie-notice", "tarteaucitron", "tarteaucitronroot", "skip-link", "skiplinks", "sr-only",
        "screen-reader-text", "share", "partage", "social", "reseaux-sociaux", "pagination", "related", "widget",
    ]
}
