/// Where the parts of one document lie, in positions of the folded text.
struct Segments {
    /// The act or the acts, with their session and votes.
    var act: Range<Int>
    /// What is annexed: conventions, their annexes, budgets, in order and next to each other.
    var annexes: [Annex]

    /// One annexed part.
    struct Annex {
        /// What it is.
        let kind: Kind
        /// Where, with its heading.
        let range: Range<Int>

        /// What an annexed part is.
        enum Kind {
            /// A convention, contract or amendment, up to its signatures.
            case convention
            /// Anything else.
            case annex
        }
    }
}
