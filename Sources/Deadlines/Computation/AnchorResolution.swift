import Deliberations

/// What a delay runs from, in this act: the day if it is known, and words for it.
struct AnchorResolution {
    /// The day.
    var date: CivilDate?
    /// The event in French: "signature de la convention".
    var event: String
    /// What the event is known by; nil if only this duty means it.
    var identity: String?
    /// Whether the day is deduced and not read.
    var isDeduced = false
    /// The first day on which it can happen.
    var notBefore: CivilDate?
    private let calendar: WorkingCalendar

    /// Resolves `anchor` in an act and one of its conventions.
    init(_ anchor: Anchor, act: ActContext, convention: Convention?) {
        let session = act.reading.session.date
        calendar = act.reading.calendar
        switch anchor {
        case .signature:
            (date, event) = (convention?.signedOn, act.signatureEvent(of: convention))
            (identity, notBefore) = (event, session)
        case .publication:
            (date, event) = (act.publishedOn, StartEvent.publication)
            (identity, notBefore) = (event, session)
        case .notification: event = "notification"
        case .adoption, .session: (date, event) = (session, "séance")
        case .yearEnd, .programmeEnd:
            (date, event) = (act.exercise.lastDay, anchor == .yearEnd ? "fin de l’exercice" : "fin du programme")
            isDeduced = true
        case .transmission:
            (date, event) = (act.deliberation.act?.sentOn, "transmission en préfecture")
            (identity, notBefore) = (event, session)
        case .receipt: event = "réception"
        case .letter: event = StartEvent.letter
        case .event(let words):
            event = FrenchWording.bounded(words, limit: 120)
            let folded = FoldedText(event).text
            identity = folded.isEmpty ? nil : folded
        case .date(let day): (date, event) = (day, "date fixée par le texte")
        }
    }

    /// Resolves `anchor` for a duty that no single act of a session claims; nil where it means the end of an exercise or
    /// programme, which only an act names.
    init?(_ anchor: Anchor, reading: ReadingContext) {
        calendar = reading.calendar
        switch anchor {
        case .adoption, .session: (date, event) = (reading.session.date, "séance")
        case .date(let day): (date, event) = (day, "date fixée par le texte")
        case .signature: event = StartEvent.signature
        case .publication: event = StartEvent.publication
        case .notification: event = "notification"
        case .transmission: event = "transmission en préfecture"
        case .receipt: event = "réception"
        case .letter: event = StartEvent.letter
        case .event(let words): event = FrenchWording.bounded(words, limit: 120)
        case .yearEnd, .programmeEnd: return nil
        }
    }

    /// The date of what is due so long after the event.
    ///
    /// - Parameter isClear: whether worked days are clear days too; other days say so by `counting`.
    func computation(
        months: Int, days: Int, counting: StartRule.Counting, isClear: Bool = false
    ) -> DateComputation {
        let span = FrenchWording.span(months: months, days: days)
        var rule = StartRule(
            event: identity, words: "\(event) le", months: months, days: days,
            counting: span.isEmpty ? .ordinary : counting)
        rule.notBefore = notBefore
        if [.worked, .workable].contains(rule.counting) {
            rule = rule.counted(in: calendar)
            rule.isDoubtful = isClear ? true : nil
        }
        if isDeduced, let date { return rule.computation(from: date, calendar: calendar, remark: " (déduit)") }
        let how = span.isEmpty ? "à la date de l’événement" : "\(span) après l’événement"
        return .following(
            event, on: date, by: rule, calendar: calendar,
            unknown: "\(event)\(FrenchWording.colon)date à saisir ; échéance \(how)")
    }
}

extension Delay {
    /// The delay in months, if it is one that a text can mean.
    var totalMonths: Int? {
        let sum = (years ?? 0).multipliedReportingOverflow(by: 12)
        guard !sum.overflow, (0...2_400).contains(sum.partialValue), (0...2_400).contains(months ?? 0) else {
            return nil
        }
        return sum.partialValue + (months ?? 0)
    }

    /// The days beside the months, if a text can mean so many.
    var plausibleDays: Int? { (0...40_000).contains(days ?? 0) ? days ?? 0 : nil }

    /// How the text counts it.
    var counting: StartRule.Counting {
        switch dayKind {
        case .worked: .worked
        case .workable: .workable
        case nil: clear ? .clear : .ordinary
        }
    }
}
