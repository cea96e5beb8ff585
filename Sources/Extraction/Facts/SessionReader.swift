import Deliberations

/// Reads when and where the session sat.
enum SessionReader {
    /// The day, and the day of the week printed beside it.
    static func date(
        in anchored: AnchoredText, head: Range<Int>, preamble: Range<Int>
    ) -> Cited<DateReader.Reading>? {
        confirmed(in: anchored, head) ?? heading(in: anchored, head) ?? opening(in: anchored, preamble: head)
            ?? afterAssembly(in: anchored, head) ?? heading(in: anchored, preamble)
            ?? opening(in: anchored, preamble: preamble) ?? afterListTitle(in: anchored)
    }

    /// "Liste des délibérations votées / Le 16 mai 2031".
    private static func afterListTitle(in anchored: AnchoredText) -> Cited<DateReader.Reading>? {
        guard let title = anchored.first(.listTitle, in: 0 ..| min(1_500, anchored.text.count)) else { return nil }
        let window = title.upperBound ..| min(title.upperBound + 200, anchored.text.count)
        return DateReader.first(in: window, of: anchored.text).map { Cited(value: $0, range: $0.range) }
    }

    /// "Séance du 17 mars" against another day beside the assembly's name, if "L'an…" says the same.
    private static func confirmed(in anchored: AnchoredText, _ head: Range<Int>) -> Cited<DateReader.Reading>? {
        let headings = headings(in: anchored, head)
        guard headings.count > 1, let first = headings[0].value.date,
            let opening = anchored.all(.yearOpening, in: head).lazy.compactMap({
                DateReader.read(at: $0.lowerBound, in: anchored.text)?.date
            }).first, opening != first
        else { return nil }
        return headings.first { $0.value.date == opening }
    }

    /// "Conseil municipal 7 octobre 2031" in a title without "du".
    private static func afterAssembly(in anchored: AnchoredText, _ head: Range<Int>) -> Cited<DateReader.Reading>? {
        let text = anchored.text
        for range in anchored.all(.assembly, in: head.lowerBound ..| min(head.upperBound, head.lowerBound + 1_500)) {
            let isTitle = range.lowerBound < head.lowerBound + 300
            let window = range.upperBound ..| min(range.upperBound + (isTitle ? 90 : 40), text.count)
            let found =
                DateReader.leading(in: window, of: text) ?? (isTitle ? DateReader.first(in: window, of: text) : nil)
            if let reading = found, reading.date != nil {
                return Cited(value: reading, range: reading.range)
            }
        }
        return nil
    }

    /// "Séance du jeudi 26 septembre 2024".
    private static func heading(in anchored: AnchoredText, _ preamble: Range<Int>) -> Cited<DateReader.Reading>? {
        for range in anchored.all(.sessionOn, in: preamble) {
            if let reading = reading(after: range, in: anchored) { return reading }
        }
        return nil
    }

    /// All such headings.
    private static func headings(in anchored: AnchoredText, _ preamble: Range<Int>) -> [Cited<DateReader.Reading>] {
        anchored.all(.sessionOn, in: preamble).prefix(6).compactMap { reading(after: $0, in: anchored) }
    }

    private static func reading(after range: Range<Int>, in anchored: AnchoredText) -> Cited<DateReader.Reading>? {
        guard !followsReference(range, in: anchored) else { return nil }
        let window = range.upperBound ..| min(range.upperBound + 60, anchored.text.count)
        guard let reading = DateReader.leading(in: window, of: anchored.text), reading.date != nil else { return nil }
        return Cited(value: reading, range: reading.range)
    }

    /// "L'an deux mille vingt, le 25 février", or the date after "réuni".
    private static func opening(in anchored: AnchoredText, preamble: Range<Int>) -> Cited<DateReader.Reading>? {
        let text = anchored.text
        for range in anchored.all(.yearOpening, in: preamble) {
            if let reading = DateReader.read(at: range.lowerBound, in: text), reading.date != nil {
                return Cited(value: reading, range: reading.range)
            }
        }
        for range in anchored.all(.gathered, in: preamble) {
            let after = range.upperBound ..| min(range.upperBound + 200, text.count)
            let before = max(0, range.lowerBound - 160) ..| range.lowerBound
            for window in [after, before] {
                if let reading = DateReader.first(in: window, of: text) {
                    return Cited(value: reading, range: reading.range)
                }
            }
        }
        return nil
    }

    /// "le procès-verbal de la séance du…" inside a text speaks of another session.
    private static func followsReference(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        let text = anchored.text
        let before = max(0, range.lowerBound - 60) ..| range.lowerBound
        return text.find("approbation", in: before) != nil || text.find("precedente", in: before) != nil
            || text.find("arret", in: before) != nil || text.find("convocation", in: before) != nil
            || text.find("prochain", in: before) != nil || text.find("prochaine", in: before) != nil
    }

    /// When it was opened: "ouverte à 18h00", or the time after its date.
    static func openedAt(
        _ date: CivilDate, in anchored: AnchoredText, preamble: Range<Int>
    ) -> Cited<TimeOfDay>? {
        if let labelled = time(after: .opened, in: anchored, preamble) { return labelled }
        let text = anchored.text
        if let time = timeAfterDay(date, in: text, preamble) { return time }
        for range in anchored.all(.gathered, in: preamble) {
            if let time = time(after: range.upperBound, in: text) { return time }
        }
        return anchored.all(.gathered, in: preamble).lazy.compactMap { timeAfterPlace($0, in: anchored) }.first
    }

