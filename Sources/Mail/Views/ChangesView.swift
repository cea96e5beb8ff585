/// Everything that the mail « changement » says: what one document changes of acts that were announced before.
public struct ChangesView: Sendable {
    /// A deadline that is new or has another date.
    public struct Change: Sendable {
        /// What changed, in a sentence.
        public var sentence: String
        /// The deadline as it is now.
        public var deadline: DeadlineView

        /// A change.
        public init(sentence: String, deadline: DeadlineView) {
            self.sentence = sentence
            self.deadline = deadline
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
    /// What changed, in the order in which it is printed.
    public var changes: [Change]
    /// What the rules say only now, in any order.
    public var findings: [FindingView]
    /// The last lines.
    public var footer: FooterView

    /// The most changes that an email prints.
    public static let printedChanges = 60

    /// A mail about what a document changes.
    public init(
        authority: String, document: String, source: String?, receivedOn: CalendarDay?, changes: [Change],
        findings: [FindingView], footer: FooterView
    ) {
        self.authority = authority
        self.document = document
        self.source = source
        self.receivedOn = receivedOn
        self.changes = changes
        self.findings = findings
        self.footer = footer
    }

    var value: TemplateValue {
        let counted = FrenchTypography.count(changes.count, "échéance modifiée", "échéances modifiées")
        let summary = FindingView.summary(findings) + (changes.isEmpty ? [] : [counted])
        let omitted = changes.count - Self.printedChanges
        let others = omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil
        return .record([
            "authority": .literal(authority), "shortName": .literal(authority), "document": .literal(document),
            "source": .literal(source), "received": .literal(receivedOn?.frenchLong),
            "receivedShort": .literal(receivedOn?.frenchShort), "summary": .literal(summary.joined(separator: ", ")),
            "hasChanges": .flag(!changes.isEmpty), "changeCount": .literal(FrenchTypography.number(changes.count)),
            "changes": .list(changes.prefix(Self.printedChanges).map(\.value)), "omittedChanges": .literal(others),
            "findingGroups": FindingView.groups(findings), "footer": footer.value,
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
                changes: changes, findings: FindingView.samples, footer: .sample)
        }
    }
}
