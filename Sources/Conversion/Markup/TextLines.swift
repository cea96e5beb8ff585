/// Lines of text being written: white space folded, at most one blank line between paragraphs.
struct TextLines {
    private var lines: [[UInt8]] = []
    /// How many bytes the ended lines have with their line ends.
    private(set) var byteCount = 0
    private var current: [UInt8] = []
    private var wantsSpace = false
    /// A list's marker for the next text.
    private var marker: [UInt8] = []
    private var wantsBlank = false
    /// Whether line ends and spaces stay as written.
    var isPreformatted = false

    /// Adds running text.
    mutating func add(_ text: [UInt8]) {
        if isPreformatted { return addPreformatted(text) }
        for byte in text {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                wantsSpace = !current.isEmpty
            } else {
                if current.isEmpty { takeMarker() }
                if wantsSpace { current.append(0x20) }
                wantsSpace = false
                current.append(byte)
            }
        }
    }

    private mutating func addPreformatted(_ text: [UInt8]) {
        for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { breakLine() }
            current += line.filter { $0 != 0x0D && $0 != 0x0C }
        }
    }

    /// Adds a whole line as it is.
    mutating func add(line: [UInt8]) {
        startLine()
        takeMarker()
        current += line
        startLine()
    }

    /// Puts a list's marker before the text to come.
    mutating func addMarker(_ text: String) {
        marker = Array(text.utf8)
    }

    /// Ends the line, if it has begun.
    mutating func startLine() {
        if !current.isEmpty { endLine() }
    }

    /// Ends the line; where none has begun, the next one starts a paragraph.
    mutating func breakLine() {
        if current.isEmpty { wantsBlank = !lines.isEmpty } else { endLine() }
    }

    /// Ends the line and leaves a blank one.
    mutating func startParagraph() {
        startLine()
        wantsBlank = !lines.isEmpty
    }

    /// The lines without the blank ones.
    mutating func finishedLines() -> [[UInt8]] {
        startLine()
        return lines.filter { !$0.isEmpty }
    }

    /// The text.
    mutating func finished() -> [UInt8] {
        startLine()
        return lines.isEmpty ? [] : Array(lines.joined(separator: [0x0A])) + [0x0A]
    }

    private mutating func takeMarker() {
        current += marker
        marker = []
    }

    private mutating func endLine() {
        if wantsBlank { lines.append([]) }
        byteCount += current.count + (wantsBlank ? 2 : 1)
        wantsBlank = false
        wantsSpace = false
        lines.append(current)
        current = []
    }
}
