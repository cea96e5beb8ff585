import Deliberations

/// Reads transmission, publication and the prefecture's stamps.
struct ActRecordReader {
    /// What was read.
    private(set) var record = ActRecord()
    /// Where, by the member's name.
    private(set) var ranges: [(member: String, range: Range<Int>)] = []
    /// The department and the SIREN number inside the prefecture's identifier.
    private(set) var department: String?
    private(set) var siren: String?
    /// The different identifiers in the text: several mean several acts.
    private(set) var identifiers: [String] = []
    private let anchored: AnchoredText
    private var text: NormalizedText { anchored.text }

    /// Reads what the whole act says, for a session on `session`.
    init(_ anchored: AnchoredText, act: Range<Int>, session: CivilDate) {
        self.anchored = anchored
        record.publishedOn = date(.published, "publishedOn", act, notBefore: session)
        record.receivedOn = date(.received, "receivedOn", act, notBefore: session)
        record.sentOn = date(.sent, "sentOn", act, notBefore: session)
        record.executoryOn = date(.executory, "executoryOn", act, notBefore: session)
        readMode(act)
        readIdentifier(act)
    }

    /// The first date after a label of `kind` that is not before the session, nor years after it.
    private mutating func date(
        _ kind: Anchor, _ member: String, _ act: Range<Int>, notBefore session: CivilDate
    ) -> CivilDate? {
        for label in anchored.all(kind, in: act) {
            let window = afterColon(label.upperBound) ..| min(label.upperBound + 40, text.count)
            guard window.lowerBound < window.upperBound, let reading = DateReader.stamped(in: window, of: text),
                let date = reading.date, date >= session, date - session < 500
            else { continue }
            ranges.append((member, reading.range))
            return date
        }
        return nil
    }

    private func afterColon(_ position: Int) -> Int {
        var next = text.skipSeparators(from: position, limit: text.count)
        if let end = text.matchAny(["en ligne", "de l'acte", "le"], at: next) { next = end }
        return next
    }

    private mutating func readMode(_ act: Range<Int>) {
        guard let date = ranges.first(where: { $0.member == "publishedOn" })?.range,
            let label = anchored.all(.published, in: act).last(where: { $0.upperBound <= date.lowerBound })
        else { return }
        let modes: [StaticString] = [
            "mis en ligne", "mise en ligne", "publie en ligne", "affiche", "affichee", "date d'affichage", "affichage",
        ]
        guard let mode = modes.first(where: { text.find($0, in: label) != nil }),
            let range = text.find(mode, in: label)
        else { return }
        record.publicationMode = text.words(of: range)
    }

    // MARK: Identifier

    /// `025-242500361-20240926-D00723510-DE`: of several printings one without blanks is taken.
    private mutating func readIdentifier(_ act: Range<Int>) {
        var best: (range: Range<Int>, hasBlank: Bool)?
        var position = act.lowerBound
        while let dash = text.firstIndex(of: UInt8(ascii: "-"), in: position ..| act.upperBound) {
            guard let range = identifier(around: dash) else {
                position = dash + 1
                continue
            }
            let hasBlank = text.firstIndex(of: FoldedByte.space, in: range) != nil
            if best == nil || (best?.hasBlank == true && !hasBlank) { best = (range, hasBlank) }
            let words = text.words(of: range)
            if !hasBlank, !identifiers.contains(words) { identifiers.append(words) }
            position = range.upperBound
        }
        guard let best else { return }
        record.prefectureID = text.words(of: best.range)
        ranges.append(("prefectureID", best.range))
        let fields = text.words(of: best.range).split(separator: "-")
        if fields.count > 1 {
            siren = String(fields[1])
            department = fields[0].hasPrefix("0") ? String(fields[0].dropFirst()) : String(fields[0])
        }
    }

    /// The identifier whose first dash stands at `dash`.
    private func identifier(around dash: Int) -> Range<Int>? {
        let start = dash - 3
        guard start >= 0, isDepartment(start), !text[start - 1].isWord,
            digits(9, at: dash + 1), text[dash + 10] == UInt8(ascii: "-"), digits(8, at: dash + 11),
            text[dash + 19] == UInt8(ascii: "-")
        else { return nil }
        var end = dash + 20
        while end < min(text.count, dash + 60) {
            guard
                text[end].isWord || text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "_")
                    || text[end] == UInt8(ascii: ".")
                    || text[end] == FoldedByte.space
            else { return nil }
            if text[end] == UInt8(ascii: "-"), end > dash + 20,
                let nature = text.matchAny(["de", "ar", "ai", "cc", "bf", "au"], at: end + 1)
            {
                return start ..| nature
            }
            end += 1
        }
        return nil
    }

    private func isDepartment(_ start: Int) -> Bool {
        guard text[start].isDigit, text[start + 1].isDigit else { return false }
        let last = text[start + 2]
        return last.isDigit || last == UInt8(ascii: "a") || last == UInt8(ascii: "b")
    }

    private func digits(_ count: Int, at start: Int) -> Bool {
        (0 ..| count).allSatisfy { text[start + $0].isDigit } && !text[start + count].isDigit
    }
}

extension DateReader {
    /// A date at the beginning of a stamp's field. A scanner's digit for one of the two slashes ("21/1212022") is read
    /// past, for it leaves one reading.
    static func stamped(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        if let reading = leading(in: range, of: text) { return reading }
        let start = text.skipSeparators(from: range.lowerBound, limit: range.upperBound)
        guard start + 10 <= text.count, !text[start + 10].isWord, isSlash(text[start + 2]), isSlash(text[start + 5]),
            text[start + 2] == UInt8(ascii: "/") || text[start + 5] == UInt8(ascii: "/"),
            let day = text.integer(at: start, limit: start + 2),
            let month = text.integer(at: start + 3, limit: start + 5),
            let year = text.integer(at: start + 6, limit: start + 10), day.range.count == 2, month.range.count == 2,
            year.range.count == 4, CivilDate(year: year.value, month: month.value, day: day.value) != nil
        else { return nil }
        return Reading(day: day.value, month: month.value, year: year.value, range: start ..| (start + 10))
    }

    private static func isSlash(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "1") || byte == UInt8(ascii: "l") || byte == UInt8(ascii: "i")
    }
}
