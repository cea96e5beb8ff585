import Deliberations

/// Reads the matter of an act: the code of the @CTES nomenclature by which it is transmitted to the prefecture.
enum MatterReader {
    /// "Nomenclature : 7.5", "Matière de l’acte : 7.5.1 – Subventions": the code after its label.
    static func code(in anchored: AnchoredText, range: Range<Int>) -> Cited<String>? {
        let text = anchored.text
        for label in anchored.all(.matter, in: range) where anchored.mayBeHeading(label.lowerBound) {
            var start = text.skipSeparators(from: label.upperBound, limit: range.upperBound)
            if let end = text.match("n°", at: start) { start = text.skipSeparators(from: end, limit: range.upperBound) }
            guard start - label.upperBound <= 6, let code = self.code(at: start, in: text) else { continue }
            return Cited(value: text.words(of: code), range: code)
        }
        return nil
    }

    /// One digit, a point and one or two digits, perhaps further levels; no amount, date or percentage.
    private static func code(at start: Int, in text: NormalizedText) -> Range<Int>? {
        guard (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(text[start]), !text[start + 1].isDigit else {
            return nil
        }
        var end = start + 1
        var levels = 1
        while levels < 5, text[end] == UInt8(ascii: "."), let next = text.integer(at: end + 1), next.range.count <= 2 {
            end = next.range.upperBound
            levels += 1
        }
        let isCut = text[end] == UInt8(ascii: ".") && text[end + 1].isDigit
        let next = text[text.skipBlanks(from: end, lines: false)]
        let isFree =
            !text[end].isWord && text[end] != UInt8(ascii: ",") && text[end] != UInt8(ascii: "/")
            && next != UInt8(ascii: "%") && next != FoldedByte.euro
        return levels > 1 && isFree && !isCut ? start ..| end : nil
    }
}
