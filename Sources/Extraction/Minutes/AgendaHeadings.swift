/// Finds headings without numbers in texts with lines: the titles that the agenda announced, and what follows the line
/// of a vote.
struct AgendaHeadings {
    /// The style of these headings.
    static let style: UInt64 = 1
    /// So many letters at the beginning of two titles make them the same.
    private static let keyLength = 18
    /// An agenda has at most so many lines.
    private static let longestAgenda = 60

    private let anchored: AnchoredText
    private let range: Range<Int>
    private var text: NormalizedText { anchored.text }

    /// The headings in `range`, in order.
    static func headings(_ anchored: AnchoredText, in range: Range<Int>, signs: DecisionSigns) -> [Heading] {
        // Only minutes have them, and minutes name themselves or their agenda.
        guard !anchored.all(.agendaTitle).isEmpty || !anchored.all(.minutesTitle).isEmpty else { return [] }
        let reader = Self(anchored: anchored, range: range)
        let lines = reader.lines()
        guard lines.count > 8 else { return [] }
        var counts: [UInt64: Int] = [:]
        counts.reserveCapacity(lines.count)
        for line in lines { counts[line.key, default: 0] += 1 }
        let agenda = reader.agenda(lines)
        var headings: [Heading] = []
        var isAfterVote = false
        for (index, line) in lines.enumerated() where index >= agenda.end {
            if reader.isEnding(line), !headings.isEmpty { break }
            if reader.isVoteLine(line.start ..| line.end, signs) {
                isAfterVote = true
            } else if (counts[line.key] ?? 0) < 3, agenda.keys.contains(line.key) || isAfterVote && reader.isTitle(line)
            {
                headings.append(
                    Heading(
                        mark: .label, start: line.start, titleStart: line.start, style: style, groups: [],
                        identity: line.key))
                isAfterVote = false
            } else if signs.any(in: line.start ..| line.end) {
                isAfterVote = false
            }
        }
        return headings
    }

    // MARK: Lines

    private struct Line {
        /// Its first letter.
        let start: Int
        let end: Int
        /// The letters it begins with.
        let key: UInt64
        /// Whether an empty line stands before it.
        let isParagraph: Bool
    }

    /// The lines that begin with enough letters.
    private func lines() -> [Line] {
        var lines: [Line] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let end = min(text.lineEnd(from: position), range.upperBound)
            var start = position
            while start < end, !text[start].isLetter { start += 1 }
            var key = WordKey.seed
            var letters = 0
            var next = start
            while next < min(end, start + 40), letters < Self.keyLength {
                if text[next].isLetter {
                    key = WordKey.next(key, text[next])
                    letters += 1
                }
                next += 1
            }
            if letters >= 12 {
                let isParagraph = position < 2 || text[position - 2] == FoldedByte.newline
                lines.append(Line(start: start, end: end, key: key, isParagraph: isParagraph))
            }
            position = end + 1
        }
        return lines
    }

    // MARK: Agenda

    /// The keys of the agenda's lines, and the first line after it.
    private func agenda(_ lines: [Line]) -> (keys: Set<UInt64>, end: Int) {
        let limit = min(range.lowerBound + 8_000, range.upperBound)
        let titles = anchored.all(.agendaTitle, in: max(0, range.lowerBound - 600) ..| limit)
        guard let title = titles.first(where: { anchored.mayBeHeading($0.lowerBound) }) else { return ([], 0) }
        let first = lines.partitioningIndex { $0.start > title.upperBound }
        var keys: Set<UInt64> = []
        var end = first
        while end < lines.count, end - first < Self.longestAgenda {
            let line = lines[end]
            if keys.contains(line.key) || text.matchAny(Self.agendaEnds, at: line.start) != nil { break }
            keys.insert(line.key)
            end += 1
        }
        return (keys, end)
    }

    private static let agendaEnds: WordChoice = [
        "monsieur", "madame", "m.", "mme", "le maire", "la maire", "le president", "la presidente", "le quorum",
        "la seance", "ouverture de la seance", "secretaire", "le conseil", "l'assemblee", "le proces-verbal",
        "presents",
        "etaient presents", "le compte rendu", "republique francaise",
    ]

    // MARK: Votes

    private static let voteWords: WordChoice = [
        "vote", "votes", "vore", "adopte", "adoptee", "approuve", "approuvee", "unanimite", "accord",
        "resultat du vote",
        "pour", "voix", "a l'unanimite",
    ]

    /// A line that says nothing but the result: "Vote : unanimité".
    private func isVoteLine(_ line: Range<Int>, _ signs: DecisionSigns) -> Bool {
        line.count < 90 && text.matchAny(Self.voteWords, at: line.lowerBound) != nil && signs.any(in: line)
    }

    /// "Questions diverses" alone in its line.
    private func isEnding(_ line: Line) -> Bool {
        line.end - line.start < 60 && text.isCapital(at: line.start)
            && text.matchAny(MinutesWordings.endings, at: line.start) != nil
    }

    /// A paragraph that may be a title: it begins with a capital, is short and ends without a point.
    private func isTitle(_ line: Line) -> Bool {
        guard line.isParagraph, text.isCapital(at: line.start), line.end - line.start < 200 else { return false }
        let last = text[text.skipBlanksBack(from: line.end) - 1]
        guard last.isWord || last == UInt8(ascii: ":") || last == UInt8(ascii: ")") || last == UInt8(ascii: "\"") else {
            return false
        }
        let isOpener = text.matchAny(MinutesWordings.openers, at: line.start) != nil
        let kinds: [Anchor] = [
            .decides, .adopted, .noted, .recital, .received, .sent, .published, .convoked, .inOffice, .voters,
            .agendaTitle, .closed,
        ]
        let isFormality = text.matchAny(MinutesWordings.formalities, at: line.start) != nil
        return !isOpener && !isFormality
            && anchored.firstStart(of: kinds, from: line.start, limit: min(line.end, line.start + 30)) == nil
    }
}
