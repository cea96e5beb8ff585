import Deliberations

/// A document as the rules see it. A reference, for an Extract is large and every rule looks at it.
final class ReadingContext {
    let extract: Extract
    let facts: AuthorityFacts
    let today: CivilDate
    let calendar: WorkingCalendar
    let evidence: EvidenceReader
    let authorityKey: String

    init(_ extract: Extract, text: [UInt8], facts: AuthorityFacts, today: CivilDate) {
        self.extract = extract
        self.facts = facts
        self.today = today
        calendar = facts.calendar(for: extract)
        evidence = EvidenceReader(text: text, provenance: extract.provenance)
        authorityKey = SessionKey.authorityKey(extract.authority, facts: facts)
    }

    var session: Session { extract.session }
    /// The authority's name; nil if the text does not say it.
    var authority: String? { extract.authority.name.isEmpty ? nil : extract.authority.name }

    /// What a session of this authority is known by.
    func sessionKey(_ date: CivilDate) -> SessionKey { SessionKey(authority: authorityKey, date: date) }

    /// The session as a start: "séance du 26/09/2024".
    var sessionWords: String { "séance du \(session.date.frenchDigits)" }

    /// The acts that bring duties, in order.
    var acts: [ActContext] {
        extract.deliberations.indices.compactMap { ActContext(self, index: $0) }
    }

    /// The act to which a thing with such an index belongs: the only one, if the thing does not say.
    func actIndex(_ index: Int?) -> Int? {
        if let index { return extract.deliberations.indices.contains(index) ? index : nil }
        return extract.deliberations.count == 1 ? 0 : nil
    }
}

/// A deliberation as the rules see it.
final class ActContext {
    let reading: ReadingContext
    let index: Int
    let deliberation: Deliberation
    let key: ActKey
    /// The conventions of this act with their indices.
    let conventions: [(index: Int, convention: Convention)]
    /// The exercise of its first grant, or of the act if it awards none.
    private(set) lazy var exercise = Exercise(of: self, grant: grants.first)
    /// The yearly duties of the authority that it fulfils.
    private(set) lazy var fulfilledDuties = FulfilledDuty.duties(of: self)

    /// The act at `index`; nil if nothing was decided.
    init?(_ reading: ReadingContext, index: Int) {
        let deliberation = reading.extract.deliberations[index]
        switch deliberation.vote?.outcome {
        case .withdrawn, .postponed: return nil
        default: break
        }
        self.reading = reading
        self.index = index
        self.deliberation = deliberation
        key = ActKey(of: deliberation, session: reading.sessionKey(reading.session.date))
        conventions = (reading.extract.conventions ?? []).enumerated().compactMap { position, convention in
            reading.actIndex(convention.deliberation) == index ? (position, convention) : nil
        }
    }

    /// A JSON Pointer into the deliberation.
    func pointer(_ path: String) -> String { "/deliberations/\(index)\(path)" }

    /// Whether the document was made of this act alone, and so says all that is known of it.
    var isAlone: Bool { reading.extract.kind == .extract }

    /// Whether the assembly did not say no.
    var isAdopted: Bool { deliberation.vote?.outcome != .rejected }

    /// The grants.
    var grants: [Grant] { isAdopted ? deliberation.grants ?? [] : [] }

    /// When the act was published; a date before the session is none.
    var publishedOn: CivilDate? {
        let date = deliberation.act?.publishedOn ?? (isAlone ? reading.session.publishedOn : nil)
        return date.flatMap { $0 < reading.session.date ? nil : $0 }
    }

    /// The stated duties of this act with their indices.
    var obligations: [(index: Int, obligation: Obligation)] {
        (reading.extract.obligations ?? []).enumerated().compactMap { position, obligation in
            let ofConvention = obligation.convention.flatMap { number in
                reading.extract.conventions.flatMap { $0.indices.contains(number) ? $0[number].deliberation : nil }
            }
            return reading.actIndex(obligation.deliberation ?? ofConvention) == index ? (position, obligation) : nil
        }
    }

    /// A deadline of this act.
    func deadline(
        _ rule: DeadlineRule, detail: String? = nil, what: String, _ date: DateComputation,
        evidence: [Evidence] = []
    ) -> Deadline {
        var deadline = Deadline(rule, act: key, detail: detail, what: what, date: date, evidence: evidence)
        deadline.deliberation = index
        return deadline
    }
}

extension Deadline {
    /// A deadline by the traits of its rule.
    init(
        _ rule: DeadlineRule, act: ActKey, detail: String?, what: String, date: DateComputation, evidence: [Evidence]
    ) {
        let traits = rule.traits
        self.init(
            id: DeadlineIdentity(act: act, rule: rule, detail: detail).id, rule: rule.rawValue, kind: traits.kind,
            what: FrenchWording.bounded(what), due: date.due, state: date.due == nil ? .open : .scheduled,
            direction: traits.direction, reminders: traits.reminders, how: date.how)
        dueAlternative = date.alternative
        startEvent = date.startEvent
        startRule = date.startRule
        article = traits.law
        if due == nil, startEvent == nil { reminders = .none }
        self.evidence = evidence
    }

    /// The same with its persons.
    consuming func owed(by debtor: String?, to creditor: String?) -> Self {
        self.debtor = debtor
        self.creditor = creditor
        return self
    }
}
