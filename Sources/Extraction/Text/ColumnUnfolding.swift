/// Puts two columns of a page after each other, where a converter has laid them side by side.
///
/// Extracts often have a narrow column (service, number of the act) left of the session and the members; with its words
/// in every line no sentence could be read. The right column comes first, then the cells of the left one.
struct ColumnUnfolding {
    private let source: [UInt8]
    private let folded: [UInt8]
    private let origin: [UInt32]
    private var lines: [Line] = []
    private var column = 0

    /// A right column begins at least so many characters from the left.
    static let leastColumn = 20
    /// So many lines have to begin there.
    static let leastLines = 4

    private struct Line {
        let range: Range<Int>
        let indent: Int
        var split: Int?
    }

    /// The text with its columns after each other, or nil if it has none side by side.
    static func unfold(
        _ source: [UInt8], _ text: TextNormalizer.Result
    ) -> (folded: [UInt8], origin: [UInt32])? {
        guard text.indentedLines >= leastLines else { return nil }
        var unfolding = Self(source: source, folded: text.folded, origin: text.origin)
        return unfolding.run()
    }

    private init(source: [UInt8], folded: [UInt8], origin: [UInt32]) {
        self.source = source
        self.folded = folded
        self.origin = origin
    }

    private mutating func run() -> (folded: [UInt8], origin: [UInt32])? {
        readLines()
        guard let column = rightColumn() else { return nil }
        self.column = column
        for index in lines.indices { lines[index].split = split(of: lines[index]) }
        guard let region = region(), !holdsItems(region) else { return nil }
        return rebuilt(region)
    }

    private mutating func readLines() {
        var start = 0
        while start < folded.count {
            let end = first(FoldedByte.newline, in: start..<folded.count) ?? folded.count
            if end > start { lines.append(Line(range: start..<end, indent: indent(at: start), split: nil)) }
            start = end + 1
        }
    }

    private func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        folded.withUnsafeBufferPointer { bytes in
            ByteSearch.first(in: range, of: bytes) { ByteSearch.marks(of: byte, in: $0) }
        }
    }

    private func indent(at position: Int) -> Int {
        let offset = Int(origin[position])
        var start = offset
        while start > 0, source[start - 1] == FoldedByte.space { start -= 1 }
        return start == 0 || source[start - 1] == FoldedByte.newline ? offset - start : 0
    }

    /// The indent that most of the deeply indented lines share.
    private func rightColumn() -> Int? {
        var counts = [Int](repeating: 0, count: 128)
        for line in lines where line.indent >= Self.leastColumn && line.indent < 100 && line.range.count > 20 {
            counts[line.indent] += 1
        }
        func nearby(_ indent: Int) -> Int { counts[indent - 1] + counts[indent] + counts[indent + 1] }
        guard let best = (Self.leastColumn..<100).max(by: { nearby($0) < nearby($1) }), nearby(best) >= Self.leastLines
        else { return nil }
        return best
    }

    /// Where the cell of the right column begins in a line that has both.
    private func split(of line: Line) -> Int? {
        guard line.indent < column - 6 else { return nil }
        var position = line.range.lowerBound
        while let tab = first(FoldedByte.tab, in: position..<line.range.upperBound) {
            if abs(characters(before: tab + 1, in: line) - column) <= 3 { return tab }
            position = tab + 1
        }
        return nil
    }

    private func characters(before position: Int, in line: Line) -> Int {
        guard position < line.range.upperBound else { return 0 }
        let start = Int(origin[line.range.lowerBound])
        return line.indent + source[start..<Int(origin[position])].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    private func isRight(_ line: Line) -> Bool { line.indent >= column - 3 }

    private func isLeft(_ line: Line) -> Bool {
        line.indent < column - 6 && line.split == nil && line.indent + line.range.count < column
    }

    /// The lines from the first to the last that has both columns, widened by lines of one column.
    private func region() -> Range<Int>? {
        guard let first = lines.firstIndex(where: { $0.split != nil }) else { return nil }
        var lower = first
        while lower > 0, isRight(lines[lower - 1]) || isLeft(lines[lower - 1]) { lower -= 1 }
        var upper = first
        while upper < lines.count, lines[upper].split != nil || isRight(lines[upper]) || isLeft(lines[upper]) {
            upper += 1
        }
        let mixed = lines[lower..<upper].filter { $0.split != nil }.count
        return mixed >= 2 ? lower..<upper : nil
    }

    /// Whether cells of the left column end with the numbers of items ("Name  4."): rows of a table, to be read as they are.
    private func holdsItems(_ region: Range<Int>) -> Bool {
        let items = lines[region].lazy.filter { line in
            guard let split = line.split, split > line.range.lowerBound + 1 else { return false }
            return folded[split - 1] == UInt8(ascii: ".") && folded[split - 2].isDigit
        }
        return items.prefix(3).count == 3
    }

    private func rebuilt(_ region: Range<Int>) -> (folded: [UInt8], origin: [UInt32]) {
        var result = Rebuilt(capacity: folded.count + region.count + 8)
        let lower = lines[region.lowerBound].range.lowerBound
        let upper = lines[region.upperBound - 1].range.upperBound
        result.append(0..<lower, of: folded, origin)
        for index in region where !isLeft(lines[index]) {
            let line = lines[index]
            result.append(
                (line.split.map { $0 + 1 } ?? line.range.lowerBound)..<line.range.upperBound, of: folded, origin)
            let isParagraph =
                index + 1 < region.upperBound && lines[index + 1].range.lowerBound > line.range.upperBound + 1
            result.append(isParagraph ? 2 : 1, newlinesAt: origin[line.range.upperBound])
        }
        result.append(1, newlinesAt: origin[upper])
        for line in lines[region] where line.split != nil || isLeft(line) {
            result.append(line.range.lowerBound..<(line.split ?? line.range.upperBound), of: folded, origin)
            result.append(1, newlinesAt: origin[line.split ?? line.range.upperBound])
        }
        result.append(1, newlinesAt: origin[upper])
        result.append(min(upper + 1, folded.count)..<folded.count, of: folded, origin)
        result.origin.append(UInt32(truncatingIfNeeded: source.count))
        return (result.folded, result.origin)
    }

    private struct Rebuilt {
        var folded: [UInt8] = []
        var origin: [UInt32] = []

        init(capacity: Int) {
            folded.reserveCapacity(capacity)
            origin.reserveCapacity(capacity + 1)
        }

        mutating func append(_ range: Range<Int>, of bytes: [UInt8], _ origins: [UInt32]) {
            folded += bytes[range]
            origin += origins[range]
        }

        mutating func append(_ count: Int, newlinesAt offset: UInt32) {
            for _ in 0..<count
            where folded.count < 2 || folded[folded.count - 1] != 10 || folded[folded.count - 2] != 10 {
                folded.append(FoldedByte.newline)
                origin.append(offset)
            }
        }
    }
}
