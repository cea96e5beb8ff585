import Deliberations
import GreffierProtocol
import Storage

/// The texts by which one deliberation of one document is found.
struct SearchedTexts: Hashable {
    /// What it is about.
    var subject: String
    /// Who is granted something.
    var beneficiaries: [String]
    /// Who gives or holds a proxy, and who owes something.
    var people: [String]

    static let index = TextIndex("search_words")

    /// The most names of one deliberation, and the longest, in characters: more is no list of names.
    private static let names = 400
    private static let nameLength = 300

    /// Names are those of the deliberation; those of a document as a whole stand with its first.
    init(of summary: ActSummary, at position: Int, in report: Report?) {
        subject = summary.subject
        let grants = (report?.compared?.grants ?? []).filter { $0.deliberation == position }
        beneficiaries = Self.names([summary.beneficiary].compactMap { $0 } + grants.map(\.beneficiary))
        let proxies = position == 0 ? report?.compared?.proxies ?? [] : []
        let deadlines = (report?.deadlines ?? []).filter { ($0.deliberation ?? 0) == position }
        people = Self.names(proxies.flatMap { [$0.giver, $0.holder] } + deadlines.compactMap(\.debtor))
    }

    /// The texts as a row has them.
    init(subject: String, beneficiaries: String?, people: String?) {
        self.subject = subject
        self.beneficiaries = Self.lines(beneficiaries)
        self.people = Self.lines(people)
    }

    /// All of them, folded, as the index has them.
    var folded: String {
        ([subject] + beneficiaries + people).map { FoldedText($0).text }.joined(separator: " ")
    }

    /// A list as a row has it, NULL for an empty one.
    static func value(of names: [String]) -> SQLValue {
        names.isEmpty ? .null : .text(names.joined(separator: "\n"))
    }

    /// Where the words stand: the text that has all of them, or, of several that have them together, the one with most.
    func match(_ words: [String]) -> (field: SearchHit.Field, text: String) {
        let texts =
            [(SearchHit.Field.subject, subject)] + beneficiaries.map { (.beneficiary, $0) }
            + people.map { (.name, $0) }
        var best = (field: SearchHit.Field.subject, text: subject, count: 0)
        for (field, text) in texts {
            let found = FoldedText(text).text.split(separator: " ")
            let count = words.count { word in found.contains { $0.hasPrefix(word) } }
            if count > best.count { best = (field, text, count) }
        }
        return (best.field, best.text)
    }

    private static func names(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        let lines = names.map(line)
        return Array(lines.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(Self.names))
    }

    /// A name that fits into one line; nearly all do as they are.
    private static func line(_ name: String) -> String {
        if name.utf8.count <= nameLength, !name.utf8.contains(UInt8(ascii: "\n")) { return name }
        return String(name.prefix(nameLength).map { $0.isNewline ? " " : $0 })
    }

    private static func lines(_ text: String?) -> [String] {
        (text ?? "").split(separator: "\n").map(String.init)
    }
}

extension RegistrationBatch {
    /// Enters the texts of a deliberation into the index; answers its row there.
    func index(_ texts: SearchedTexts) throws -> Int64 {
        let row = numbers.next(.search)
        try SearchedTexts.index.add(row, texts.folded, to: sql)
        return row
    }

    /// Takes a document's deliberations out of the index.
    func unindex(_ document: DocumentID) throws {
        let rows = try sql.query(
            "SELECT search FROM entries WHERE document = ? AND search IS NOT NULL", [.init(document)]
        ) { try $0.integer(0) }
        for row in rows { try SearchedTexts.index.remove(row, from: sql) }
    }
}
