/// Everything that the mail « surveillance » says: something has fallen silent, or is heard again.
public struct AlarmView: Sendable {
    /// What it is, in a few words.
    public var title: String
    /// Since when, by which measure, what to do.
    public var lines: [String]
    /// Whether it has ended.
    public var isEnd: Bool
    /// The last lines.
    public var footer: FooterView

    /// An alarm.
    public init(title: String, lines: [String], isEnd: Bool, footer: FooterView) {
        self.title = title
        self.lines = lines
        self.isEnd = isEnd
        self.footer = footer
    }

    var value: TemplateValue {
        .record([
            "title": .title(title), "label": .literal(isEnd ? "Retour à la normale" : "À surveiller"),
            "lines": .list(lines.prefix(10).map { .composed($0) }), "isEnd": .flag(isEnd), "footer": footer.value,
        ])
    }

    /// An invented silence, with every field filled in.
    public static var sample: AlarmView {
        AlarmView(
            title: "La source « ged » est silencieuse",
            lines: [
                "Son dernier document est arrivé le lundi 16 septembre 2024. D'habitude, elle n'attend pas plus de 9 jours.",
                "Vérifiez que le script qui l'envoie tourne encore : Greffier écrira quand elle se fera de nouveau entendre.",
            ], isEnd: false, footer: .sample)
    }
}
