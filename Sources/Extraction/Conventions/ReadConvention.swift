import Deliberations

/// A convention with the places of its facts, for those who read its duties.
struct ReadConvention {
    /// The convention as the Extract has it.
    var convention: Convention
    /// Where it stands, with its annexes.
    let range: Range<Int>
    /// Its parties.
    let parties: [Party]
    /// Its articles.
    var articles: [Article] = []
    /// Its payments, in the order of `convention.payments`.
    var payments: [PaymentPlace] = []
    /// What is to be cited of it: members of the convention and where they were read.
    var citations: [(member: String, range: Range<Int>)] = []

    /// An article.
    struct Article {
        /// Its number as printed.
        let number: Range<Int>
        /// Its title.
        let title: Range<Int>
        /// Its heading and text.
        let range: Range<Int>
        /// Its text.
        let body: Range<Int>
        /// The sentences of its text.
        let sentences: [Sentence]
    }

    /// Where a payment was read.
    struct PaymentPlace {
        /// The sentence or item.
        let sentence: Range<Int>
        /// The article's index, if it stands in one.
        let article: Int?
        /// When it is due, if the sentence says it.
        let due: DueReader.Reading?
    }
}
