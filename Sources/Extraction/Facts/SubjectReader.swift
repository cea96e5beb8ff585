import Deliberations

/// Reads what the act is about.
enum SubjectReader {
    /// The title in `identity`: after "Objet :", after the item or the number, or before the person who reports.
    static func subject(
        in anchored: AnchoredText, identity: Range<Int>, after start: Int, item: Range<Int>?, number: Range<Int>?
    ) -> Cited<String>? {
        let end = identity.upperBound
        let ranges = [
            labelled(in: anchored, range: identity), item.flatMap { rest(after: $0, in: anchored) },
            number.flatMap { afterNumber($0, in: anchored) }, beforeReport(in: anchored, after: start, before: end),
            number.flatMap { before($0, in: anchored) },
        ]
        for case let range? in ranges {
            let trimmed = trim(range, in: anchored.text)
            if trimmed.count >= 6 { return Cited(value: anchored.text.words(of: trimmed), range: trimmed) }
        }
        return nil
    }

    private static func labelled(in anchored: AnchoredText, range: Range<Int>) -> Range<Int>? {
        let text = anchored.text
        for range in anchored.all(.subject, in: range)
        where anchored.mayBeHeading(range.lowerBound) || text.equals(range, "biet") || text.equals(range, "bjet") {
            let next = text.skipBlanks(from: range.upperBound, lines: false)
            guard text[next] == UInt8(ascii: ":") || text[next] == UInt8(ascii: "-") || text[next] == FoldedByte.tab
            else {
                continue
            }
            let start = text.skipSeparators(from: next, limit: text.count)
            return start ..| titleEnd(from: start, in: anchored)
        }
        return nil
    }

    /// The title after a number: on the same line after a dash or a colon, else the next paragraph if it is short.
    private static func rest(after range: Range<Int>, in anchored: AnchoredText) -> Range<Int>? {
        let text = anchored.text
        let next = text.skipBlanks(from: range.upperBound, lines: false)
        let isSameLine = text[next] != FoldedByte.newline
        let start = text.skipSeparators(from: next, limit: text.count)
        guard start < text.count, text[start].isLetter || text[start] == UInt8(ascii: "\"") else { return nil }
        let isBody = anchored.firstStart(of: bodyOpenings, from: start, limit: start + 1) != nil
        if isBody || isStop(at: start, in: text) || AttendanceSections.isHeading(at: start, in: anchored) { return nil }
        let end = titleEnd(from: start, in: anchored)
        if !isSameLine, end - start > 400 { return nil }
        return start ..| end
    }

    /// The title after a number; none if a sentence follows it and the title stands before it.
    private static func afterNumber(_ number: Range<Int>, in anchored: AnchoredText) -> Range<Int>? {
        let text = anchored.text
        let next = text.skipSeparators(from: number.upperBound, limit: text.count)
        let second = text.skipBlanks(from: text.word(at: next).upperBound)
        let isSentence = text.matchAny(sentenceOpenings, at: next) != nil && !text.isCapital(at: second)
        if isSentence, before(number, in: anchored) != nil { return nil }
        return rest(after: number, in: anchored)
    }

    private static let sentenceOpenings: [StaticString] = [
        "le", "la", "les", "il", "par", "dans", "suite", "en", "lors", "depuis", "afin", "ce", "cette", "un", "une",
    ]

    /// The paragraph before "X rapporte :".
    private static func beforeReport(in anchored: AnchoredText, after start: Int, before end: Int) -> Range<Int>? {
        let text = anchored.text
        for range in anchored.all(.reports, in: start ..| max(start, end)) {
            let line = text.line(at: range.lowerBound)
            let upper = text.trimmed(start ..| max(start, line.lowerBound)).upperBound
            var lower = upper
            while lower > start, !(text[lower - 1] == FoldedByte.newline && text[lower - 2] == FoldedByte.newline) {
                lower -= 1
            }
            return upper - lower >= 10 && upper - lower <= 500 ? lower ..| upper : nil
        }
        return nil
    }

