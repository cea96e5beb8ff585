import Deliberations

/// Dated happenings that the text names.
struct EventRules {
    let reading: ReadingContext
    let acts: [ActContext]

    func deadlines() -> [Deadline] { named + months }

    private var named: [Deadline] {
        (reading.extract.events ?? []).enumerated().compactMap { position, event in
            guard (event.through ?? event.on) >= reading.session.date else { return nil }
            let last = event.through.map { " au \($0.frenchDigitsWithWeekday)" } ?? ""
            let start = event.through == nil ? "le" : "du"
            let how =
                "date donnée par le texte\(FrenchWording.colon)\(start) \(event.on.frenchDigitsWithWeekday)\(last)"
            return deadline(
                of: reading.actIndex(event.deliberation), what: event.what, .fixed(event.on, how: how),
                evidence: reading.evidence.quote(["/events/\(position)", "/events/\(position)/on"]))
        }
    }

    /// A line that begins with a month and a colon ("Septembre 2024 : la Région présente…") is a step of a plan; its day
    /// is deduced to be the last of the month.
    private var months: [Deadline] {
        guard reading.extract.kind == .extract, let act = acts.first else { return [] }
        return reading.evidence.monthHeadings().compactMap { heading in
            guard let month = FrenchMonthText(heading.words), month.lastDay >= reading.session.date,
                let quote = reading.evidence.quote(heading.line)
            else { return nil }
            let words = FrenchWording.bounded(heading.words.trimmed)
            let how =
                "\(FrenchWording.quoted(words))\(FrenchWording.colon)dernier jour du mois, "
                + "\(month.lastDay.frenchDigitsWithWeekday) (déduit)"
            return act.deadline(
                .event, detail: detail(quote.quote), what: quote.quote, .fixed(month.lastDay, how: how),
                evidence: [quote])
        }
    }

    /// A happening that no single act names belongs to the session.
    private func deadline(
        of index: Int?, what: String, _ date: DateComputation, evidence: [Evidence]
    ) -> Deadline? {
        let words = FrenchWording.sentence(what)
        guard let index else {
            let session = ActKey(reading.sessionKey(reading.session.date))
            return Deadline(
                .event, act: session, detail: detail(what), what: words, date: date, evidence: evidence)
        }
        let act = acts.first { $0.index == index }
        return act?.deadline(.event, detail: detail(what), what: words, date, evidence: evidence)
    }

    private func detail(_ what: String) -> String {
        String(FoldedText(significant: what).head)
    }
}

extension String {
    /// The text without white space at its end.
    fileprivate var trimmed: Self {
        var text = self
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
