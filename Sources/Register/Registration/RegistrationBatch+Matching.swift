import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// The acts of a document's deliberations.
    struct Matched {
        /// One for each deliberation, in order.
        var acts: [ActID] = []
        /// Those among them that no document had stated before.
        var newActs: [ActID] = []
    }

    /// An entry of the session that has one subject.
    private struct Namesake {
        let document: DocumentID
        let position: Int
        let act: ActID
        let number: String?
        let ordinal: Int
    }

    /// Finds or makes the act of each deliberation and enters it.
    ///
    /// A number names its act. A deliberation without one belongs to the act that other documents number and give the
    /// same subject; of several such, the first goes to the lowest number, and so on. That rule looks only at what is
    /// registered, never at the order in which it came.
    func enter(_ registration: Registration, at place: Place, _ disturbance: inout Disturbance) throws -> Matched {
        let summaries = registration.report.summary.acts
        let keys = EntryKeys.keys(of: summaries)
        var matched = Matched()
        for (position, (summary, key)) in zip(summaries, keys).enumerated() {
            let namesakes = try namesakes(of: SubjectKey(session: place.session, subject: key.subject))
            let isOnly = summaries.count == 1
            let act: ActID
            if let found = try self.act(for: key, among: namesakes, at: place) {
                act = found
            } else if let orphan = try adopt(key, isOnly: isOnly, at: place, &disturbance) {
                act = orphan
            } else {
                act = try makeAct(
                    summary, at: place, document: registration.document, generation: registration.generation)
                matched.newActs.append(act)
            }
            matched.acts.append(act)
            try insertEntry(summary, key, position: position, act: act, of: registration, at: place)
            if key.number != nil, namesakes.contains(where: { $0.number == nil }) {
                disturbance.subjects.insert(SubjectKey(session: place.session, subject: key.subject))
            }
        }
        return matched
    }

    private func act(for key: EntryKeys, among namesakes: [Namesake], at place: Place) throws -> ActID? {
        guard let number = key.number else {
            let numbered = Self.numberedActs(namesakes)
            if numbered.indices.contains(key.ordinal) { return numbered[key.ordinal] }
            return namesakes.first { $0.number == nil && $0.ordinal == key.ordinal }?.act
        }
        let byNumber = try sql.first(
            "SELECT act FROM entries WHERE authority = ? AND session_day = ? AND number_key = ? LIMIT 1",
            [.integer(place.authority), .init(place.day), .text(number)]
        ) { ActID(try $0.integer(0)) }
        if let byNumber { return byNumber }
        let numbered = Set(Self.numberedActs(namesakes))
        return namesakes.filter { $0.number == nil && !numbered.contains($0.act) }
            .min { $0.ordinal < $1.ordinal }?.act
    }

    /// Puts deliberations without a number to the acts where they belong now that numbers came or went.
    func redistribute(_ disturbance: inout Disturbance) throws {
        for subject in disturbance.subjects {
            let namesakes = try namesakes(of: subject)
            let numbered = Self.numberedActs(namesakes)
            var owners: [Int: ActID] = [:]
            for entry in namesakes where entry.number == nil {
                let target: ActID
                if numbered.indices.contains(entry.ordinal) {
                    target = numbered[entry.ordinal]
                } else if let owner = owners[entry.ordinal] {
                    target = owner
                } else {
                    target =
                        numbered.contains(entry.act)
                        ? try remakeAct(for: entry.document, position: entry.position) : entry.act
                    owners[entry.ordinal] = target
                }
                guard target != entry.act else { continue }
                try sql.execute(
                    "UPDATE entries SET act = ? WHERE document = ? AND position = ?",
                    [.init(target), .init(entry.document), .integer(entry.position)])
                disturbance.acts.formUnion([entry.act, target])
            }
        }
    }

    /// The acts that are numbered and have this subject, the lowest number first.
    private static func numberedActs(_ namesakes: [Namesake]) -> [ActID] {
        var acts: [String: ActID] = [:]
        for entry in namesakes {
            if let number = entry.number { acts[number] = entry.act }
        }
        return acts.sorted { EntryKeys.precedes($0.key, $1.key) }.map(\.value)
    }

    private func namesakes(of subject: SubjectKey) throws -> [Namesake] {
        try sql.query(
            """
            SELECT document, position, act, number_key, ordinal FROM entries
            WHERE authority = ? AND session_day = ? AND subject_key = ? ORDER BY document, position
            """, [.integer(subject.session.authority), .init(subject.session.day), .integer(subject.subject)]
        ) { row in
            Namesake(
                document: try row.document(0), position: try row.count(1), act: ActID(try row.integer(2)),
                number: try row.optionalText(3), ordinal: try row.count(4))
        }
    }

    /// An act that lost its document and that this deliberation continues: by its number, its subject, or because the one
    /// document had one act and so has the other.
    private func adopt(
        _ key: EntryKeys, isOnly: Bool, at place: Place, _ disturbance: inout Disturbance
    ) throws -> ActID? {
        let orphans = disturbance.orphans
        let candidates =
            orphans.filter { key.number != nil && $0.keys.number == key.number }
            + orphans.filter { $0.keys.subject == key.subject && $0.keys.ordinal == key.ordinal }
            + (isOnly && orphans.count == 1 ? orphans : [])
        for orphan in candidates where try !hasEntries(orphan.act) {
            try sql.execute(
                "UPDATE acts SET authority = ?, session_day = ? WHERE id = ?",
                [.integer(place.authority), .init(place.day), .init(orphan.act)])
            return orphan.act
        }
        return nil
    }

    private func hasEntries(_ act: ActID) throws -> Bool {
        try sql.first("SELECT 1 FROM entries WHERE act = ? LIMIT 1", [.init(act)]) { _ in true } ?? false
    }
}