    /// The words between the last list of members and a number that stands after the title.
    private static func before(_ number: Range<Int>, in anchored: AnchoredText) -> Range<Int>? {
        let text = anchored.text
        guard let secretary = anchored.all(.secretary, in: 0 ..| number.lowerBound).last,
            let person = PresidencyReader.person(after: secretary.upperBound, in: text)
        else { return nil }
        var upper = number.lowerBound
        while upper > person.range.upperBound, !text[upper - 1].isLetter || text[upper - 2] == FoldedByte.space {
            upper -= 1
        }
        return person.range.upperBound < upper && upper - person.range.upperBound < 300
            ? person.range.upperBound ..| upper : nil
    }

    private static let bodyOpenings: [Anchor] = [
        .recital, .rapporteur, .deliberated, .received, .sent, .secretary, .convoked, .inOffice, .present, .actNumber,
        .absent, .decides,
    ]

    /// Where a title ends: with its paragraph, or before words that open the body.
    private static func titleEnd(from start: Int, in anchored: AnchoredText) -> Int {
        let text = anchored.text
        var end = min(text.paragraphEnd(from: start), start + 700)
        for kind in bodyOpenings {
            for range in anchored.all(kind, in: start ..| end) where range.lowerBound > start + 5 {
                guard anchored.mayBeHeading(range.lowerBound), isOpening(range, kind, in: anchored) else { continue }
                end = min(end, range.lowerBound)
                break
            }
        }
        return stop(from: start, before: end, in: text)
    }

    private static func isOpening(_ range: Range<Int>, _ kind: Anchor, in anchored: AnchoredText) -> Bool {
        // In a title all in capitals every wording begins with a capital: only a line's beginning or a colon tells.
        guard anchored.text.isAllCapitals(range), !anchored.beginsLine(range.lowerBound) else { return true }
        return kind == .recital && range.count == 2 || kind == .rapporteur
    }

    private static let stops: [StaticString] = [
        "l'an", "monsieur le maire", "madame le maire", "madame la maire", "m. le maire", "mme le maire",
        "mme la maire",
        "le maire", "la maire",
        "monsieur le president", "madame la presidente", "le president", "la presidente", "le conseil", "l'assemblee",
        "sur proposition",
        "sur rapport", "il est", "monsieur", "madame", "le rapporteur", "mesdames", "mme", "accuse de reception",
        "conformement",
        "dans le cadre", "expose",
    ]

    static func isStop(at position: Int, in text: NormalizedText) -> Bool {
        text.isCapital(at: position) && text.matchAny(stops, at: position) != nil
    }

    private static func stop(from start: Int, before end: Int, in text: NormalizedText) -> Int {
        var position = start + 6
        while position < end {
            if text.isWordStart(position), text[position - 1].isBlank, isStop(at: position, in: text),
                !text.isCapital(at: position + 1) || text[position - 1] == FoldedByte.newline
            {
                return position
            }
            position += 1
        }
        return end
    }

    /// Without separators, quotation marks around the whole, and a stray numeral at the end.
    private static func trim(_ range: Range<Int>, in text: NormalizedText) -> Range<Int> {
        var range = text.trimmedOfPunctuation(range)
        while let last = range.last, text[last - 1] == FoldedByte.space, range.count > 20,
            text[last].isLetter || text[last] == UInt8(ascii: "|"),
            text[last] != UInt8(ascii: "a")
        {
            range = text.trimmedOfPunctuation(range.lowerBound ..| last)
        }
        if text[range.upperBound] == UInt8(ascii: "."), text[range.upperBound - 2] == UInt8(ascii: ".") {
            return range.lowerBound ..| (range.upperBound + 1)
        }
        return range
    }
}

extension AttendanceSections {
    /// Whether a list of members or a count of them is announced at `position`.
    static func isHeading(at position: Int, in anchored: AnchoredText) -> Bool {
        anchored.firstStart(
            of: [.present, .absent, .excused, .represented, .proxies, .inOffice], from: position, limit: position + 1)
            != nil
    }
}
