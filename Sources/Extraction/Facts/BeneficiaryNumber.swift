import Deliberations

/// The numbers by which a beneficiary is known: SIRET of an establishment, RNA of an association.
struct BeneficiaryNumber {
    /// 14 digits with the right check digits.
    let siret: String?
    /// W and 9 digits.
    let rna: String?

    /// The numbers that `range` prints after their labels.
    init(in range: Range<Int>, of text: NormalizedText) {
        siret = Self.digits(after: "siret", count: 14, in: range, of: text).flatMap { Luhn.isSIRET($0) ? $0 : nil }
        rna = Self.associationNumber(in: range, of: text)
    }

    /// `count` digits, perhaps in groups, within a few words after the label.
    private static func digits(
        after label: StaticString, count: Int, in range: Range<Int>, of text: NormalizedText
    ) -> String? {
        guard let label = text.find(label, in: range) else { return nil }
        var digits: [UInt8] = []
        var position = label.upperBound
        while position < range.upperBound, digits.count < count {
            let byte = text[position]
            if byte.isDigit {
                digits.append(byte)
            } else if !digits.isEmpty ? !byte.isBlank : position - label.upperBound > 8 {
                return nil
            }
            position += 1
        }
        guard digits.count == count, !text[position].isDigit else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    /// "RNA : W212003456", "n° W212003456".
    private static func associationNumber(in range: Range<Int>, of text: NormalizedText) -> String? {
        var position = range.lowerBound
        while let start = text.firstIndex(of: UInt8(ascii: "w"), in: position ..| range.upperBound) {
            let word = text.word(at: start)
            if text.isWordStart(start), word.count == 10, word.dropFirst().allSatisfy({ text[$0].isDigit }) {
                return "W" + text.words(of: word.lowerBound + 1 ..| word.upperBound)
            }
            position = start + 1
        }
        return nil
    }
}
