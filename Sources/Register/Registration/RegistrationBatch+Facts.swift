import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

extension RegistrationBatch {
    /// Makes the row of an act that no document had stated before.
    func makeAct(_ summary: ActSummary, at place: Place, by registration: Registration) throws -> ActID {
        let act = try makeAct(
            summary, at: place, document: registration.document, generation: registration.generation)
        news[act] = registration.isArchive ? .never : .pending
        return act
    }

    private func makeAct(
        _ summary: ActSummary, at place: Place, document: DocumentID, generation: Int
    ) throws -> ActID {
        let act = ActID(numbers.next(.act))
        try sql.enqueue(
            """
            INSERT INTO acts (id, authority, session_day, number, subject, facts, introduced_by, introduced_in,
                created_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'live')
            """,
            [
                .init(act), .integer(place.authority), .init(place.day), .init(summary.number?.text),
                .text(summary.subject), .text(text(of: summary)), value(of: document), .integer(generation), .init(now),
            ])
        return act
    }

    /// Makes an act of its own for a deliberation that stood with a numbered act by error: its number came later.
    func remakeAct(for entry: Namesakes.Entry) throws -> ActID {
        let row = try sql.first(
            "SELECT summary, authority, session_day FROM entries WHERE document = ? AND position = ?",
            [.init(entry.document), .integer(entry.position)]
        ) { (summary: try $0.text(0), place: Place(authority: try $0.integer(1), day: try $0.day(2))) }
        guard let row, let summary = try? ActSummary(json: Array(row.summary.utf8)) else {
            throw RegisterError.damagedRow(table: "entries", id: "\(entry.document)/\(entry.position)")
        }
        return try makeAct(summary, at: row.place, document: entry.document, generation: 0)
    }

    func insertEntry(
        _ summary: ActSummary, _ key: EntryKeys, position: Int, act: ActID, of registration: Registration,
        at place: Place
    ) throws {
        let texts = SearchedTexts(of: summary, at: position, in: registration.report)
        try sql.enqueue(
            """
            INSERT INTO entries (document, position, act, authority, session_day, number_key, compact_key, digits_key,
                subject_key, ordinal, rank, accepted_at, summary, search, beneficiaries, people)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                value(of: registration.document), .integer(position), .init(act), .integer(place.authority),
                .init(place.day), .init(key.number), .init(key.compactNumber),
                .init(key.number.map(NumberKey.digits)), .integer(key.subject),
                .integer(key.ordinal),
                .integer(registration.precedence.rank), .integer(registration.precedence.acceptedAt),
                .text(text(of: summary)), .integer(try index(texts)), SearchedTexts.value(of: texts.beneficiaries),
                SearchedTexts.value(of: texts.people),
            ])
    }

    /// An act's facts as rows have them; an act and its first entry have the same.
    private func text(of summary: ActSummary) -> String {
        if let lastSummary, lastSummary.summary == summary { return lastSummary.text }
        let text = summary.jsonText
        lastSummary = (summary, text)
        return text
    }

    /// Whether documents state an act.
    func isLive(_ act: ActID) throws -> Bool {
        try sql.first("SELECT 1 FROM acts WHERE id = ? AND state = 'live'", [.init(act)]) { _ in true } ?? false
    }

    /// Puts an act's facts together from its entries; an act without entries is withdrawn.
    func refreshFacts(of act: ActID) throws {
        let entries = try sql.query(
            "SELECT rank, accepted_at, document, summary FROM entries WHERE act = ?", [.init(act)]
        ) { row in
            let precedence = Precedence(
                rank: try row.count(0), acceptedAt: try row.count(1), document: try row.document(2))
            return (precedence: precedence, summary: try row.text(3))
        }
        guard !entries.isEmpty else {
            try sql.enqueue("UPDATE acts SET state = 'withdrawn' WHERE id = ?", [.init(act)])
            audit("act.withdrawn", "act/\(act)", "no document states it any more")
            return
        }
        let summaries = entries.sorted { $0.precedence > $1.precedence }.compactMap { entry in
            try? ActSummary(json: Array(entry.summary.utf8))
        }
        if summaries.count < entries.count {
            passOver(.damagedRow(table: "entries", id: "of act \(act)"), "act", "\(act)")
        }
        guard let best = summaries.first else { return }
        let facts = summaries.dropFirst().reduce(best) { $0.completed(by: $1) }
        try sql.enqueue(
            "UPDATE acts SET number = ?, subject = ?, facts = ?, state = 'live' WHERE id = ?",
            [.init(facts.number?.text), .text(facts.subject), .text(facts.jsonText), .init(act)])
    }
}

extension JSONObject {
    /// The value as JSON text.
    var jsonText: String { String(decoding: jsonBytes(reserving: 512), as: UTF8.self) }
}
