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
        /// The numbers by which they go.
        var numbers: Set<String> = []

        /// New acts that this document alone states, once each.
        func settledActs(_ disturbance: Disturbance) -> Set<ActID> {
            Set(newActs).subtracting(repeated).subtracting(disturbance.acts)
        }

        /// Acts that the document states more than once.
        var repeated: Set<ActID> {
            var seen: Set<ActID> = []
            return Set(acts.filter { !seen.insert($0).inserted })
        }
    }

    /// Finds or makes the act of each deliberation and enters it: first those with a number, as the others depend on them.
    func enter(_ registration: Registration, at place: Place, _ disturbance: inout Disturbance) throws -> Matched {
        let summaries = registration.report.summary.acts
        let keys = EntryKeys.keys(of: summaries)
        var numbers: Set<String> = []
        var acts: [Int: ActID] = [:]
        var newActs: Set<ActID> = []
        let order = keys.indices.filter { keys[$0].number != nil } + keys.indices.filter { keys[$0].number == nil }
        for position in order {
            let summary = summaries[position]
            let subject = SubjectKey(session: place.session, subject: keys[position].subject)
            let spellings = try spellings(of: keys[position], on: subject)
            let key = keys[position].resolved(among: spellings)
            if let number = key.number { numbers.insert(number) }
            let isContested = try key.number != nil && hasUnnumbered(subject)
            var act =
                try key.number.map { try self.act(for: $0, on: subject, spellings, isContested: isContested) }
                ?? home(of: key, besides: numbers, on: subject)
            if act == nil { act = try adopt(key, isOnly: keys.count == 1, at: place, &disturbance) }
            let entered = try act ?? makeAct(summary, at: place, by: registration)
            if act == nil { newActs.insert(entered) }
            acts[position] = entered
            try insertEntry(summary, key, position: position, act: entered, of: registration, at: place)
            let isRespelled = key.number.map { !spellings.compactForms(of: $0).isEmpty } ?? false
            if isContested || isRespelled { disturbance.subjects.insert(subject) }
        }
        let inOrder = keys.indices.compactMap { acts[$0] }
        return Matched(acts: inOrder, newActs: inOrder.filter { newActs.remove($0) != nil }, numbers: numbers)
    }

    /// The act that a number names; else the one that was known by its compact form, else, where deliberations on the
    /// subject have no number, the first of them.
    private func act(
        for number: String, on subject: SubjectKey, _ spellings: Namesakes, isContested: Bool
    ) throws -> ActID? {
        if let act = try act(numbered: number, in: subject.session) { return act }
        if let act = try compactAct(of: number, among: spellings, in: subject.session) { return act }
        return isContested ? try owners(of: namesakes(of: subject)).min { $0.key < $1.key }?.value : nil
    }

    /// The act of a deliberation without a number.
    private func home(of key: EntryKeys, besides numbers: Set<String>, on subject: SubjectKey) throws -> ActID? {
        guard try hasNumbered(subject) else {
            return try firstEntry(
                Self.unnumbered + " AND ordinal = ? ORDER BY act LIMIT 1", values(of: subject) + [.integer(key.ordinal)]
            ) { ActID(try $0.integer(0)) }
        }
        let namesakes = try namesakes(of: subject)
        switch namesakes.home(ordinal: key.ordinal, besides: numbers) {
        case .numbered(let act): return act
        case .unnumbered(let index): return try owners(of: namesakes)[index]
        }
    }

    private static let unnumbered = """
        SELECT act FROM entries WHERE authority = ? AND session_day = ? AND subject_key = ? AND digits_key IS NULL
        """

    private func hasUnnumbered(_ subject: SubjectKey) throws -> Bool {
        try firstEntry(Self.unnumbered + " LIMIT 1", values(of: subject)) { _ in true } ?? false
    }

    private func hasNumbered(_ subject: SubjectKey) throws -> Bool {
        try firstEntry(
            """
            SELECT act FROM entries WHERE authority = ? AND session_day = ? AND subject_key = ? AND digits_key >= ''
            LIMIT 1
            """, values(of: subject)
        ) { _ in true } ?? false
    }

    private func values(of subject: SubjectKey) -> [SQLValue] {
        [.integer(subject.session.authority), .init(subject.session.day), .integer(subject.subject)]
    }

    /// The deliberations on a subject whose numbers may be spellings of this one.
    private func spellings(of key: EntryKeys, on subject: SubjectKey) throws -> Namesakes {
        guard let number = key.number else { return Namesakes([]) }
        return try namesakes(
            " AND digits_key = ?", values(of: subject) + [.text(NumberKey.digits(of: number))])
    }

    private func act(numbered number: String, in session: SessionKey) throws -> ActID? {
        try firstEntry(
            "SELECT act FROM entries WHERE authority = ? AND session_day = ? AND number_key = ? LIMIT 1",
            [.integer(session.authority), .init(session.day), .text(number)]
        ) { ActID(try $0.integer(0)) }
    }

    /// The act whose number was known only without separators, if no deliberation on another subject has that number.
    private func compactAct(
        of number: String, among namesakes: Namesakes, in session: SessionKey
    ) throws -> ActID? {
        try namesakes.compactForms(of: number).first { entry in
            guard let compact = entry.compactNumber, entry.number == compact else { return false }
            let subjects = try queryEntries(
                """
                SELECT DISTINCT subject_key FROM entries
                WHERE authority = ? AND session_day = ? AND number_key = ? LIMIT 2
                """, [.integer(session.authority), .init(session.day), .text(compact)]
            ) { try $0.integer(0) }
            return subjects.count == 1
        }?.act
    }

    /// Reads entries, and counts them: matching a document must not read those of all others.
    private func queryEntries<Element>(
        _ query: String, _ values: [SQLValue], _ transform: (SQLRow) throws -> Element
    ) throws -> [Element] {
        try sql.query(query, values) { row in
            entriesRead += 1
            return try transform(row)
        }
    }

    private func firstEntry<Element>(
        _ query: String, _ values: [SQLValue], _ transform: (SQLRow) throws -> Element
    ) throws -> Element? {
        try sql.first(query, values) { row in
            entriesRead += 1
            return try transform(row)
        }
    }

    /// The acts of deliberations without a number, by their place.
    private func owners(of namesakes: Namesakes) throws -> [Int: ActID] {
        guard namesakes.hasUnnumbered else { return [:] }
        let numbered = namesakes.numberedActs
        var owners: [Int: ActID] = [:]
        for (entry, home) in try homes(of: namesakes) {
            guard case .unnumbered(let index) = home, !numbered.contains(entry.act) else { continue }
            owners[index] = min(owners[index] ?? entry.act, entry.act)
        }
        return owners
    }

    /// Where each deliberation without a number belongs.
    private func homes(of namesakes: Namesakes) throws -> [(entry: Namesakes.Entry, home: Namesakes.Home)] {
        var numbers: [DocumentID: Set<String>] = [:]
        return try namesakes.entries.filter { $0.number == nil }.map { entry in
            let own = try numbers[entry.document] ?? self.numbers(of: entry.document)
            numbers[entry.document] = own
            return (entry, namesakes.home(ordinal: entry.ordinal, besides: own))
        }
    }

    private func numbers(of document: DocumentID) throws -> Set<String> {
        let numbers = try queryEntries(
            "SELECT number_key FROM entries WHERE document = ? AND number_key IS NOT NULL", [.init(document)]
        ) { try $0.text(0) }
        return Set(numbers)
    }

    /// Puts deliberations without a number to the acts where they belong now that numbers came or went.
    func redistribute(_ disturbance: inout Disturbance) throws {
        for subject in disturbance.subjects {
            try respell(subject, &disturbance)
            let namesakes = try namesakes(of: subject)
            var owners = Owners(taken: namesakes.numberedActs)
            let homes = try homes(of: namesakes)
            for (entry, home) in homes.sorted(by: Self.keepsItsAct) {
                let target: ActID
                switch home {
                case .numbered(let act): target = act
                case .unnumbered(let index): target = try owners.act(at: index, for: entry, make: remakeAct)
                }
                guard target != entry.act else { continue }
                try sql.enqueue(
                    "UPDATE entries SET act = ? WHERE document = ? AND position = ?",
                    [.init(target), .init(entry.document), .integer(entry.position)])
                disturbance.acts.formUnion([entry.act, target])
            }
        }
    }

    /// Puts deliberations whose number is written without separators to the act whose number that is now.
    private func respell(_ subject: SubjectKey, _ disturbance: inout Disturbance) throws {
        let namesakes = try namesakes(of: subject)
        for entry in namesakes.entries {
            guard let number = entry.compactNumber.map(namesakes.resolved), number != entry.number else { continue }
            let target = try act(numbered: number, in: subject.session) ?? entry.act
            try sql.enqueue(
                "UPDATE entries SET act = ?, number_key = ? WHERE document = ? AND position = ?",
                [.init(target), .text(number), .init(entry.document), .integer(entry.position)])
            if target != entry.act { disturbance.acts.formUnion([entry.act, target]) }
        }
    }

    /// Lower places first and older acts first: they keep their act.
    private static func keepsItsAct(
        _ left: (entry: Namesakes.Entry, home: Namesakes.Home), _ right: (entry: Namesakes.Entry, home: Namesakes.Home)
    ) -> Bool {
        (left.entry.ordinal, left.entry.act) < (right.entry.ordinal, right.entry.act)
    }

    /// The acts without a number of one subject while they are put in order.
    private struct Owners {
        var taken: Set<ActID>
        private var acts: [Int: ActID] = [:]

        init(taken: Set<ActID>) {
            self.taken = taken
        }

        /// The act at a place: the one found there, else the entry's own if no other place has it, else a new one.
        mutating func act(
            at index: Int, for entry: Namesakes.Entry, make: (Namesakes.Entry) throws -> ActID
        ) rethrows -> ActID {
            if let act = acts[index] { return act }
            let act = try taken.contains(entry.act) ? make(entry) : entry.act
            taken.insert(act)
            acts[index] = act
            return act
        }
    }

    /// All deliberations on a subject. Only where some have a number and others have none must all be looked at.
    private func namesakes(of subject: SubjectKey) throws -> Namesakes {
        try namesakes("", values(of: subject))
    }

    private func namesakes(_ condition: String, _ values: [SQLValue]) throws -> Namesakes {
        let entries = try queryEntries(
            """
            SELECT document, position, act, number_key, compact_key, ordinal FROM entries
            WHERE authority = ? AND session_day = ? AND subject_key = ?
            """ + condition, values
        ) { row in
            Namesakes.Entry(
                document: try row.document(0), position: try row.count(1), act: ActID(try row.integer(2)),
                number: try row.optionalText(3), compactNumber: try row.optionalText(4), ordinal: try row.count(5))
        }
        return Namesakes(entries.sorted { ($0.document, $0.position) < ($1.document, $1.position) })
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
            try sql.enqueue(
                "UPDATE acts SET authority = ?, session_day = ? WHERE id = ?",
                [.integer(place.authority), .init(place.day), .init(orphan.act)])
            return orphan.act
        }
        return nil
    }

    private func hasEntries(_ act: ActID) throws -> Bool {
        try firstEntry("SELECT 1 FROM entries WHERE act = ? LIMIT 1", [.init(act)]) { _ in true } ?? false
    }
}
