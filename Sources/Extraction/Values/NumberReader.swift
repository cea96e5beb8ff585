/// Reads whole numbers, in digits or in French words.
enum NumberReader {
    /// A number and where it stands.
    struct Reading: Equatable {
        /// The number.
        let value: Int
        /// Where.
        let range: Range<Int>
        /// Whether it is written in words.
        let inWords: Bool
    }

    /// The number that begins at `position`: digits without groups ("101"), or words ("cent un", "vingt-et-une").
    static func read(at position: Int, in text: NormalizedText, limit: Int? = nil) -> Reading? {
        if let digits = text.integer(at: position, limit: limit) {
            return Reading(value: digits.value, range: digits.range, inWords: false)
        }
        return text.isWordStart(position) ? words(at: position, in: text, limit: limit) : nil
    }

    /// The number in words that begins at `position`.
    static func words(at position: Int, in text: NormalizedText, limit: Int? = nil) -> Reading? {
        let limit = min(limit ?? text.count, text.count)
        var sum = Sum()
        var end = position
        var next = position
        while next < limit {
            let word = text.word(at: next, limit: limit)
            guard let part = NumberWords.part(word, in: text), sum.add(part) else { break }
            end = word.upperBound
            next = following(end, in: text)
        }
        guard end > position, let value = sum.value else { return nil }
        return Reading(value: value, range: position..<end, inWords: true)
    }

    /// Where the next word of a number may begin: after a blank or a dash, and "et" before "un" or "onze".
    private static func following(_ end: Int, in text: NormalizedText) -> Int {
        var next = end
        if text[next] == UInt8(ascii: "-") || text[next].isBlank { next += 1 }
        while text[next] == FoldedByte.space, next < text.count { next += 1 }
        guard next > end else { return text.count }
        if let afterEt = text.match("et", at: next), text[afterEt] == UInt8(ascii: "-") || text[afterEt].isBlank {
            let word = text.word(at: afterEt + 1)
            let isUnit = text.equals(word, "un") || text.equals(word, "une") || text.equals(word, "onze")
            return isUnit ? afterEt + 1 : text.count
        }
        return next
    }

    /// The arithmetic of French number words.
    private struct Sum {
        private var total = 0
        private var current = 0
        private var lastScale = Int.max
        private var count = 0

        var value: Int? { count > 0 ? total + current : nil }

        /// Adds a word, unless it cannot follow what came before: then it begins another number.
        mutating func add(_ part: NumberWords.Part) -> Bool {
            let accepted =
                switch part {
                case .plain(let number): addPlain(number)
                case .hundred: multiplyByHundred()
                case .scale(let scale): close(scale)
                }
            if accepted { count += 1 }
            return accepted
        }

        private mutating func addPlain(_ number: Int) -> Bool {
            let rest = current % 100
            if number == 20, rest % 10 == 4, rest < 10 {
                current += 76
                return true
            }
            let isFree: Bool
            if rest == 0 {
                isFree = count == 0 || number > 0
            } else if rest == 60 || rest == 80 {
                isFree = number > 0 && number < 20
            } else if rest == 70 || rest == 90 || rest == 10 {
                isFree = (rest == 10 ? 7...9 : 1...9).contains(number)
            } else {
                isFree = rest >= 20 && rest % 10 == 0 && (1...9).contains(number)
            }
            if isFree { current += number }
            return isFree
        }

        private mutating func multiplyByHundred() -> Bool {
            guard current < 10 else { return false }
            current = max(current, 1) * 100
            return true
        }

        private mutating func close(_ scale: Int) -> Bool {
            guard scale < lastScale, current < 1_000 else { return false }
            total += max(current, 1) * scale
            current = 0
            lastScale = scale
            return true
        }
    }
}
