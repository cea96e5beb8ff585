import Deliberations

/// One Extract under review: what all rules share, computed once. It lives within one call of the validator.
final class Review {
    let extract: Extract
    /// The bytes of the converted text.
    let text: [UInt8]
    let parameters: ValidationParameters
    let today: CivilDate
    let order: AgendaOrder
    /// The session's attendance.
    let sitting: Sitting
    /// Whether the session's lists are confirmed by printed counts.
    let trust: ListTrust
    let phrases: PhraseSearch
    private(set) var acts: [ActReview] = []
    let citations: CitationIndex

    init(_ extract: Extract, text: [UInt8], parameters: ValidationParameters, today: CivilDate) {
        self.extract = extract
        self.text = text
        self.parameters = parameters
        self.today = today
        citations = CitationIndex(extract.provenance)
        order = AgendaOrder(of: extract)
        phrases = PhraseSearch(text)
        let session = extract.session
        sitting = Sitting(
            extract.attendance, at: "/attendance", order: order,
            hours: .init(openedAt: session.openedAt, closedAt: session.closedAt))
        trust = ListTrust(
            sitting, stated: session.stated, membersInOffice: session.membersInOffice,
            hasReadingWarnings: Self.hasReadingWarnings(extract))
        acts = extract.deliberations.indices.map { ActReview($0, of: extract, order: order, sitting, trust) }
    }

    var session: Session { extract.session }

    /// The department's code, printed or set.
    var department: String? { extract.authority.department ?? parameters.department }

    /// Whether the local law of Alsace and Moselle applies; nil while the department is unknown.
    var localLaw: Bool? {
        parameters.localLaw ?? department.map { ["57", "67", "68", "057", "067", "068"].contains($0) }
    }

    /// Whether the document is one act under review, whose own position alone matters.
    var isSingleAct: Bool { extract.kind == .extract }

    /// The positions of the acts under review.
    private(set) lazy var reviewedPositions: Set<Int> = Set(acts.compactMap(\.position))

    /// Whether the day's subjects are the installation of a new assembly, which has its own delays.
    private(set) lazy var isInstallation: Bool = acts.contains { act in
        LatinFolding.contains(
            act.subject.bytes,
            anyOf: [
                "ELECTION DU MAIRE", "ELECTION DU PRESIDENT", "ELECTION DE LA PRESIDENTE", "ELECTION DES ADJOINTS",
                "INSTALLATION DU CONSEIL", "INSTALLATION DES CONSEILLERS",
            ])
    }

    /// Where each row of each table was read.
    private(set) lazy var rowRanges: [[TextRange?]] = (extract.budgetTables ?? []).enumerated().map { index, table in
        let rows = "/budgetTables/\(index)/rows"
        return table.rows.indices.map { citations.range(at: rows, $0) }
    }

    /// The sums of each table.
    private(set) lazy var tableSums: [TableSums] = (extract.budgetTables ?? []).map(TableSums.init)

    /// The tables' lines that have a quantity.
    private(set) lazy var pricedLines = PricedLines(extract)

    /// Whether so many proxies contradict the lists at an act that they were surely not read as they were meant.
    private(set) lazy var hasContradictoryProxies: Bool = acts.contains {
        $0.attendance?.hasContradictoryProxies == true
    }

    /// Whether the reader saw names that it could not read.
    static func hasReadingWarnings(_ extract: Extract) -> Bool {
        extract.warnings.contains { warning in
            ["attendance", "member", "name", "prox", "present", "absent"].contains { warning.code.contains($0) }
        }
    }
}
