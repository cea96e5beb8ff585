/// What may head one deliberation among several.
struct Heading {
    /// What the heading is marked with.
    enum Mark {
        /// The number of the act.
        case number(Range<Int>)
        /// The number of the item on the agenda.
        case item(Range<Int>)
        /// Only a word: "Objet :", or a title that the agenda announced.
        case label
    }

    /// The mark.
    let mark: Mark
    /// Where the heading begins, with its label.
    let start: Int
    /// Where a title may begin.
    let titleStart: Int
    /// Which headings are of one style: equal for marks that differ only in what counts on.
    let style: UInt64
    /// The numbers of the mark, in order: the parts of "2.3", the groups of digits of "2031-03/012".
    let groups: [Int]
    /// Whether it stands in brackets, after its title.
    var isInBrackets = false
    /// The mark itself as one integer: equal for equal marks.
    let identity: UInt64

    /// Whether it is marked with the number of an act.
    var isNumber: Bool {
        if case .number = mark { true } else { false }
    }
}

/// The headings of one style that count on through a document.
struct HeadingChain {
    /// The headings, in order.
    var headings: [Heading]
    /// How many of them are followed by a decision before the next one.
    var decided: Int
    /// Whether they are cells of a table.
    var isOfCells: Bool {
        headings.first.map {
            !$0.isNumber && ($0.style == UInt64(FoldedByte.tab) || $0.style == UInt64(UInt8(ascii: "|")))
        } ?? false
    }
}
