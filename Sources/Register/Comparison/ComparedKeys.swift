import Deliberations

/// A session of one organ of an authority.
struct OrganSession: Hashable, Comparable {
    let authority: Int64
    let organ: String
    let day: CivilDate

    static func < (one: Self, other: Self) -> Bool {
        (one.day, one.authority, one.organ) < (other.day, other.authority, other.organ)
    }
}

/// A number that an act of a session bears.
struct SessionNumber: Hashable {
    let authority: Int64
    let day: CivilDate
    let key: String

    /// Whether it begins with a year: then it is one act's of all sessions (as `NumberKey` writes it: "2024-31").
    var isYearly: Bool {
        let digits = key.utf8.prefix { (0x30...0x39).contains($0) }
        guard digits.count == 4, key.utf8.count > 4 else { return false }
        return (1982...2099).contains(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
}

/// One body in one year of an authority.
struct BeneficiaryYear: Hashable {
    let authority: Int64
    let year: Int
    /// The folded name's digest.
    let beneficiary: Int64

    /// By what the findings about it are found again.
    var key: String { "\(authority)/\(year)/\(beneficiary)" }
}
