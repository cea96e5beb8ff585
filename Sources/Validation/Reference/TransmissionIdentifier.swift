import Deliberations

/// The identifier of a transmitted act, `IDActe` of the @CTES schema 1.1:
/// department (3), SIREN (9), day of the decision (8), the sender's number (1 to 15), nature (2), joined by hyphens.
///
/// Stamps print hyphens and spaces in the sender's number where the file has underscores; both are taken.
struct TransmissionIdentifier {
    var department: String
    var siren: String
    var day: String
    var number: String
    var nature: String

    /// The natures of @CTES by their letters.
    static let natures: Set<String> = ["DE", "AR", "AI", "CC", "BF", "AU"]

    /// The parts of `text`, or nil if it has not this form.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 5, let nature = parts.last else { return nil }
        department = parts[0]
        siren = parts[1]
        day = parts[2]
        number = parts[3..<(parts.count - 1)].joined(separator: "_")
        self.nature = nature
        guard Self.isDepartment(department), Luhn.isNumber(siren, count: 9), Luhn.isNumber(day, count: 8),
            (1...15).contains(number.utf8.count), number.utf8.allSatisfy(Self.isNumberByte),
            Self.natures.contains(nature)
        else { return nil }
    }

    /// The day, or nil if there is no such day.
    var date: CivilDate? {
        let digits = Array(day.utf8).map { Int($0) - 0x30 }
        let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        return CivilDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
    }

    /// A department's code on three characters: "25" is "025", "2A" is "02A", "974" stays.
    static func threeCharacters(_ department: String) -> String {
        String(repeating: "0", count: max(0, 3 - department.utf8.count)) + department
    }

    private static func isDepartment(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        guard bytes.count == 3 else { return false }
        let isCorsica = code == "02A" || code == "02B"
        let isOverseas = code.hasPrefix("97") || code.hasPrefix("98")
        return isCorsica || ((bytes[0] == 0x30 || isOverseas) && Luhn.isNumber(code, count: 3))
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ") || (byte < 0x80 && LatinFolding.ascii(byte) != 0x20)
    }
}
