import Deliberations

extension CivilDate {
    /// The same day number so many months later, else the last day of that month (CPC 641).
    func addingMonths(_ months: Int) -> CivilDate {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let target = (year: index / 12, month: index % 12 + 1)
        let lastDay = Self.numberOfDays(inMonth: target.month, of: target.year)
        return CivilDate(year: target.year, month: target.month, day: min(day, lastDay)) ?? self
    }
}
