import Deliberations

/// The accounting year that a grant pays for: the calendar year.
struct Exercise: Hashable, Sendable {
    /// The year.
    let year: Int
    /// Whether the text says it; else it is that of the session.
    let isStated: Bool

    /// The exercise of an act's grant: as the purpose, the subject or the budget line says.
    init(of act: ActContext, grant: Grant? = nil) {
        let texts = [grant?.purpose, act.deliberation.subject].compactMap { $0 }
        let named = texts.lazy.compactMap { WrittenDates.exercise(in: FoldedText($0)) }.first
        let stated = named ?? act.deliberation.budget?.year
        year = stated ?? act.reading.session.date.year
        isStated = stated != nil
    }

    /// The exercise that a text names.
    init(year: Int) {
        self.year = year
        isStated = true
    }

    /// 31 December.
    var lastDay: CivilDate { CivilDate(year: year, month: 12, day: 31) ?? CivilDate(daysSince1970: 0) }

    /// "clôture de l'exercice 2024 (31/12/2024)", with the note that the year is deduced.
    var closing: String {
        let note = isStated ? "" : ", exercice déduit de la date de la séance"
        return "clôture de l’exercice \(year) (\(lastDay.frenchDigits)\(note))"
    }
}