    /// The time after the date: "le 26 septembre 2024 à 18h00".
    private static func timeAfterDay(
        _ date: CivilDate, in text: NormalizedText, _ preamble: Range<Int>
    ) -> Cited<TimeOfDay>? {
        let (month, day) = (date.month, date.day)
        var found: Cited<TimeOfDay>?
        var free = 0
        DateStarts.forEach(in: preamble, of: text) { position in
            guard position >= free, let reading = DateReader.read(at: position, in: text), reading.month == month,
                reading.day == day
            else { return true }
            free = reading.range.upperBound + 1
            found = time(after: reading.range.upperBound, in: text)
            return found == nil
        }
        return found
    }

    /// "s'est réuni dans la salle des fêtes à 20 h 00, sous la présidence…".
    private static func timeAfterPlace(_ gathered: Range<Int>, in anchored: AnchoredText) -> Cited<TimeOfDay>? {
        let text = anchored.text
        let limit = min(anchored.sentenceEnd(from: gathered.upperBound, limit: 220), text.count)
        var position = gathered.upperBound
        while let to = text.find("a", in: position ..| limit) {
            let next = text.skipBlanks(from: to.upperBound)
            if let time = TimeReader.read(at: next, in: text, limit: limit) {
                return Cited(value: time.time, range: time.range)
            }
            position = to.upperBound
        }
        return nil
    }

    /// When it was closed.
    static func closedAt(in anchored: AnchoredText, within range: Range<Int>) -> Cited<TimeOfDay>? {
        time(after: .closed, in: anchored, range)
    }

    private static func time(after kind: Anchor, in anchored: AnchoredText, _ range: Range<Int>) -> Cited<TimeOfDay>? {
        for anchor in anchored.all(kind, in: range) {
            if let time = time(after: anchor.upperBound, in: anchored.text) { return time }
        }
        return nil
    }

    /// A time right after `position`: ", à 20h30", "à partir de 19 heures".
    private static func time(after position: Int, in text: NormalizedText) -> Cited<TimeOfDay>? {
        let limit = min(position + 60, text.count)
        var next = text.skipSeparators(from: position, limit: limit)
        if let end = text.matchAny(["a partir de", "a compter de", "a", "des"], at: next) {
            next = text.skipBlanks(from: end, limit: limit)
        }
        return TimeReader.read(at: next, in: text, limit: limit).map { Cited(value: $0.time, range: $0.range) }
    }

    /// When the notice was sent: not after the session, and not weeks before it (an older date is another session's).
    static func convokedOn(
        _ date: CivilDate, in anchored: AnchoredText, preamble: Range<Int>
    ) -> Cited<CivilDate>? {
        let text = anchored.text
        for range in anchored.all(.convoked, in: preamble) {
            let limit = min(anchored.sentenceEnd(from: range.upperBound, limit: 200), text.count)
            var found: Cited<CivilDate>?
            DateStarts.forEach(in: range.upperBound ..| limit, of: text) { position in
                guard let reading = DateReader.read(at: position, in: text, limit: limit),
                    let day = plausible(reading, date), day <= date, date - day < 45,
                    day != date || position < range.upperBound + 8
                else { return true }
                found = Cited(value: day, range: reading.range)
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// The day of a notice; "deux mille" at a torn line's end is no year.
    private static func plausible(_ reading: DateReader.Reading, _ session: CivilDate) -> CivilDate? {
        guard reading.year == 2_000, session.year > 2_001 else { return reading.date(inYear: session.year) }
        return CivilDate(year: session.year, month: reading.month, day: reading.day)
    }

    /// Where it sat: the words between "réuni" and ", sous la présidence".
    static func place(in anchored: AnchoredText, preamble: Range<Int>) -> Cited<String>? {
        let text = anchored.text
        guard let gathered = anchored.all(.gathered, in: preamble).first,
            let presidency = anchored.first(.presidency, in: gathered.upperBound ..| preamble.upperBound),
            presidency.lowerBound - gathered.upperBound < 200
        else { return nil }
        var range = text.trimmedOfPunctuation(gathered.upperBound ..| presidency.lowerBound)
        if let date = DateReader.first(in: range, of: text) {
            range = text.trimmedOfPunctuation(range.lowerBound ..| beforeArticle(date.range.lowerBound, in: text))
        }
        guard range.count >= 5 else { return nil }
        return Cited(value: text.words(of: range), range: range)
    }

    private static func beforeArticle(_ position: Int, in text: NormalizedText) -> Int {
        text.match("le ", at: position - 3) == position ? position - 3 : position
    }

    /// The order in which the items were taken.
    static func orderOfPassage(in anchored: AnchoredText, preamble: Range<Int>) -> Cited<[AgendaItem]>? {
        let text = anchored.text
        guard let heading = anchored.first(.orderOfPassage, in: preamble) else { return nil }
        var items: [AgendaItem] = []
        var position = text.skipSeparators(from: heading.upperBound, limit: text.count)
        var end = position
        while let number = text.integer(at: position) {
            end = number.range.upperBound
            items.append(AgendaItem(text.words(of: number.range)))
            var next = text.skipBlanks(from: end, lines: false)
            guard text[next] == UInt8(ascii: ",") || text[next] == UInt8(ascii: "-") || text[next] == UInt8(ascii: ";")
            else { break }
            next = text.skipBlanks(from: next + 1)
            position = next
        }
        return items.isEmpty ? nil : Cited(value: items, range: heading.lowerBound ..| end)
    }
}
