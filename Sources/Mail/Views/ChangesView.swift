/// Everything that the mail « changement » says: what one document changes of acts that were announced before.
public struct ChangesView: Sendable {
    /// A deadline that is new or has another date.
    public struct Change: Sendable {
        /// What changed, in a sentence.
        public var sentence: String
        /// The deadline as it is now.
        public var deadline: DeadlineView
        /// Whether it fell away.
        public var isWithdrawal: Bool

        /// A change.
        public init(sentence: String, deadline: DeadlineView, isWithdrawal: Bool = false) {
            self.sentence = sentence
            self.deadline = deadline
            self.isWithdrawal = isWithdrawal
        }
    }

    /// An act that says something else than the reader was told.
    public struct Correction: Sendable {
        /// `Délibération n° 2024-112`.
        public var heading: String
        /// What it is about.
        public var subject: String
        /// What it says otherwise, a sentence each.
        public var lines: [String]

        /// A correction.
        public init(heading: String, subject: String, lines: [String]) {
            self.heading = heading
            self.subject = subject
            self.lines = lines
        }
    }

    /// The authority's full name.
    public var authority: String
    /// The document.
    public var document: String
    /// Who or what sent the document.
    public var source: String?
    /// When the document was received.
    public var receivedOn: CalendarDay?
    /// Why it changed, where the document is not the reason: a sentence.
    public var reason: String?
    /// What changed, in the order in which it is printed.
    public var changes: [Change]
    /// The acts that say something else.
    public var corrections: [Correction]
    /// What the rules say only now, in any order.
    public var findings: [FindingView]
    /// The last lines.
    public var footer: FooterView

    /// The most changes that an email prints.
    public static let printedChanges = 60

    /// A mail about what a document changes.
    public init(
        authority: String, document: String, source: String?, receivedOn: CalendarDay?, changes: [Change],
        corrections: [Correction] = [], findings: [FindingView], footer: FooterView
    ) {
        self.authority = authority
        self.document = document
        self.source = source
        self.receivedOn = receivedOn
        self.changes = changes
        self.corrections = corrections
        self.findings = findings
        self.footer = footer
    }

    var value: TemplateValue {
        let summary = FindingView.summary(findings) + counts
        let omitted = changes.count - Self.printedChanges
        let others = omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil
        return .record([
            "authority": .literal(authority), "shortName": .literal(authority), "document": .literal(document),
            "source": .literal(source), "received": .literal(receivedOn?.frenchLong),
            "receivedShort": .literal(receivedOn?.frenchShort), "summary": .literal(summary.joined(separator: ", ")),
            "hasChanges": .flag(!changes.isEmpty), "changeCount": .literal(FrenchTypography.number(changes.count)),
            "changes": .list(changes.prefix(Self.printedChanges).map(\.value)), "omittedChanges": .literal(others),
            "reason": .composed(reason), "hasCorrections": .flag(!corrections.isEmpty),
            "corrections": .list(corrections.prefix(Self.printedChanges).map(\.value)),
            "findingGroups": FindingView.groups(findings), "footer": footer.value,
        ])
    }

    private var counts: [String] {
        let withdrawn = changes.count(where: \.isWithdrawal)
        return [
            (corrections.count, "délibération corrigée", "délibérations corrigées"),
            (changes.count - withdrawn, "échéance modifiée", "échéances modifiées"),
            (withdrawn, "échéance retirée", "échéances retirées"),
        ].filter { $0.0 > 0 }.map { FrenchTypography.count($0.0, $0.1, $0.2) }
    }
}

extension ChangesView.Correction {
    /// The most lines of an act that a mail prints.
    private static let printedLines = 40

    fileprivate var value: TemplateValue {
        .record([
            "heading": .composed(heading), "subject": .composed(subject.shortened(to: 200)),
            "lines": .list(lines.prefix(Self.printedLines).map { .composed($0) }),
        ])
    }
}

extension ChangesView.Change {
    fileprivate var value: TemplateValue {
        .record(["sentence": .composed(sentence), "deadline": deadline.value])
    }
}

extension ChangesView {
    /// An invented document that changes three deadlines, with every field filled in.
    public static var sample: ChangesView {
        get throws(MailError) {
            var changes: [Change] = []
            for (index, deadline) in try DeadlineView.samples.enumerated() {
                let sentence =
                    index == 0
                    ? "Échéance déplacée du lundi 31 mars 2025 au mercredi 30 avril 2025."
                    : "Échéance ajoutée à une délibération déjà annoncée."
                changes.append(Change(sentence: sentence, deadline: deadline))
            }
            return ChangesView(
                authority: "Grand Val Agglomération", document: "avenant-2024-112.pdf",
                source: "secrétariat des assemblées", receivedOn: try CalendarDay(year: 2024, month: 11, day: 4),
                changes: changes,
                corrections: [
                    Correction(
                        heading: "Délibération n° 2024-112",
                        subject: "Soutien au programme d'actions de l'association Atelier du Lac pour l'année 2024",
                        lines: [
                            "Vote : adoptée (99 voix pour, 2 contre), au lieu de : adoptée à l'unanimité (101 voix pour)",
                            "N’est plus signalé : Le quorum ne peut être vérifié.",
                        ])
                ], findings: FindingView.samples, footer: .sample)
        }
    }
}
