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
        guard acts.count == 1, let act = acts.first else { return [] }
        return reading.extract.mentions.dates.compactMap { mention in
            guard mention.date == nil, let month = FrenchMonthText(mention.text),
                month.lastDay >= reading.session.date, reading.evidence.beginsLine(mention.range),
                isFollowedByColon(mention.range),
                let quote = reading.evidence.quote(reading.evidence.line(of: mention.range))
            else { return nil }
            let what = quote.quote
            let how =
                "\(FrenchWording.quoted(mention.text))\(FrenchWording.colon)dernier jour du mois, "
                + "\(month.lastDay.frenchDigitsWithWeekday) (déduit)"
            return act.deadline(
                .event, detail: detail(what), what: what, .fixed(month.lastDay, how: how), evidence: [quote])
        }
    }

    private func isFollowedByColon(_ range: TextRange) -> Bool {
        let rest = reading.evidence.following(range, count: 4)
        // A no-break space in UTF-8 is C2 A0.
        return rest.first { $0 != UInt8(ascii: " ") && $0 != 0xC2 && $0 != 0xA0 } == UInt8(ascii: ":")
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
        FoldedText(what).significant.head
    }
}
