import Deliberations

/// What a deployment knows or decides beyond the documents. Everything has a sound default: nothing known, all rules on.
public struct ValidationParameters: Hashable, Sendable {
    /// The authority's SIREN number (9 digits), for documents that do not print it.
    public var siren: String?
    /// The authority's department ("25", "2A", "974"), for documents that do not print it.
    public var department: String?
    /// How many inhabitants the authority has.
    public var population: Int?
    /// How many inhabitants the largest member commune of an intercommunal authority has.
    public var largestMemberCommune: Int?
    /// Whether the local law of Alsace and Moselle applies; nil: deduced from the department.
    public var localLaw: Bool?
    /// The official names of the member communes of an intercommunal authority; empty: not known.
    public var memberCommunes: [String] = []
    /// What the register knows of the authority; nil: the register was not asked.
    public var register: RegisterFacts?
    /// After how many days a publication is called late. 15 unless set.
    public var latePublicationDays: Int
    /// The ids of the rules that are switched off.
    public var switchedOff: Set<String>
    /// Severities that replace those of the catalogue, by rule id.
    public var severities: [String: Severity]

    /// Nothing known, all rules on.
    public static let `default` = ValidationParameters()

    /// Parameters.
    public init(
        siren: String? = nil, department: String? = nil, population: Int? = nil, largestMemberCommune: Int? = nil,
        localLaw: Bool? = nil, latePublicationDays: Int = 15, switchedOff: Set<String> = [],
        severities: [String: Severity] = [:]
    ) {
        self.siren = siren
        self.department = department
        self.population = population
        self.largestMemberCommune = largestMemberCommune
        self.localLaw = localLaw
        self.latePublicationDays = latePublicationDays
        self.switchedOff = switchedOff
        self.severities = severities
    }
}
