/// The check digit of SIREN and SIRET numbers (ISO/IEC 7812-1, annex B).
public enum Luhn {
    /// Whether `digits` are exactly `count` decimal digits.
    public static func isNumber(_ digits: String, count: Int) -> Bool {
        digits.utf8.count == count && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether the weighted sum of the digits is a multiple of ten.
    public static func isValid(_ digits: some Sequence<UInt8>) -> Bool {
        var sum = 0
        for (index, digit) in Array(digits).reversed().enumerated() {
            let value = Int(digit &- 0x30) * (index % 2 == 0 ? 1 : 2)
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0
    }

    /// Whether `siren` has nine digits and the right check digit.
    public static func isSIREN(_ siren: String) -> Bool {
        isNumber(siren, count: 9) && isValid(siren.utf8)
    }

    /// Whether `siret` has fourteen digits and the right check digits. La Poste's establishments (SIREN 356000000) may
    /// instead have digits whose plain sum is a multiple of five.
    public static func isSIRET(_ siret: String) -> Bool {
        guard isNumber(siret, count: 14), isValid(siret.utf8.prefix(9)) else { return false }
        if isValid(siret.utf8) { return true }
        guard siret.hasPrefix("356000000") else { return false }
        return siret.utf8.reduce(0) { $0 + Int($1 - 0x30) } % 5 == 0
    }
}
