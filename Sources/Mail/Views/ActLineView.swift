/// One act in a mail about many: a line.
public struct ActLineView: Sendable {
    /// How people name it: `n° 2024-112`, `point n° 3`.
    public var name: String?
    /// What was decided, as printed.
    public var subject: String
    /// The result in words.
    public var vote: String?

    /// The most acts that an email lists.
    static let printedLimit = 100

    /// A line; what is unknown stays `nil`.
    public init(name: String?, subject: String, vote: String? = nil) {
        self.name = name
        self.subject = subject
        self.vote = vote
    }

    var value: TemplateValue {
        .record([
            "name": .composed(name), "subject": .composed(subject.shortened(to: 200).withoutFullStop),
            "vote": .composed(vote),
        ])
    }

    /// `30 délibérations nouvelles`.
    public static func counted(_ count: Int) -> String {
        FrenchTypography.count(count, "délibération nouvelle", "délibérations nouvelles")
    }
}
