import ArgumentParser
import Console
import Operations
import Register

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find acts by words of their subject, of who is granted something, and of names.",
        discussion: """
            All words must be found, each at least as the beginning of a word; accents and case do not count. Names are those \
            of proxies and of who owes something. The latest session comes first.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var sessions: SessionOptions

    @Argument(help: "The words.")
    var words: [String]

    @Option(help: "Only authorities whose name has these words, or of this SIREN.")
    var authority: String?

    @Option(help: "At most this many.")
    var limit = 50

    func run() async throws {
        try await reportingErrors {
            var filter = try sessions.filter(authority: authority)
            filter.limit = min(max(1, limit), 10_000)
            guard let query = SearchQuery(words.joined(separator: " "), filter: filter) else {
                throw ValidationError("write at least one word with a letter or a digit")
            }
            let hits = try Register(reading: common.configuration().registerPlace).search(query)
            if output.json {
                for hit in hits { Output.json(hit) }
            } else {
                Output.line(Self.table(hits))
            }
        }
    }

    private static func table(_ hits: [SearchHit]) -> String {
        guard !hits.isEmpty else { return "nothing found" }
        var table = Table([
            ("NUMBER", .left), ("DATE", .left), ("AUTHORITY", .left), ("SUBJECT", .left), ("FOUND IN", .left),
            ("DOCUMENT", .left),
        ])
        for hit in hits {
            let found = hit.field == .subject ? "subject" : "\(hit.field.rawValue): \(shortened(hit.found, to: 40))"
            table.add([
                hit.number?.text ?? "-", "\(hit.session)", shortened(hit.authority, to: 30),
                shortened(hit.subject, to: 60), found, String("\(hit.document)".prefix(12)),
            ])
        }
        return table.text
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count > length ? String(text.prefix(length - 1)) + "…" : text
    }
}
