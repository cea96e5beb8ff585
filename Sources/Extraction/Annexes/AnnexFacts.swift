/// What conventions, budget tables and the text as a whole say beside the act itself.
enum AnnexFacts {
    /// Reads conventions, budget tables, obligations, events and mentions into `builder`.
    static func read(_ segments: Segments, into builder: inout ExtractBuilder) {
    }
}
