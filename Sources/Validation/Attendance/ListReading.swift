import Deliberations

/// Whether the reader left words out of a list of members: then a name may be missing, and nothing is said of the count.
enum ListReading {
    /// Whether nothing was left unread in `list` (`present`, `absent`, `proxies`) of the session's attendance. An empty
    /// list of members is whole; of no proxies nothing can be said.
    static func isWhole(list: String, of review: Review) -> Bool {
        let attendance = review.extract.attendance
        let count =
            switch list {
            case "present": attendance.present?.count ?? 0
            case "absent": attendance.absent?.count ?? 0
            default: attendance.proxies?.count ?? 0
            }
        if count == 0 { return list != "proxies" }
        let pointers = (0..<count).map { review.sitting.pointer(list, $0) }
        let localities = Set(review.sitting.roll.persons.compactMap(\.locality))
        return isWhole(pointers, localities: localities, in: review)
    }

    /// Whether the words between the first and the last citation of `pointers`, and after it to the end of its line,
    /// hold nothing but civilities, communes, what stands in brackets, and words without a capital.
    static func isWhole(_ pointers: [String], localities: Set<FoldedName>, in review: Review) -> Bool {
        let ranges = pointers.compactMap { review.citations.range(at: $0) }.sorted { $0.start < $1.start }
        guard !pointers.isEmpty, ranges.count == pointers.count else { return false }
        let known = Set(localities.flatMap { $0.words.map(Array.init) })
        for (range, next) in zip(ranges, ranges.dropFirst()) where range.end < next.start {
            if hasUnreadName(TextRange(range.end, next.start), known, review.text) { return false }
        }
        let end = ranges[ranges.count - 1].end
        let newline = review.text[min(end, review.text.count)...].firstIndex(of: UInt8(ascii: "\n"))
        return !hasUnreadName(TextRange(end, newline ?? review.text.count), known, review.text)
    }

    private static let civilities: Set<[UInt8]> = Set(
        ["M", "MM", "MME", "MMES", "MLLE", "MR", "MONSIEUR", "MADAME", "MESSIEURS", "MESDAMES", "ET"].map {
            Array($0.utf8)
        })

    private static func hasUnreadName(_ range: TextRange, _ known: Set<[UInt8]>, _ text: [UInt8]) -> Bool {
        guard range.start < range.end, range.end <= text.count else { return false }
        var depth = 0
        var word: [UInt8] = []
        for byte in text[range.start..<range.end] + [LatinFolding.space] {
            if byte == UInt8(ascii: "(") { depth += 1 }
            let isPart = byte >= 0x80 || LatinFolding.ascii(byte) != LatinFolding.space
            if isPart, depth == 0 { word.append(byte) }
            if !isPart || depth > 0 {
                if isUnread(word, known) { return true }
                word.removeAll(keepingCapacity: true)
            }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
        }
        return false
    }

    private static func isUnread(_ word: [UInt8], _ known: Set<[UInt8]>) -> Bool {
        guard word.count > 1, let first = word.first, (0x41...0x5A).contains(first) || first >= 0xC3 else {
            return false
        }
        let folded = word.withUnsafeBufferPointer { LatinFolding.fold($0) }
        return folded.count > 1 && !civilities.contains(folded) && !known.contains(folded)
    }
}
