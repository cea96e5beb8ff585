import Deliberations

/// For every day of the week beside a date: weekday(date) = the written day.
struct WeekdayOfDate: DocumentRule {
    let description = RuleDescription(
        "weekday-date", .error, "Chaque jour de la semaine écrit à côté d’une date est celui de cette date.")

    func check(_ review: Review) -> Verdict {
        var remarks: [Remark] = []
        var checked = 0
        for mention in review.extract.mentions.dates {
            guard let date = mention.date, let weekday = mention.weekday else { continue }
            checked += 1
            if date.weekday != weekday { remarks.append(remark(date, weekday, .words(mention.range))) }
        }
        let session = review.session
        if let weekday = session.weekday {
            checked += 1
            let isMentioned = review.extract.mentions.dates.contains {
                $0.date == session.date && $0.weekday == weekday
            }
            if session.date.weekday != weekday, !isMentioned {
                remarks.append(remark(session.date, weekday, .fact("/session/date")))
            }
        }
        if checked == 0 { return .notApplicable("aucun jour de la semaine à côté d’une date") }
        return .remarksOrOK(remarks)
    }

    private func remark(_ date: CivilDate, _ written: Weekday, _ source: Source) -> Remark {
        let day = French.date(date)
        return Remark(
            "Le \(day) est un \(date.weekday.rawValue), le texte dit \(written.rawValue).",
            computed: "\(day) = \(date.weekday.rawValue)", [source])
    }
}

/// Every date exists; those of the procedure lie between 1982 (the law of 2 March 1982) and thirty years from now.
/// Other dates may be older (laws, births); a later one is a warning, since leases may run for 99 years.
struct PlausibleDates: DocumentRule {
    let description = RuleDescription(
        "date-plausible", .error, "Chaque date existe et son année est vraisemblable.")

    func check(_ review: Review) -> Verdict {
        let dates = review.extract.mentions.dates
        var remarks: [Remark] = dates.compactMap { mention in
            guard let date = mention.date else {
                let isWritten = Self.isCompleteDate(mention.text)
                let message = "Date impossible ou invraisemblable\u{A0}: \(French.bounded(mention.text, 60))."
                return Remark(message, lowered: isWritten ? nil : .warning, [.words(mention.range)])
            }
            guard date.year > review.today.year + 30, Self.isCompleteDate(mention.text) else { return nil }
            let message = "Date impossible ou invraisemblable\u{A0}: \(French.bounded(mention.text, 60))."
            return Remark(message, lowered: .warning, [.words(mention.range)])
        }
        for (pointer, date) in procedureDates(review) where !(1982...review.today.year + 30).contains(date.year) {
            remarks.append(Remark("Date impossible ou invraisemblable\u{A0}: \(French.date(date)).", [.fact(pointer)]))
        }
        return .remarksOrOK(remarks)
    }

    private func procedureDates(_ review: Review) -> [(pointer: String, date: CivilDate)] {
        let session = review.session
        var dates: [(pointer: String, date: CivilDate)] = [("/session/date", session.date)]
        if let date = session.convokedOn { dates.append(("/session/convokedOn", date)) }
        return dates
    }

    /// Whether `text` is a day, a month and a year of four digits in full, so that no damaged digit is taken for an error.
    private static func isCompleteDate(_ text: String) -> Bool {
        let words = FoldedName(text).words
        let isNumber = { (word: ArraySlice<UInt8>) in word.allSatisfy { (0x30...0x39).contains($0) } }
        guard words.count >= 3, let year = words.last, year.count == 4, isNumber(year) else { return false }
        let day = words[words.count - 3]
        let month = words[words.count - 2]
        let isMonth = isNumber(month) ? month.count <= 2 : month.allSatisfy { (0x41...0x5A).contains($0) }
        return (isNumber(day) || day == Array("1ER".utf8)[...]) && day.count <= 3 && isMonth
    }
}

/// Every opinion is dated on or before the session; one given after the notice was sent is remarked.
struct OpinionBeforeSession: ActRule {
    let description = RuleDescription(
        "opinion-before-session", .warning, "Les avis des commissions et du bureau précèdent la séance.")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let opinions = act.deliberation.opinions, !opinions.isEmpty else {
            return .notApplicable("aucun avis")
        }
        let dated = opinions.enumerated().filter { $0.element.date != nil }
        if dated.isEmpty { return .indeterminate("date des avis") }
        let session = review.session
        return .remarksOrOK(
            dated.compactMap { index, opinion in
                guard let date = opinion.date else { return nil }
                let sources: [Source] = [.fact(act.pointer("opinions/\(index)")), .fact("/session/date")]
                if date > session.date {
                    return Remark("Avis du \(French.date(date)) postérieur à la séance.", sources)
                }
                guard let convoked = session.convokedOn, date > convoked else { return nil }
                let message = "Avis du \(French.date(date)) postérieur à la convocation du \(French.date(convoked))."
                return Remark(message, lowered: .info, sources)
            })
    }
}

/// opened < closed, unless it was closed in the small hours of the next day.
struct SessionHours: DocumentRule {
    let description = RuleDescription(
        "hours-order", .warning, "La séance est levée après son ouverture.", law: ["CGCT L2121-15"])

    func check(_ review: Review) -> Verdict {
        guard let opened = review.session.openedAt else { return .indeterminate("heure d’ouverture") }
        guard let closed = review.session.closedAt else { return .indeterminate("heure de clôture") }
        let isNextDay = closed.minutes < 6 * 60 && opened.minutes >= 12 * 60
        if opened < closed || isNextDay { return .ok }
        return .remark(
            "Séance levée (\(French.time(closed))) avant d’être ouverte (\(French.time(opened))).",
            [.fact("/session/openedAt"), .fact("/session/closedAt")])
    }
}
