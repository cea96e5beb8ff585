import Deliberations

/// Reads times of day: "18h00", "18 h", "18:00", "18 heures 30", "dix-neuf heures trente", "20H50".
enum TimeReader {
    /// A time and where it stands.
    struct Reading: Equatable {
        /// The time.
        let time: TimeOfDay
        /// Where.
        let range: Range<Int>
    }

    /// The time that begins at `position`.
    static func read(at position: Int, in text: NormalizedText, limit: Int? = nil) -> Reading? {
        let limit = min(limit ?? text.count, text.count)
        guard let hour = NumberReader.read(at: position, in: text, limit: limit), hour.range.count <= 20,
            let mark = mark(after: hour, in: text, limit: limit)
        else { return nil }
        let next = text.skipBlanks(from: mark, limit: limit, lines: false)
        let isColon = text[mark - 1] == UInt8(ascii: ":")
        if let minute = NumberReader.read(at: next, in: text, limit: limit), minute.range.count == 2 || minute.inWords,
            let time = TimeOfDay(hour: hour.value, minute: minute.value)
        {
            return Reading(time: time, range: position..<minute.range.upperBound)
        }
        guard !isColon, let time = TimeOfDay(hour: hour.value, minute: 0) else { return nil }
        return Reading(time: time, range: position..<mark)
    }

    /// Where the mark of hours after the number ends.
    private static func mark(after hour: NumberReader.Reading, in text: NormalizedText, limit: Int) -> Int? {
        let end = hour.range.upperBound
        if !hour.inWords, hour.range.count > 2 { return nil }
        if text[end] == UInt8(ascii: ":"), !hour.inWords { return end + 1 }
        let next = text.skipBlanks(from: end, limit: limit, lines: true)
        if let after = text.matchAny(["heures", "heure"], at: next) { return after }
        guard !hour.inWords, text[next] == UInt8(ascii: "h"), next < limit else { return nil }
        return text[next + 1].isLetter ? nil : next + 1
    }

    /// The first time in `range`.
    static func first(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        var position = range.lowerBound
        while position < range.upperBound {
            if text.isWordStart(position), let reading = read(at: position, in: text, limit: range.upperBound) {
                return reading
            }
            position += 1
        }
        return nil
    }
}
