/// What the text layer of a PDF says of its pages: which are written, and which may be scans.
///
/// A scan that passed through the prefecture's transmission has a text layer too: the stamp, and perhaps a header or the
/// number of the page. A page is judged by what it says beyond those.
struct TextLayer {
    /// The pages, from 0, with too little text to be written ones, or with letters that mean nothing.
    private(set) var sparsePages: [Int] = []
    /// Those of them whose fonts do not say which letters they draw.
    private(set) var garbledPages: Set<Int> = []
    /// Whether no page says anything.
    private(set) var isWithoutText = true

    /// A page with fewer letters of its own may be a scan under digital headers; one with fewer than the least says nothing.
    private static let fewLetters = 200
    private static let leastLetters = 30
    /// So much is no header, though it stand on every page: forms are alike.
    private static let mostHeaderLetters = 600
    /// A line is a header if it stands on this many pages, and on more than half of them.
    private static let headerPages = 3

    /// The text layer of `pages`.
    init(pages: [[UInt8]]) {
        let lines = pages.map { page in page.split(separator: 0x0A).map(LineKey.init) }
        let headers = Self.headers(lines)
        for (index, page) in lines.enumerated() {
            let lines = page.filter { !$0.isEmpty && !StampLines.isStamp($0.bytes) }
            let all = lines.reduce(0) { $0 + $1.letters }
            let repeated = lines.reduce(0) { $0 + (headers.contains($1) ? $1.letters : 0) }
            let letters = repeated > Self.mostHeaderLetters ? all : all - repeated
            if letters >= Self.leastLetters { isWithoutText = false }
            if Self.isGarbled(pages[index]) {
                sparsePages.append(index)
                garbledPages.insert(index)
            } else if letters < Self.fewLetters {
                sparsePages.append(index)
            }
        }
    }

    private static func headers(_ pages: [[LineKey]]) -> Set<LineKey> {
        var counts: [LineKey: Int] = [:]
        for page in pages { for line in Set(page) { counts[line, default: 0] += 1 } }
        return Set(counts.filter { $0.value >= headerPages && 2 * $0.value > pages.count }.keys)
    }

    /// Whether a page's characters are mostly none of a language: without a table from glyphs to letters, they are private
    /// ones, controls, or shifted into signs.
    private static func isGarbled(_ page: [UInt8]) -> Bool {
        var letters = 0
        var others = 0
        var strange = 0
        for scalar in String(decoding: page, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0xA0: continue
            case 0x41...0x5A, 0x61...0x7A, 0xC0...0x17F: letters += 1
            case ..<0x20, 0x7F..<0xA0, 0xE000...0xF8FF, 0xFFFD: strange += 1
            default: others += 1
            }
        }
        let all = letters + others + strange
        return all >= leastLetters && strange * 4 > all
    }
}

/// A line without its digits and spaces: what headers of several pages have in common.
struct LineKey: Hashable {
    let bytes: [UInt8]

    init(_ line: ArraySlice<UInt8>) {
        bytes = line.filter { $0 > 0x20 && !(0x30...0x39).contains($0) }
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// How many letters it has; a letter beyond ASCII counts once.
    var letters: Int {
        bytes.count { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || (0xC3...0xC5).contains($0) }
    }
}
