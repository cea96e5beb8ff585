import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// What forgetting a document does to the register.
public struct ForgottenDocument: Hashable, Sendable {
    /// Whether the register had it.
    public let wasRegistered: Bool
    /// The running deadlines that only this document stated; they end with it.
    public let endedDeadlines: [DeadlineID]
}

extension Register {
    /// What ``forget(_:why:by:endingDeadlines:now:)`` would do; nothing is changed.
    public func forgetting(_ document: DocumentID, now: UTCInstant) throws -> ForgottenDocument {
        do {
            _ = try forgetRows(document, why: "", by: "", endingDeadlines: true, isTrial: true, now: now)
            return ForgottenDocument(wasRegistered: false, endedDeadlines: [])
        } catch let trial as Trial {
            return trial.result
        }
    }

    /// Takes a document out of the register: its rows, its Report and Extract, its words in the search, and whatever it alone
    /// stated, in rows, bodies and the database's files. In the audit stays that it was forgotten, when, by whom and why; it
    /// is not registered again.
    ///
    /// - Parameters:
    ///   - why: the reason.
    ///   - person: who asks.
    ///   - endingDeadlines: whether running deadlines that only this document states may end.
    /// - Throws: `RegisterError.runningDeadlines`, `.readOnly`, `.isBackedUp`; `StorageError`, `.noRoom` and `.busy` among them.
    @discardableResult
    public func forget(
        _ document: DocumentID, why: String, by person: String, endingDeadlines: Bool, now: UTCInstant
    ) throws -> ForgottenDocument {
        let forgotten = try erasing {
            try database.requireRoomToCompact()
            let result = try forgetRows(
                document, why: why, by: person, endingDeadlines: endingDeadlines, isTrial: false, now: now)
            try eraseSpentBodies()
            try database.compact(patience: Self.compactionPatience)
            return result
        }
        guard let forgotten else { throw RegisterError.isBackedUp }
        return forgotten
    }

    /// How long workers and readers may be in the way of a file that is written anew.
    private static let compactionPatience = Duration.seconds(60)

    /// Looks whether ``forget(_:why:by:endingDeadlines:now:)`` can do its work now.
    /// - Throws: `RegisterError.isBackedUp`, `StorageError.noRoom`.
    public func requireErasable() throws {
        guard try erasing({ try database.requireRoomToCompact() }) != nil else { throw RegisterError.isBackedUp }
    }

    /// Does what takes bodies out of their files, unless a backup copies them just now: then nil.
    func erasing<Result>(_ body: () throws -> Result) throws -> Result? {
        guard !bodies.folder.isEmpty else { return try body() }
        guard let lock = BackupLock(erasingIn: bodies.folder) else { return nil }
        return try withExtendedLifetime(lock, body)
    }

    /// Ends a transaction that was a trial.
    private struct Trial: Error {
        let result: ForgottenDocument
    }

    private func forgetRows(
        _ document: DocumentID, why: String, by person: String, endingDeadlines: Bool, isTrial: Bool, now: UTCInstant
    ) throws -> ForgottenDocument {
        guard !isReadOnly else { throw RegisterError.readOnly }
        return try database.write { sql in
            let batch = try RegistrationBatch(sql: sql, bodies: bodies, planner: planner, now: now)
            let isKnown = try sql.first("SELECT 1 FROM documents WHERE id = ?", [.init(document)]) { _ in true }
            let ended = try batch.forget(document)
            try SearchedTexts.index.purge(sql)
            let result = ForgottenDocument(wasRegistered: isKnown ?? false, endedDeadlines: ended)
            if isTrial { throw Trial(result: result) }
            guard ended.isEmpty || endingDeadlines else {
                throw RegisterError.runningDeadlines(document: document, deadlines: ended)
            }
            for id in ended {
                batch.audit(
                    "deadline.ended", AlertSubject.deadline(id).key, "its document was forgotten",
                    by: BoundedText(person).text)
            }
            batch.audit(
                "document.forgotten", "document/\(document)", BoundedText(why).text, by: BoundedText(person).text)
            try batch.finish()
            return result
        }
    }

    /// Takes bodies out of their files whose documents were forgotten; those too that a crash left.
    func eraseSpentBodies() throws {
        let spent = try database.read { sql in
            try sql.query("SELECT reference FROM spent_bodies WHERE erased = 1 ORDER BY reference") { try $0.text(0) }
        }
        guard !spent.isEmpty else { return }
        let references = spent.compactMap { BodyReference($0) }
        try bodies.erase(references)
        try database.write { sql in
            if sql.dialect == .postgreSQL {
                for body in references {
                    try sql.execute("DELETE FROM bodies WHERE number = ?", [.integer(body.file)])
                }
            }
            try sql.execute("DELETE FROM spent_bodies WHERE erased = 1")
        }
    }
}
