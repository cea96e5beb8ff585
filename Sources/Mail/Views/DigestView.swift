/// Everything that the mail « résumé » says: what documents brought that could wait, and what is coming.
public struct DigestView: Sendable {
    /// What one document brought.
    public struct Document: Sendable {
        /// Its act, or how many: `Délibération n° 7 : Tarifs`.
        public var heading: String
        /// The authority's full name.
        public var authority: String
        /// The day of the session.
        public var session: CalendarDay?
        /// The document's name.
        public var document: String
        /// What the rules say, in any order.
        public var findings: [FindingView]
        /// How many deadlines it brought.
        public var deadlineCount: Int
        /// The duties whose date is past, the earliest first.
        public var past: [CalendarView.Entry]

        /// A document.
        public init(
            heading: String, authority: String, session: CalendarDay?, document: String, findings: [FindingView],
            deadlineCount: Int, past: [CalendarView.Entry] = []
        ) {
            self.heading = heading
            self.authority = authority
            self.session = session
            self.document = document
            self.findings = findings
            self.deadlineCount = deadlineCount
            self.past = past
        }
    }

    /// Whether it comes every week and not every day.
    public var isWeekly: Bool
    /// The documents, in their order.
    public var documents: [Document]
    /// What is coming.
    public var coming: CalendarView
    /// The last day of what is coming.
    public var comingUntil: CalendarDay
    /// The last lines.
    public var footer: FooterView

    /// The most documents that a mail prints.
    public static let printedDocuments = 60
    /// The most past duties of a document that a mail prints.
    static let printedPast = 12

    /// A digest.
    public init(
        isWeekly: Bool, documents: [Document], coming: CalendarView, comingUntil: CalendarDay, footer: FooterView
    ) {
        self.isWeekly = isWeekly
        self.documents = documents
        self.coming = coming
        self.comingUntil = comingUntil
        self.footer = footer
    }

    var value: TemplateValue {
        let findings = FindingView.summary(documents.flatMap(\.findings))
        let count = FrenchTypography.count(documents.count, "document nouveau", "documents nouveaux")
        let omitted = documents.count - Self.printedDocuments
        return .record([
            "title": .literal(isWeekly ? "Résumé de la semaine" : "Résumé du jour"),
            "summary": .literal(([count] + findings).joined(separator: ", ")),
            "documents": .list(documents.prefix(Self.printedDocuments).map(\.value)),
            "omittedDocuments": .literal(
                omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil),
            "coming": coming.value, "comingUntil": .literal("jusqu’au \(comingUntil.frenchShort)"),
            "footer": footer.value,
        ])
    }
}

extension DigestView.Document {
    var value: TemplateValue {
        let deadlines = FrenchTypography.count(deadlineCount, "échéance", "échéances")
        let omittedPast = past.count - DigestView.printedPast
        let sentence = deadlineCount == 1 ? "\(deadlines) en découle." : "\(deadlines) en découlent."
        return .record([
            "heading": .title(heading.shortened(to: 240)), "authority": .literal(authority),
            "session": .literal(session?.frenchShort), "document": .literal(document),
            "findingGroups": FindingView.groups(findings), "noFindings": .flag(findings.isEmpty),
            "deadlines": .literal(deadlineCount > 0 ? sentence : nil), "hasPast": .flag(!past.isEmpty),
            "past": .list(past.prefix(DigestView.printedPast).map { .composed("\($0.day.frenchShort) : \($0.what)") }),
            "omittedPast": .literal(
                omittedPast > 0 ? "et \(FrenchTypography.count(omittedPast, "autre", "autres"))" : nil),
        ])
    }
}

extension DigestView {
    /// An invented week of two documents, with every field filled in.
    public static var sample: DigestView {
        get throws(MailError) {
            DigestView(
                isWeekly: true,
                documents: [
                    Document(
                        heading: "Délibération n° 2024-113 : tarifs de la piscine communautaire du Plan d'eau",
                        authority: "Grand Val Agglomération", session: try CalendarDay(year: 2024, month: 9, day: 26),
                        document: "extrait-2024-113.pdf", findings: FindingView.samples, deadlineCount: 3,
                        past: [
                            CalendarView.Entry(
                                day: try CalendarDay(year: 2024, month: 10, day: 3),
                                what: "Afficher et mettre en ligne la liste des délibérations",
                                context: "délibération n° 2024-113")
                        ]),
                    Document(
                        heading: ActLineView.counted(12), authority: "Commune de Valmont",
                        session: try CalendarDay(year: 2024, month: 10, day: 1), document: "pv-octobre.pdf",
                        findings: [], deadlineCount: 0),
                ], coming: try .sample, comingUntil: try CalendarDay(year: 2024, month: 11, day: 14), footer: .sample)
        }
    }
}

extension CalendarView {
    static var sample: CalendarView {
        get throws(MailError) {
            CalendarView([
                Entry(
                    day: try CalendarDay(year: 2024, month: 10, day: 15), what: "convocation du conseil communautaire",
                    context: "Grand Val Agglomération"),
                Entry(
                    day: try CalendarDay(year: 2024, month: 10, day: 15), what: "rapport d'activité",
                    context: "délibération n° 2024-112, dû par Atelier du Lac"),
                Entry(
                    day: try CalendarDay(year: 2024, month: 11, day: 4), what: "versement du solde de la subvention",
                    context: "délibération n° 2023-88, dû par Grand Val Agglomération"),
            ])
        }
    }
}
