/// Finds the acts of a collection of extracts: each has its own heading, session and members.
enum ExtractCollection {
    /// A session is named within so many bytes after the heading of an act.
    private static let headLength = 400

    /// The acts in `range`, in order; none if there are not at least two.
    static func acts(
        _ anchored: AnchoredText, in range: Range<Int>, signs: DecisionSigns, headings: [Heading]
    )
        -> [DeliberationRange]
    {
        var starts: [Int] = []
        for register in anchored.all(.registerExtract, in: range) where isHead(register, in: anchored) {
            let start = start(of: register, headings, in: anchored)
            guard let last = starts.last else {
                starts.append(start)
                continue
            }
            if signs.any(in: last ..| start) { starts.append(start) }
        }
        guard starts.count > 1 else { return [] }
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : range.upperBound
            return DeliberationRange(range: starts[index] ..| end, bodyStart: starts[index], isWholeExtract: true)
        }
    }

    /// A heading in capitals or at the beginning of a line, with a session after it.
    private static func isHead(_ register: Range<Int>, in anchored: AnchoredText) -> Bool {
        guard anchored.beginsLine(register.lowerBound) || anchored.text.isAllCapitals(register) else { return false }
        let head = register.lowerBound ..| min(register.upperBound + headLength, anchored.text.count)
        return anchored.first(.sessionOn, in: head) != nil || anchored.first(.yearOpening, in: head) != nil
    }

    /// With the number of the act, if it stands just before the heading.
    private static func start(of register: Range<Int>, _ headings: [Heading], in anchored: AnchoredText) -> Int {
        let next = headings.partitioningIndex { $0.start >= register.lowerBound }
        guard next > 0, headings[next - 1].isNumber, register.lowerBound - headings[next - 1].start < 160 else {
            return anchored.text.line(at: register.lowerBound).lowerBound == 0 ? 0 : register.lowerBound
        }
        return headings[next - 1].start
    }
}
