import Deliberations

/// Deadlines of the duties that the text states.
struct ObligationRules {
    let act: ActContext
    let duties: [Duty]
    /// The dated reports: their conventions and their days.
    private let reports: [(convention: Int?, day: CivilDate)]

    init(act: ActContext) {
        self.act = act
        duties = Duty.duties(of: act)
        reports = duties.compactMap { duty in
            guard duty.obligation.kind == .report, case .on(let day) = duty.obligation.due else { return nil }
            return (duty.obligation.convention, day)
        }
    }

    func deadlines() -> [Deadline] { duties.flatMap(deadlines(of:)) }

    private func deadlines(of duty: Duty) -> [Deadline] {
        switch duty.obligation.kind {
        case .appeal: return []
        case .notice: return notice(duty)
        case .retention: return [retention(duty)]
        case .payment: return payment(duty)
        default:
            if case .every(let month, let day) = duty.obligation.due {
                return yearly(duty, .explicit, month: month, day: day)
            }
            return [dated(duty)]
        }
    }

    // MARK: Dates

    private func dated(_ duty: Duty) -> Deadline {
        switch duty.obligation.due {
        case .on(let day): return explicit(duty, day)
        case .before(let day): return deadline(duty, .before, Self.before(day))
        case .after(let delay): return delayed(duty, delay)
        case .every: return deadline(duty, .explicit, .undated("échéance annuelle"))
        case .whenever(let words): return undated(duty, words)
        }
    }

    /// What is handed over with a report is reminded of with it.
    private func explicit(_ duty: Duty, _ day: CivilDate) -> Deadline {
        guard duty.obligation.kind == .deliverable, closingReport(for: duty) == day else {
            return deadline(duty, .explicit, Self.fixed(day))
        }
        var deadline = deadline(duty, .explicit, Self.fixed(day).adding(", avec le rapport, sans rappel propre"))
        deadline.reminders = .none
        return deadline
    }

    static func fixed(_ day: CivilDate) -> DateComputation {
        let how = String(
            joining: "date fixée par le texte", FrenchWording.colon, day.frenchDigitsWithWeekday, " inclus")
        return .fixed(day, how: how)
    }

    static func before(_ day: CivilDate) -> DateComputation {
        let quoted = FrenchWording.quoted("avant le \(day.frenchDigits)")
        return .fixed(
            day - 1, alternative: day,
            how: "\(quoted)\(FrenchWording.colon)la veille, \((day - 1).frenchDigitsWithWeekday) "
                + "(\(day.frenchDigits) si ce jour est compris)")
    }

    private func delayed(_ duty: Duty, _ delay: Delay) -> Deadline {
        guard let months = delay.totalMonths, let days = delay.plausibleDays else {
            return deadline(duty, .explicit, .undated("durée invraisemblable\(FrenchWording.colon)à vérifier"))
        }
        if isEndOfConvention(duty), months + days > 0 { return conventionEnd(duty, delay, months: months, days: days) }
        if months + days == 0, [.programmeEnd, .yearEnd].contains(delay.after) {
            return programmeEnd(duty, delay.after)
        }
        let anchor = AnchorResolution(delay.after, act: act, convention: convention(of: duty))
        return deadline(
            duty, .explicit,
            anchor.computation(months: months, days: days, counting: delay.counting, isClear: delay.clear)
        )
    }

    private func undated(_ duty: Duty, _ words: String) -> Deadline {
        var quoted: String { FrenchWording.quoted(FrenchWording.bounded(words, limit: 120)) }
        switch WheneverWording(words) {
        case .continuous:
            if Programme.isProgramme(duty) { return programmeEnd(duty, .programmeEnd) }
            if duty.obligation.kind == .deliverable, words.isEmpty { return programmeEnd(duty, .programmeEnd) }
            let said = words.isEmpty ? "" : "\(quoted)\(FrenchWording.colon)"
            return deadline(duty, .continuous, .undated("\(said)obligation continue, sans date"))
        case .at(let anchor):
            if [.programmeEnd, .yearEnd].contains(anchor) { return programmeEnd(duty, anchor) }
            let resolution = AnchorResolution(anchor, act: act, convention: convention(of: duty))
            return deadline(duty, .explicit, resolution.computation(months: 0, days: 0, counting: .ordinary))
        case .atOnce:
            let how = "\(quoted)\(FrenchWording.colon)premier jour ouvré après l’événement (ambigu)"
            var rule = StartRule(event: nil, words: "\(quoted), événement du", days: 1, counting: .worked)
            rule.note = " (ambigu)"
            let date = DateComputation.waiting(
                for: "événement déclencheur", by: rule.counted(in: act.reading.calendar), how: how)
            return deadline(duty, .explicit, date)
        case .lasting(let months):
            let how = "\(FrenchWording.span(months: months, days: 0)), sans point de départ dans le texte"
            let rule = StartRule(event: nil, words: "début de la période le", months: months)
            return deadline(duty, .explicit, .waiting(for: "début de la période", by: rule, how: how))
        }
    }

