/// Plain text for a screen of 78 columns.
enum TextLayout {
    static let columns = 76

    /// `text` with its long lines wrapped at spaces, under the indentation and the mark (`- `, `> `) they begin with.
    ///
    /// No-break spaces hold; a word longer than a line stays whole, so that links still work. Runs of empty lines become one.
    static func wrapped(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let wrappedLine = wrap(line)
            if wrappedLine.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(wrappedLine)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func wrap(_ line: Substring) -> String {
        let (first, next) = hangingIndent(of: line)
        let words = line.dropFirst(first.count).split(separator: " ")
        guard !words.isEmpty else { return "" }
        var output = first
        var column = first.count
        for (index, word) in words.enumerated() {
            if index > 0 {
                let fits = column + 1 + word.count <= columns
                output += fits ? " " : "\n" + next
                column = fits ? column + 1 : next.count
            }
            output += word
            column += word.count
        }
        return output
    }

    /// The mark in front of a line, and what stands in front of its continuations.
    private static func hangingIndent(of line: Substring) -> (first: String, next: String) {
        let blanks = String(line.prefix { $0 == " " })
        let rest = line.dropFirst(blanks.count)
        if rest.hasPrefix("> ") { return (blanks + "> ", blanks + "> ") }
        if rest.hasPrefix("- ") || rest.hasPrefix("• ") { return (blanks + rest.prefix(2), blanks + "  ") }
        let number = rest.prefix { $0.isNumber }
        if !number.isEmpty, rest.dropFirst(number.count).hasPrefix(". ") {
            return (blanks + number + ". ", blanks + String(repeating: " ", count: number.count + 2))
        }
        return (blanks, blanks)
    }
}
