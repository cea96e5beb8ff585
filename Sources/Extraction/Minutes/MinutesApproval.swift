/// Finds the approval of the previous minutes where it has no heading: "Le procès-verbal de la séance du… est adopté".
enum MinutesApproval {
    /// The approval in `range`, if a result is printed with the words that name those minutes.
    static func find(_ anchored: AnchoredText, in range: Range<Int>) -> DeliberationRange? {
        let text = anchored.text
        for minutes in anchored.all(.minutesTitle, in: range) {
            let end = min(anchored.sentenceEnd(from: minutes.upperBound, limit: 260), range.upperBound)
            let start = sentenceStart(before: minutes.lowerBound, in: anchored, range)
            guard let title = title(minutes, limit: end, in: text), isApproved(anchored, start ..| end, after: title)
            else { continue }
            return DeliberationRange(range: start ..| end, title: title, bodyStart: start)
        }
        return nil
    }

    /// The words that name the minutes, up to their date.
    private static func title(_ minutes: Range<Int>, limit: Int, in text: NormalizedText) -> Range<Int>? {
        let window = minutes.upperBound ..| min(limit, minutes.upperBound + 110)
        guard let date = DateReader.first(in: window, of: text) else { return nil }
        return minutes.lowerBound ..| date.range.upperBound
    }

    private static func isApproved(_ anchored: AnchoredText, _ sentence: Range<Int>, after title: Range<Int>) -> Bool {
        let kinds: [Anchor] = [.unanimity, .majority]
        if kinds.contains(where: { anchored.first($0, in: sentence) != nil }) { return true }
        let text = anchored.text
        return anchored.all(.adopted, in: sentence).contains { wording in
            let before = text.skipBlanksBack(from: wording.lowerBound)
            return ["est", "sont", "ete", "conseil"].contains { (word: StaticString) in
                let start = before - word.utf8CodeUnitCount
                return start >= 0 && text.match(word, at: start) == before
            }
        }
    }

    private static func sentenceStart(before position: Int, in anchored: AnchoredText, _ range: Range<Int>) -> Int {
        max(range.lowerBound, anchored.sentenceStart(before: position, limit: 240))
    }
}
