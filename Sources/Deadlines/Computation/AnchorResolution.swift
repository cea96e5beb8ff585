import Deliberations

/// What a delay runs from, in this act: the day if it is known, and words for it.
struct AnchorResolution {
    /// The day.
    var date: CivilDate?
    /// The event in French: "signature de la convention".
    var event: String
    /// Whether the day is deduced and not read.
    var isDeduced = false
    /// Whether the event may never come.
    var isLatent = false

    /// Resolves `anchor` in an act and one of its conventions.
    init(_ anchor: Anchor, act: ActContext, convention: Convention?) {
        let record = act.deliberation.act
        switch anchor {
        case .signature: self.init(date: convention?.signedOn, event: "signature de la convention")
        case .publication: self.init(date: act.publishedOn, event: "publication de la délibération")
        case .notification: self.init(event: "notification")
        case .adoption, .session: self.init(date: act.reading.session.date, event: "séance")
        case .yearEnd, .programmeEnd:
            let exercise = act.exercise
            let event = anchor == .yearEnd ? "fin de l’exercice" : "fin du programme"
            self.init(date: exercise.lastDay, event: event, isDeduced: true)
        case .transmission: self.init(date: record?.sentOn, event: "transmission en préfecture")
        case .receipt: self.init(event: "réception")
        case .letter: self.init(event: "envoi de la lettre recommandée", isLatent: true)
        case .event(let words): self.init(event: FrenchWording.bounded(words, limit: 120))
        case .date(let date): self.init(date: date, event: "date fixée par le texte")
        }
    }

    private init(date: CivilDate? = nil, event: String, isDeduced: Bool = false, isLatent: Bool = false) {
        self.date = date
        self.event = event
        self.isDeduced = isDeduced
        self.isLatent = isLatent
    }

    /// The date of what is due so long after the event.
    func computation(months: Int, days: Int, isClear: Bool) -> DateComputation {
        let span = FrenchWording.span(months: months, days: days)
        guard let date else {
            let how = span.isEmpty ? "à la date de l’événement" : "\(span) après l’événement"
            return .waiting(for: event, how: "\(event)\(FrenchWording.colon)date à saisir ; échéance \(how)")
        }
        let start = "\(event) le \(date.frenchDigits)\(isDeduced ? " (déduit)" : "")"
        if span.isEmpty { return .fixed(date, how: start) }
        guard isClear else { return .ordinary(start, from: date, months: months, days: days) }
        let due = TimeLimit.franc(from: date, months: months, days: days)
        return .fixed(due, how: "\(start), \(span) francs\(FrenchWording.colon)\(due.frenchDigits)")
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
}
