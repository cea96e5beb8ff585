import Deliberations

/// What conventions, budget tables and the text as a whole say beside the act itself.
enum AnnexFacts {
    /// Reads conventions, budget tables, obligations, events and mentions into `builder`.
    static func read(_ segments: Segments, into builder: inout ExtractBuilder) {
        let text = builder.text
        let mentions = MentionsReader.read(text)
        builder.extract.mentions = mentions.mentions(in: text)
        let clauses = ClauseMatches(text)
        let conventions = segments.annexes.filter { $0.kind == .convention }.map {
            ConventionReader.read(in: $0.range, of: text, mentions: mentions, clauses: clauses)
        }
        put(conventions, into: &builder)
        put(TablesReader.read(clauses, of: text), into: &builder)
        let reader = ObligationsReader(
            text: text, mentions: mentions, clauses: clauses, session: builder.extract.session.date)
        put(reader.read(segments, conventions), into: &builder)
        let events = EventsReader.read(
            in: text.whole, of: text, mentions: mentions, session: builder.extract.session.date)
        put(events, into: &builder)
    }

    private static func put(_ conventions: [ReadConvention], into builder: inout ExtractBuilder) {
        guard !conventions.isEmpty else { return }
        builder.extract.conventions = conventions.map {
            var convention = $0.convention
            convention.deliberation = builder.deliberation(at: $0.range.lowerBound)
            return convention
        }
        for (index, convention) in conventions.enumerated() {
            let pointer = ExtractBuilder.pointer("/conventions", index)
            builder.cite(pointer, convention.range)
            for citation in convention.citations { builder.cite(pointer + citation.member, citation.range) }
        }
    }

    private static func put(_ tables: [ReadTable], into builder: inout ExtractBuilder) {
        guard !tables.isEmpty else { return }
        builder.extract.budgetTables = tables.map {
            var table = $0.table
            table.deliberation = builder.deliberation(at: $0.range.lowerBound)
            return table
        }
        for (index, table) in tables.enumerated() {
            let pointer = ExtractBuilder.pointer("/budgetTables", index)
            builder.cite(pointer, table.range)
            let rows = pointer + "/rows/"
            for (row, range) in table.rows.enumerated() { builder.cite(rows + String(row), range) }
        }
    }

    private static func put(_ obligations: [FoundObligation], into builder: inout ExtractBuilder) {
        guard !obligations.isEmpty else { return }
        let text = builder.text
        builder.extract.obligations = obligations.enumerated().map { index, found in
            var obligation = Obligation(
                id: "o" + String(index + 1), kind: found.kind, what: text.words(of: found.what),
                due: found.due?.due ?? .whenever(""))
            obligation.deliberation = builder.deliberation(at: found.sentence.lowerBound)
            obligation.convention = found.convention
            obligation.debtor = found.debtor.map { text.words(of: $0) }
            obligation.creditor = found.creditor.map { text.words(of: $0) }
            obligation.article = found.article.map { text.words(of: $0) }
            return obligation
        }
        for (index, found) in obligations.enumerated() {
            let pointer = ExtractBuilder.pointer("/obligations", index)
            builder.cite(pointer, found.sentence)
            if let due = found.due { builder.cite(pointer + "/due", due.range) }
        }
    }

    private static func put(_ events: [EventsReader.Reading], into builder: inout ExtractBuilder) {
        guard !events.isEmpty else { return }
        builder.extract.events = events.map {
            Event(
                what: builder.text.words(of: $0.what), on: $0.on, through: $0.through,
                deliberation: builder.deliberation(at: $0.range.lowerBound))
        }
        for (index, event) in events.enumerated() { builder.cite("/events", index, event.range) }
    }
}
