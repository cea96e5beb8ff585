/// The part of a document that holds one deliberation.
struct DeliberationRange {
    /// From its heading to the next one.
    var range: Range<Int>
    /// The number of the act in its heading.
    var number: Range<Int>?
    /// The item of the agenda in its heading.
    var item: Range<Int>?
    /// Its title.
    var title: Range<Int>?
    /// Where the reasons and decisions begin, after the heading.
    var bodyStart: Int
    /// Whether it is the row of a list that prints no results: it was deliberated, for it is listed.
    var isRow = false
    /// Whether it is a whole extract with its own session and members.
    var isWholeExtract = false
}
