import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// What a document's registration touches beyond what it adds.
    struct Disturbance {
        /// Acts that lost an entry; they go to a new entry that continues them, or are withdrawn.
        var orphans: [Orphan] = []
        /// Acts whose entries changed otherwise.
        var acts: Set<ActID> = []
        /// Documents whose entries were taken out.
        var detached: Set<DocumentID> = []
        /// The duties of a whole session or authority that they stated.
        var retracted: Set<DeadlineID> = []
        /// Sessions whose proxies became known, or other ones.
        var sessions: Set<OrganSession> = []
        /// Who was granted more or less.
        var beneficiaries: Set<BeneficiaryYear> = []
        /// Numbers that lost a deliberation.
        var numbers: Set<SessionNumber> = []
        /// Subjects whose deliberations without a number may belong to another act now.
        var subjects: Set<SubjectKey> = []
    }

    /// An act that one document stated and does not state any more.
    struct Orphan {
        let act: ActID
        let keys: EntryKeys
    }

    /// One document's place in the register.
    struct Place {
        let authority: Int64
        let day: CivilDate

        var session: SessionKey { SessionKey(authority: authority, day: day) }
    }

    /// Registers one document. Doing it again does nothing, unless its deadlines were computed anew since it was registered
    /// before.
    func register(
        _ registration: Registration, registeredBefore earlier: UTCInstant? = nil
    ) throws -> RegistrationOutcome {
        let known = try sql.first(
            "SELECT generation, announce_at FROM documents WHERE id = ?", [.init(registration.document)]
        ) { (generation: try $0.count(0), announceAt: try $0.optionalInstant(1)) }
        if let known, known.generation >= registration.generation, earlier == nil { return .known }
        if known == nil, try isForgotten(registration.document) { return .known }
        let place = Place(
            authority: try authority(for: registration.report.summary.authority),
            day: registration.report.summary.sessionDate)
        let replaced = try registration.replaces.flatMap { try mayReplace($0, registration, at: place) ? $0 : nil }
        let former = try formerActs(of: registration, replacing: replaced, isKnown: known != nil)
        var disturbance = Disturbance()
        if let known {
            try detach(registration.document, into: &disturbance)
            if known.announceAt != nil { try carryAnnouncement(of: registration, from: known.generation) }
        }
        if let replaced { try supersede(replaced, by: registration.document, into: &disturbance) }
        let isSuperseded = try isReplaced(registration, at: place)
        remember(registration.report, of: registration.document)
        let matched = isSuperseded ? Matched() : try enter(registration, at: place, &disturbance)
        let proxies = isSuperseded ? nil : try enterCompared(registration, at: place, &disturbance)
        let mustAnnounce = !matched.newActs.isEmpty && !registration.isArchive
        let announceAt = mustAnnounce ? now : known?.announceAt
        let report = try writeDocument(
            registration, at: place, isNew: known == nil, isSuperseded: isSuperseded, announceAt: announceAt,
            proxies: proxies, at: earlier ?? now)
        let cause = FindingCause(
            document: registration.document, isArchive: registration.isArchive, isAnnounced: announceAt != nil)
        self.cause = cause
        try settle(matched, of: registration, at: place, report: report, &disturbance)
        if !isSuperseded { try noteCorrections(registration, matched, formerly: former) }
        try compare(disturbance, matched, at: place, cause: cause)
        audit(
            isSuperseded ? "document.superseded" : earlier == nil ? "document.registered" : "document.recomputed",
            "document/\(registration.document)",
            "generation \(registration.generation), \(matched.newActs.count) new acts")
        if isSuperseded { return .superseded }
        let knownActs = matched.acts.filter { !matched.newActs.contains($0) }
        return .registered(newActs: matched.newActs, knownActs: knownActs)
    }

    /// What is still to be announced of a former generation is announced with this one.
    private func carryAnnouncement(of registration: Registration, from generation: Int) throws {
        try sql.enqueue(
            "UPDATE acts SET introduced_in = ? WHERE introduced_by = ? AND introduced_in = ?",
            [.integer(registration.generation), .init(registration.document), .integer(generation)])
    }

    /// Facts and deadlines after the entries stand: what the document adds alone, or everything anew where documents or
    /// entries were taken away.
    private func settle(
        _ matched: Matched, of registration: Registration, at place: Place, report: String,
        _ disturbance: inout Disturbance
    ) throws {
        try redistribute(&disturbance)
        for act in disturbance.orphans.map(\.act) { disturbance.acts.insert(act) }
        let fresh = Set(matched.newActs).subtracting(disturbance.acts)
        let settled = fresh.subtracting(matched.repeated)
        for act in disturbance.acts.union(matched.acts).subtracting(settled).sorted() { try refreshFacts(of: act) }
        let statements = statements(
            of: registration.report.deadlines,
            in: Source(
                acts: matched.acts, place: place, precedence: registration.precedence,
                isArchive: registration.isArchive, report: report))
        let rebuilt = Set(disturbance.acts.map(DeadlineScope.act))
        try apply(rebuilt.isEmpty ? statements : statements.filter { !rebuilt.contains($0.scope) }, fresh: fresh)
        for act in disturbance.acts.sorted() { try rebuildDeadlines(of: act) }
        for act in disturbance.acts.union(matched.acts).subtracting(fresh).sorted() { try settleBackstops(of: act) }
        try restate(disturbance.retracted, without: disturbance.detached)
    }

    /// Whether a document that is registered corrects this one: one of the same pusher, or of the same authority that was
    /// pushed later, when the broker knew whose this one is.
    private func isReplaced(_ registration: Registration, at place: Place) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM documents WHERE replaces = ? AND (source = ? OR (authority = ? AND accepted_at > ?)) LIMIT 1",
            [
                .init(registration.document), .text(registration.description.source), .integer(place.authority),
                .integer(registration.description.acceptedAt),
            ]
        ) { _ in true } ?? false
    }

    /// A document corrects those of its pusher, and those of its authority that were pushed before it: then the broker knew
    /// whether it may. What it says of others' is kept, and has no effect.
    private func mayReplace(_ replaced: DocumentID, _ registration: Registration, at place: Place) throws -> Bool {
        let isForeign = try sql.first(
            "SELECT 1 FROM documents WHERE id = ? AND source <> ? AND (authority <> ? OR accepted_at >= ?)",
            [
                .init(replaced), .text(registration.description.source), .integer(place.authority),
                .integer(registration.description.acceptedAt),
            ]
        ) { _ in true }
        guard isForeign == true else { return true }
        audit(
            "document.not-replaced", "document/\(replaced)",
            "\(registration.document) names it, of another pusher, and of another authority or pushed earlier")
        return false
    }

    /// Takes a document's entries out; its acts are orphans until an entry continues them.
    func detach(_ document: DocumentID, into disturbance: inout Disturbance) throws {
        disturbance.detached.insert(document)
        disturbance.retracted.formUnion(try retractSharedStatements(of: document))
        try retractCompared(of: document, into: &disturbance)
        let rows = try sql.query(
            "SELECT act, number_key, subject_key, ordinal, authority, session_day FROM entries WHERE document = ?",
            [.init(document)]
        ) { row in
            let keys = EntryKeys(
                number: try row.optionalText(1), subject: try row.integer(2), ordinal: try row.count(3))
            let session = SessionKey(authority: try row.integer(4), day: try row.day(5))
            return (orphan: Orphan(act: ActID(try row.integer(0)), keys: keys), session: session)
        }
        for row in rows {
            disturbance.orphans.append(row.orphan)
            disturbance.subjects.insert(SubjectKey(session: row.session, subject: row.orphan.keys.subject))
            guard let number = row.orphan.keys.number else { continue }
            disturbance.numbers.insert(
                SessionNumber(authority: row.session.authority, day: row.session.day, key: number))
        }
        try unindex(document)
        try sql.enqueue("DELETE FROM entries WHERE document = ?", [.init(document)])
    }

    /// Notes that a document is corrected by another. The later correction wins where two correct each other.
    private func supersede(
        _ replaced: DocumentID, by document: DocumentID, into disturbance: inout Disturbance
    ) throws {
        try sql.enqueue(
            "UPDATE documents SET replaces = NULL WHERE id = ? AND replaces = ?", [.init(replaced), .init(document)])
        let changed = try sql.execute(
            "UPDATE documents SET superseded = 1 WHERE id = ? AND superseded = 0", [.init(replaced)])
        guard changed > 0 else { return }
        try detach(replaced, into: &disturbance)
        audit("document.superseded", "document/\(replaced)", "replaced by \(document)")
    }

    /// Keeps the document; answers where its Report lies.
    private func writeDocument(
        _ registration: Registration, at place: Place, isNew: Bool, isSuperseded: Bool, announceAt: UTCInstant?,
        proxies: Int64?, at moment: UTCInstant
    ) throws -> String {
        let (report, extract) = try bodies.append(registration.reportBytes, registration.extractBytes)
        let findings = registration.report.findings
        let values: [SQLValue] = [
            .integer(registration.generation), .text(registration.description.name),
            .text(registration.description.source), .text(registration.report.summary.kind.rawValue),
            .integer(place.authority), .init(place.day), .init(registration.replaces), .init(isSuperseded),
            .init(registration.isArchive), .integer(registration.description.acceptedAt), .init(moment),
            .text(report.description), .text(extract.description),
            .integer(findings.count { $0.severity == .error }), .integer(findings.count { $0.severity == .warning }),
            .init(announceAt), .init(registration.report.compared?.organ.rawValue),
            proxies.map { .integer($0) } ?? .null,
            value(of: registration.document),
        ]
        if !isNew { try noteSpentBodies(of: registration.document) }
        try sql.enqueue(isNew ? Self.insertDocument : Self.updateDocument, values)
        return report.description
    }

    private static let insertDocument = """
        INSERT INTO documents (generation, name, source, kind, authority, session_day, replaces, superseded, archive,
            accepted_at, registered_at, report, extract, errors, warnings, announce_at, organ, proxies, id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private static let updateDocument = """
        UPDATE documents SET generation = ?, name = ?, source = ?, kind = ?, authority = ?, session_day = ?,
            replaces = ?, superseded = ?, archive = ?, accepted_at = ?, registered_at = ?, report = ?, extract = ?,
            errors = ?, warnings = ?, announce_at = ?, organ = ?, proxies = ? WHERE id = ?
        """
}

/// One session of one authority.
struct SessionKey: Hashable {
    let authority: Int64
    let day: CivilDate
}

/// One subject of one session.
struct SubjectKey: Hashable {
    let session: SessionKey
    let subject: Int64
}
