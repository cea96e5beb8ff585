import Deliberations

/// A duty with the places it was read from.
struct FoundObligation {
    /// What kind of duty.
    var kind: Obligation.Kind
    /// Who owes it.
    var debtor: Range<Int>?
    /// To whom.
    var creditor: Range<Int>?
    /// What is owed.
    var what: Range<Int>
    /// The article's number as printed.
    var article: Range<Int>?
    /// When; nil where the text says nothing about it.
    var due: DueReader.Reading?
    /// The sentence that states it.
    var sentence: Range<Int>
    /// Whether documents are handed over.
    var isDocument = false
    /// The index of the convention that states it.
    var convention: Int?
}