    /// What is due "at the end of the programme" is due with the report that closes it, if the text dates that; else on
    /// the last day of the exercise. Both are deduced.
    private func programmeEnd(_ duty: Duty, _ anchor: Anchor) -> Deadline {
        if duty.obligation.kind == .deliverable, let report = closingReport(for: duty) {
            let how = "remis avec le rapport attendu le \(report.frenchDigitsWithWeekday) (déduit), sans rappel propre"
            var deadline = deadline(duty, .explicit, .fixed(report, how: how))
            deadline.reminders = .none
            return deadline
        }
        let resolution = AnchorResolution(anchor, act: act, convention: convention(of: duty))
        return deadline(duty, .explicit, resolution.computation(months: 0, days: 0, counting: .ordinary))
    }

    private func closingReport(for duty: Duty) -> CivilDate? {
        let convention = duty.obligation.convention
        return reports.lazy.filter { convention == nil || $0.convention == convention }.map(\.day).max()
    }

    // MARK: Kinds with rules of their own

    private func notice(_ duty: Duty) -> [Deadline] {
        if duty.obligation.convention != nil, convention(of: duty)?.noticeMonths != nil { return [] }
        guard case .after(let delay) = duty.obligation.due, delay.after == .letter else { return [dated(duty)] }
        let months = delay.totalMonths ?? 0
        let date = ConventionRules.noticeDate(months: months, days: delay.plausibleDays ?? 0)
        return [deadline(duty, .termination, date)]
    }

    private func payment(_ duty: Duty) -> [Deadline] {
        let stated = convention(of: duty)?.payments ?? []
        if case .every(let month, let day) = duty.obligation.due, stated.isEmpty {
            return yearly(duty, .payment, month: month, day: day)
        }
        if case .on = duty.obligation.due { return [deadline(duty, .payment, dated(duty))] }
        if case .before = duty.obligation.due { return [deadline(duty, .payment, dated(duty))] }
        return stated.isEmpty ? [deadline(duty, .payment, dated(duty))] : []
    }

    private func retention(_ duty: Duty) -> Deadline {
        let months: Int? =
            switch duty.obligation.due {
            case .after(let delay): delay.totalMonths
            case .whenever(let words): if case .lasting(let months) = WheneverWording(words) { months } else { nil }
            default: nil
            }
        guard let months, months > 0 else { return deadline(duty, .retention, dated(duty)) }
        if case .after(let delay) = duty.obligation.due {
            let anchor = AnchorResolution(delay.after, act: act, convention: convention(of: duty))
            if anchor.date != nil, !anchor.isDeduced {
                return deadline(duty, .retention, anchor.computation(months: months, days: 0, counting: .ordinary))
            }
        }
        return deadline(duty, .retention, openRetention(months: months, duty: duty))
    }

    /// The text names no start: the latest plausible one, the end of the convention, makes the proposal.
    private func openRetention(months: Int, duty: Duty) -> DateComputation {
        let span = FrenchWording.span(months: months, days: 0)
        let event = StartEvent.retentionStart
        let rule = StartRule(event: nil, words: "\(event) le", months: months)
        let known = convention(of: duty)?.endsOn ?? closingReport(for: duty)
        guard let end = known else {
            return .waiting(for: event, by: rule, how: "\(span), sans point de départ connu")
        }
        let proposal = end.adding(months: months)
        let how =
            "\(span), sans point de départ connu ; par prudence \(proposal.frenchDigits), à compter de la fin de la "
            + "convention (\(end.frenchDigits), déduit)"
        return .waiting(for: event, by: rule, how: how, alternative: proposal)
    }

    func isEndOfConvention(_ duty: Duty) -> Bool {
        guard duty.obligation.kind == .other else { return false }
        let what = FoldedText(duty.obligation.what)
        return what.contains("duree") && what.contains(anyOf: ["convention", "contrat", "bail"])
    }

    private func conventionEnd(_ duty: Duty, _ delay: Delay, months: Int, days: Int) -> Deadline {
        let anchor = AnchorResolution(delay.after, act: act, convention: convention(of: duty))
        return deadline(duty, .conventionEnd, anchor.computation(months: months, days: days, counting: .duration))
    }

    // MARK: Making

    func convention(of duty: Duty) -> Convention? {
        if let index = duty.obligation.convention { return act.conventions.first { $0.index == index }?.convention }
        return act.conventions.count == 1 ? act.conventions.first?.convention : nil
    }

    private func deadline(_ duty: Duty, _ rule: DeadlineRule, _ like: Deadline) -> Deadline {
        let date = DateComputation(
            due: like.due, alternative: like.dueAlternative, startEvent: like.startEvent, startRule: like.startRule,
            how: like.how)
        return deadline(duty, rule, date)
    }

    func deadline(_ duty: Duty, _ rule: DeadlineRule, _ date: DateComputation) -> Deadline {
        let evidence = duty.indices.flatMap { act.reading.evidence.quote(obligation: $0) }
        var deadline = act.deadline(
            rule, detail: duty.detail, what: FrenchWording.sentence(duty.obligation.what), date, evidence: evidence)
        deadline.kind = duty.obligation.kind
        deadline.article = duty.obligation.article
        return deadline.owed(by: duty.obligation.debtor, to: duty.obligation.creditor)
    }
}
