import Deliberations
import GreffierProtocol
import Storage

/// Taking a document out of the register with everything that it alone says.
extension RegistrationBatch {
    /// Whether a person had the document forgotten.
    func isForgotten(_ document: DocumentID) throws -> Bool {
        try sql.first("SELECT 1 FROM forgotten_documents WHERE document = ?", [.init(document)]) { _ in true } ?? false
    }

    /// Remembers where the bodies of a former generation lie: they are erased with the document.
    func noteSpentBodies(of document: DocumentID) throws {
        try sql.execute(
            """
            INSERT INTO spent_bodies (reference, document, erased) SELECT report, id, 0 FROM documents WHERE id = ?
            ON CONFLICT (reference) DO NOTHING
            """, [.init(document)])
        try sql.execute(
            """
            INSERT INTO spent_bodies (reference, document, erased) SELECT extract, id, 0 FROM documents WHERE id = ?
            ON CONFLICT (reference) DO NOTHING
            """, [.init(document)])
    }

    /// Takes a document out. What other documents state too stays, as they state it; what only this one states goes, and
    /// with it the deadlines that ran. Answers which these were.
    func forget(_ document: DocumentID) throws -> [DeadlineID] {
        try sql.execute(
            "INSERT INTO forgotten_documents (document, at) VALUES (?, ?) ON CONFLICT (document) DO NOTHING",
            [.init(document), .init(now)])
        let found = try sql.first(
            "SELECT authority, session_day FROM documents WHERE id = ?", [.init(document)]
        ) { Place(authority: try $0.integer(0), day: try $0.day(1)) }
        guard let place = found else { return [] }
        let before = try deadlines("source = ?", [.init(document)])
        let acts = try takeOut(document, at: place)
        var gone = Set(try deadlines("source = ?", [.init(document)]).map(\.id))
        for act in acts { gone.formUnion(try deadlines("act = ?", [.init(act)]).map(\.id)) }
        try deleteFindings(causedBy: document, of: acts)
        for id in gone { try delete(id) }
        for act in acts {
            try sql.execute("DELETE FROM notices WHERE act = ?", [.init(act)])
            try sql.execute("DELETE FROM acts WHERE id = ?", [.init(act)])
            try clearAudit("act/\(act)")
        }
        try noteSpentBodies(of: document)
        try sql.execute("UPDATE spent_bodies SET erased = 1 WHERE document = ?", [.init(document)])
        try sql.execute("DELETE FROM notices WHERE cause = ?", [.init(document)])
        try sql.execute("DELETE FROM digest_items WHERE document = ?", [.init(document)])
        try sql.execute("DELETE FROM alerts WHERE subject = ?", [.text(AlertSubject.document(document).key)])
        try sql.execute("DELETE FROM documents WHERE id = ?", [.init(document)])
        return before.filter { $0.isRunning && gone.contains($0.id) }.map(\.id).sorted()
    }

    private func deadlines(_ condition: String, _ values: [SQLValue]) throws -> [(id: DeadlineID, isRunning: Bool)] {
        try sql.query("SELECT id, state FROM deadlines WHERE \(condition)", values) {
            (id: DeadlineID(try $0.integer(0)), isRunning: ["open", "scheduled"].contains(try $0.text(1)))
        }
    }

    /// Takes out what a document states, and decides anew what others state beside it; answers the acts that nobody states
    /// any more.
    private func takeOut(_ document: DocumentID, at place: Place) throws -> [ActID] {
        var disturbance = Disturbance()
        try detach(document, into: &disturbance)
        try redistribute(&disturbance)
        for act in disturbance.orphans.map(\.act) { disturbance.acts.insert(act) }
        for act in disturbance.acts.sorted() { try refreshFacts(of: act) }
        for act in disturbance.acts.sorted() { try rebuildDeadlines(of: act) }
        try restate(disturbance.retracted, without: disturbance.detached)
        try flushDeadlines()
        // Nobody is told of what forgetting brings to light.
        let cause = FindingCause(document: document, isArchive: true, isAnnounced: false)
        try compare(disturbance, Matched(), at: place, cause: cause)
        try compareShared()
        return try disturbance.acts.sorted().filter { try !isLive($0) }
    }

    /// What was found of the document, or of acts that are gone, and is so no longer: it quotes names.
    private func deleteFindings(causedBy document: DocumentID, of acts: [ActID]) throws {
        var rows = try findings("cause = ? AND state = 'withdrawn'", [.init(document)])
        for act in acts { rows += try findings("act = ?", [.init(act)]) }
        for row in rows {
            try sql.execute("DELETE FROM findings WHERE id = ?", [.integer(row.id)])
            try clearAudit("finding/\(row.id)")
        }
    }

    private func delete(_ deadline: DeadlineID) throws {
        for table in ["shared_statements", "answered_mails", "notices"] {
            try sql.execute("DELETE FROM \(table) WHERE deadline = ?", [.init(deadline)])
        }
        let subject = AlertSubject.deadline(deadline).key
        try sql.execute("DELETE FROM alerts WHERE subject = ?", [.text(subject)])
        try sql.execute("DELETE FROM deadlines WHERE id = ?", [.init(deadline)])
        try clearAudit(subject)
    }

    /// That something was done stays in the trail, not the words that came with it.
    private func clearAudit(_ subject: String) throws {
        try flushAudit()
        try sql.execute("UPDATE audit SET detail = '' WHERE subject = ?", [.text(subject)])
    }
}
