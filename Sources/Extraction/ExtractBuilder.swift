import Deliberations

/// The Extract in the making: readers put their facts into `extract`, and cite each with a JSON Pointer.
struct ExtractBuilder {
    /// What has been read.
    var extract: Extract
    /// The text it is read from.
    let text: NormalizedText
    /// Where each deliberation stands, in their order.
    var deliberationRanges: [Range<Int>] = []

    /// Cites the fact at `pointer`, for example "/session/date".
    mutating func cite(_ pointer: String, _ range: Range<Int>) {
        extract.provenance.cite(pointer, text.range(of: range))
    }

    /// Cites the element `index` of the list at `pointer`.
    mutating func cite(_ pointer: StaticString, _ index: Int, _ range: Range<Int>) {
        extract.provenance.cite(pointer, index, text.range(of: range))
    }

    /// Cites the elements of the list at `pointer`.
    mutating func cite<Value>(_ pointer: StaticString, _ list: [Cited<Value>]) {
        for index in list.indices { cite(pointer, index, list[index].range) }
    }

    /// Cites the member `member` ("/vote") of the element `index` of the list at `pointer`.
    mutating func cite(_ pointer: StaticString, _ index: Int, _ member: StaticString, _ range: Range<Int>) {
        extract.provenance.cite(Self.pointer(pointer, index) + "\(member)", text.range(of: range))
    }

    /// The deliberation that stands at `position`; the only one if there is but one.
    func deliberation(at position: Int) -> Int? {
        if deliberationRanges.count < 2 { return extract.deliberations.count == 1 ? 0 : nil }
        let next = deliberationRanges.partitioningIndex { $0.lowerBound > position }
        return next > 0 && deliberationRanges[next - 1].contains(position) ? next - 1 : nil
    }

    /// Says what was seen at `range` and could not be read.
    mutating func warn(_ code: String, _ message: String, _ range: Range<Int>?) {
        extract.warnings.append(ReadingWarning(code: code, message: message, range: range.map { text.range(of: $0) }))
    }

    /// `prefix`, a slash and a number, without the cost of interpolation.
    static func pointer(_ prefix: StaticString, _ index: Int) -> String {
        String(unsafeUninitializedCapacity: prefix.utf8CodeUnitCount + 20) { buffer in
            var count = 0
            prefix.withUTF8Buffer { letters in
                for letter in letters {
                    buffer[count] = letter
                    count += 1
                }
            }
            buffer[count] = UInt8(ascii: "/")
            count += 1
            var power = 1
            while index / power >= 10 { power *= 10 }
            while power > 0 {
                buffer[count] = UInt8(48 + index / power % 10)
                count += 1
                power /= 10
            }
            return count
        }
    }
}
