/// Everything that the weekly mail « toujours en veille » says: that Greffier runs, what it watches and what is coming.
public struct WatchView: Sendable {
    /// An authority that is watched.
    public struct Authority: Sendable {
        /// Its full name.
        public var name: String
        /// How many of its documents are known.
        public var documents: Int
        /// How many of its deadlines run.
        public var deadlines: Int
        /// When its last document was received.
        public var lastReceived: CalendarDay?

        /// An authority.
        public init(name: String, documents: Int, deadlines: Int, lastReceived: CalendarDay?) {
            self.name = name
            self.documents = documents
            self.deadlines = deadlines
            self.lastReceived = lastReceived
        }
    }

    /// The authorities.
    public var authorities: [Authority]
    /// What is overdue.
    public var overdue: CalendarView
    /// What is coming.
    public var coming: CalendarView
    /// The last day of what is coming.
    public var comingUntil: CalendarDay
    /// What is silent or refused.
    public var alarms: [String]
    /// The last lines.
    public var footer: FooterView

    private static let printedAuthorities = 60

    /// A weekly mail.
    public init(
        authorities: [Authority], overdue: CalendarView, coming: CalendarView, comingUntil: CalendarDay,
        alarms: [String], footer: FooterView
    ) {
        self.authorities = authorities
        self.overdue = overdue
        self.coming = coming
        self.comingUntil = comingUntil
        self.alarms = alarms
        self.footer = footer
    }

    var value: TemplateValue {
        let documents = authorities.reduce(0) { $0 + $1.documents }
        let deadlines = authorities.reduce(0) { $0 + $1.deadlines }
        let omitted = authorities.count - Self.printedAuthorities
        let summary = [
            FrenchTypography.count(authorities.count, "collectivité", "collectivités"),
            FrenchTypography.count(documents, "document", "documents"),
            FrenchTypography.count(deadlines, "échéance en cours", "échéances en cours"),
        ]
        return .record([
            "summary": .literal(summary.joined(separator: ", ")),
            "hasOverdue": .flag(!overdue.entries.isEmpty),
            "overdueCount": .literal(FrenchTypography.number(overdue.entries.count + overdue.others)),
            "overdue": overdue.value,
            "coming": coming.value, "comingUntil": .literal("jusqu’au \(comingUntil.frenchShort)"),
            "hasAlarms": .flag(!alarms.isEmpty), "alarms": .list(alarms.prefix(20).map { .composed($0) }),
            "authorities": .list(authorities.prefix(Self.printedAuthorities).map(\.value)),
            "omittedAuthorities": .literal(
                omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil),
            "footer": footer.value,
        ])
    }
}

extension WatchView.Authority {
    var value: TemplateValue {
        let parts = [
            FrenchTypography.count(documents, "document", "documents"),
            FrenchTypography.count(deadlines, "échéance en cours", "échéances en cours"),
            lastReceived.map { "dernier document reçu le \($0.frenchShort)" },
        ]
        return .record([
            "name": .literal(name), "detail": .literal(parts.compactMap { $0 }.joined(separator: ", ")),
        ])
    }
}

extension WatchView {
    /// An invented week, with every field filled in.
    public static var sample: WatchView {
        get throws(MailError) {
            WatchView(
                authorities: [
                    Authority(
                        name: "Grand Val Agglomération", documents: 1_204, deadlines: 86,
                        lastReceived: try CalendarDay(year: 2024, month: 10, day: 11)),
                    Authority(name: "Commune de Valmont", documents: 1, deadlines: 1, lastReceived: nil),
                ],
                overdue: CalendarView([
                    .init(
                        day: try CalendarDay(year: 2024, month: 9, day: 30), what: "comptes de l'exercice 2023",
                        context: "délibération n° 2023-14, dû par Harmonie du Plan d'eau")
                ]), coming: try .sample, comingUntil: try CalendarDay(year: 2024, month: 11, day: 14),
                alarms: ["La source « ged » n'envoie plus rien depuis le lundi 16 septembre 2024."], footer: .sample)
        }
    }
}
