/// A document that holds no deliberation of a local authority's assembly.
public struct NotADeliberation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was missing, as a stable word.
    public let missing: Missing

    /// What a deliberation has and the document has not.
    public enum Missing: String, Hashable, Sendable, CaseIterable {
        /// No assembly is named.
        case assembly
        /// No date of a session.
        case sessionDate
        /// Neither a heading of a deliberation, nor a list of members, nor a vote: an agenda, a news page, a convention.
        case deliberation
        /// It is an act of the executive alone: an arrêté, a decision of the mayor by delegation.
        case actOfTheAssembly
    }

    /// A refusal for want of `missing`.
    public init(missing: Missing) {
        self.missing = missing
    }

    /// What was missing, for operators.
    public var description: String {
        switch missing {
        case .assembly:
            "not a deliberation: no assembly is named; push deliberations, minutes or lists of deliberations"
        case .sessionDate: "not a deliberation: no date of a session was found; check that the text is complete"
        case .deliberation:
            "not a deliberation: no act, list of members or vote was found; agendas and news are not read"
        case .actOfTheAssembly: "not a deliberation: it is an act of the executive alone (arrêté, décision)"
        }
    }

    /// What was missing, in French, for staff.
    public var frenchSentence: String {
        switch missing {
        case .assembly: "Ce document n’est pas une délibération : aucune assemblée n’y est nommée."
        case .sessionDate: "Ce document n’est pas une délibération : aucune date de séance n’y figure."
        case .deliberation:
            "Ce document n’est pas une délibération : ni acte, ni liste de présence, ni vote n’y ont été trouvés."
        case .actOfTheAssembly:
            "Ce document n’est pas une délibération : c’est un acte de l’exécutif seul (arrêté ou décision)."
        }
    }
}
