import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// Computing the deadlines of registered documents anew, from their Extracts.
extension RegistrationBatch {
    /// What a document was registered with.
    private struct Registered {
        let generation: Int
        let description: DocumentDescription
        let at: UTCInstant
        let extract: String
    }

    /// Computes a document's deadlines anew, as of the day of its registration; staff are told of what changes as if it had
    /// come again. Where nothing changes the reminders are planned anew. Answers whether something changed.
    func recompute(_ document: DocumentID, on basis: DeadlineBasis) throws -> Bool {
        guard let registered = try registered(document), let report = try readableReport(of: document),
            let (extract, bytes) = try readableExtract(registered.extract, of: document)
        else { return false }
        let computer = DeadlineComputer(
            facts: basis.facts(extract.authority), today: ParisTime.civil(at: registered.at).date)
        let deadlines = computer.deadlines(of: extract, recalling: report)
        guard deadlines != report.deadlines else {
            try replan(document)
            return false
        }
        var changed = report
        changed.deadlines = deadlines
        changed.basis = basis.fingerprint
        let registration = try Registration(
            document: document, generation: registered.generation, description: registered.description,
            report: changed.jsonBytes(), extract: bytes)
        _ = try register(registration, registeredBefore: registered.at)
        return true
    }

    private func registered(_ document: DocumentID) throws -> Registered? {
        try sql.first(
            """
            SELECT generation, name, source, replaces, archive, accepted_at, registered_at, extract FROM documents
            WHERE id = ? AND superseded = 0
            """, [.init(document)]
        ) { row in
            Registered(
                generation: try row.count(0),
                description: DocumentDescription(
                    name: try row.text(1), source: try row.text(2), replaces: try row.optionalDocument(3),
                    archive: try row.boolean(4), acceptedAt: try row.count(5)),
                at: try row.instant(6), extract: try row.text(7))
        }
    }

    /// The Extract and its bytes, or nil if it is damaged or of a form that this version does not read.
    private func readableExtract(_ reference: String, of document: DocumentID) throws -> (Extract, [UInt8])? {
        do {
            guard let reference = BodyReference(reference) else {
                throw RegisterError.damagedRow(table: "documents", id: "\(document)")
            }
            let bytes = try bodies.read(reference)
            return (try Self.extract(bytes, of: document), bytes)
        } catch let error as RegisterError where error.isDamage {
            passOver(error, "document", "\(document)")
            return nil
        }
    }

    private static func extract(_ bytes: [UInt8], of document: DocumentID) throws(RegisterError) -> Extract {
        do throws(JSONError) {
            return try Extract(json: bytes)
        } catch {
            throw .unreadableExtract(document: document, reason: "\(error)")
        }
    }

    private func replan(_ document: DocumentID) throws {
        let rows = try sql.readAll(
            DeadlineRow.query + " WHERE d.source = ? AND d.next_at IS NOT NULL", [.init(document)]
        ) { try DeadlineRow($0) }
        for row in rows { try writer.write(row) }
    }
}
