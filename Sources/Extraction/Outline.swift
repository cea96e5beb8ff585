/// Where the parts of one act lie: its preamble with session and members, its body, its closing.
struct Outline {
    /// From the beginning to the body: session, members, secretary.
    let preamble: Range<Int>
    /// What stands before the first list of members; the preamble if there is none.
    let head: Range<Int>
    /// The lists of members, without those that stand in the body.
    let lists: [AttendanceSections.Section]
    /// Where the lists of members end.
    let listsEnd: Int
    /// Before this the number, item, subject and rapporteur stand.
    let identityEnd: Int
    /// Reasons, decisions and vote.
    let body: Range<Int>
    /// Where a vote may stand: the body, and a box in the preamble.
    let voteRegion: Range<Int>
    /// The formula and the signatures.
    let closing: Range<Int>
    /// Where the assembly first decides in the body; the end of the body if it does not.
    let decided: Int

    /// The outline of the act in `act`.
    init(_ anchored: AnchoredText, act: Range<Int>) {
        let text = anchored.text
        let lists = AttendanceSections.sections(in: anchored, range: act)
        let firstList = lists.first?.body.lowerBound ?? act.lowerBound
        let opening = Self.bodyStart(in: anchored, from: firstList, act: act)
        let early = lists.filter { $0.heading.lowerBound < opening }
        self.lists = early.map { $0.ending(at: opening) }
        listsEnd = self.lists.map(\.body.upperBound).max() ?? act.lowerBound
        let bodyStart = max(opening, listsEnd)
        preamble = act.lowerBound ..| max(act.lowerBound, bodyStart)
        head = early.isEmpty ? preamble : act.lowerBound..<listsEnd
        let closingStart =
            anchored.all(.closing, in: bodyStart ..| max(bodyStart, act.upperBound)).first?.lowerBound
            ?? act.upperBound
        identityEnd = min(bodyStart + 600, closingStart)
        body = listsEnd ..| max(listsEnd, closingStart)
        voteRegion = firstList ..| max(firstList, closingStart)
        decided = anchored.first(.deliberated, in: body)?.lowerBound ?? body.upperBound
        var lastDecided = closingStart
        for kind in [Anchor.deliberated, .unanimity, .majority, .adopted] {
            if let last = anchored.all(kind, in: body).last {
                lastDecided = max(lastDecided == closingStart ? 0 : lastDecided, last.upperBound)
            }
        }
        let signed = lastDecided ..| closingStart
        let signatures = anchored.all(.secretary, in: signed).last?.lowerBound ?? closingStart
        let start = max(signatures, text.trimmed(body).upperBound - 600)
        closing = min(start, closingStart) ..| max(act.upperBound, closingStart)
    }

    /// The outline of one deliberation of minutes: its heading, then its body; session and members stand elsewhere.
    init(_ anchored: AnchoredText, deliberation: DeliberationRange) {
        let range = deliberation.range
        preamble = range.lowerBound ..| deliberation.bodyStart
        head = preamble
        lists = []
        listsEnd = range.lowerBound
        identityEnd = min(deliberation.bodyStart + 600, range.upperBound)
        body = deliberation.bodyStart ..| range.upperBound
        voteRegion = body
        closing = range.upperBound ..| range.upperBound
        decided =
            anchored.firstStart(
                of: [.deliberated, .unanimity, .noted], from: body.lowerBound, limit: body.upperBound)
            ?? body.upperBound
    }

    /// Where the body begins: reasons, deliberation or report, after the first list of members.
    private static func bodyStart(in anchored: AnchoredText, from start: Int, act: Range<Int>) -> Int {
        let kinds: [Anchor] = [.closing, .recital, .deliberated, .rapporteur, .subject, .decides, .adopted, .noted]
        var end = min(act.upperBound, start + 40_000)
        for kind in kinds {
            for range in anchored.all(kind, in: start ..| end)
            where kind == .deliberated || kind == .closing || anchored.mayBeHeading(range.lowerBound) {
                end = range.lowerBound
                break
            }
        }
        return end
    }
}
