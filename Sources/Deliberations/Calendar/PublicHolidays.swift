/// The public holidays of France, by computation: nothing to update every year.
///
/// Sources: Code du travail L3133-1 (all zones), L3134-13 (Alsace-Moselle), L3422-2 (overseas).
public enum PublicHolidays {
    /// A day that is a holiday every year.
    private struct FixedDay: Sendable {
        var month: Int
        var day: Int
        var name: String
    }

    /// A day that moves with Easter.
    private struct MovingDay: Sendable {
        var daysAfterEaster: Int
        var name: String
    }

    private static let national: [FixedDay] = [
        FixedDay(month: 1, day: 1, name: "jour de l’An"), FixedDay(month: 5, day: 1, name: "1er mai"),
        FixedDay(month: 5, day: 8, name: "8 mai"), FixedDay(month: 7, day: 14, name: "14 juillet"),
        FixedDay(month: 8, day: 15, name: "Assomption"), FixedDay(month: 11, day: 1, name: "Toussaint"),
        FixedDay(month: 11, day: 11, name: "11 novembre"), FixedDay(month: 12, day: 25, name: "Noël"),
    ]

    private static let moving: [MovingDay] = [
        MovingDay(daysAfterEaster: 1, name: "lundi de Pâques"), MovingDay(daysAfterEaster: 39, name: "Ascension"),
        MovingDay(daysAfterEaster: 50, name: "lundi de Pentecôte"),
    ]

    private static let goodFriday = MovingDay(daysAfterEaster: -2, name: "Vendredi saint")

    /// The holidays that only one zone has. Saint-Martin: the code says 27 May; the state's own data (Etalab, "jours
    /// fériés en France") say 28 May from 2018 on.
    private static func local(_ zone: HolidayZone, year: Int) -> FixedDay? {
        let abolition = "abolition de l’esclavage"
        return switch zone {
        case .metropole: nil
        case .alsaceMoselle: FixedDay(month: 12, day: 26, name: "deuxième jour de Noël")
        case .mayotte: FixedDay(month: 4, day: 27, name: abolition)
        case .martinique: FixedDay(month: 5, day: 22, name: abolition)
        case .guadeloupe: FixedDay(month: 5, day: 27, name: abolition)
        case .saintMartin: FixedDay(month: 5, day: year < 2018 ? 27 : 28, name: abolition)
        case .guyane: FixedDay(month: 6, day: 10, name: abolition)
        case .saintBarthelemy: FixedDay(month: 10, day: 9, name: abolition)
        case .laReunion: FixedDay(month: 12, day: 20, name: abolition)
        }
    }

    /// The name of the holiday on `date`, in French, or nil if it is none.
    ///
    /// Good Friday is one in the communes of Alsace-Moselle that have a Protestant or a mixed church.
    public static func name(of date: CivilDate, zone: HolidayZone, goodFriday observed: Bool = true) -> String? {
        let (year, month, day) = date.components
        if let fixed = national.first(where: { $0.month == month && $0.day == day }) { return fixed.name }
        if let local = local(zone, year: year), local.month == month, local.day == day { return local.name }
        let afterEaster = date - easterSunday(of: year)
        if zone == .alsaceMoselle, observed, afterEaster == goodFriday.daysAfterEaster { return goodFriday.name }
        return moving.first { $0.daysAfterEaster == afterEaster }?.name
    }

    /// The holidays of a year in order.
    public static func days(of year: Int, zone: HolidayZone, goodFriday observed: Bool = true) -> [CivilDate] {
        let easter = easterSunday(of: year)
        var fixed = national
        if let local = local(zone, year: year) { fixed.append(local) }
        var days = Set(fixed.compactMap { CivilDate(year: year, month: $0.month, day: $0.day) })
        days.formUnion(moving.map { easter + $0.daysAfterEaster })
        if zone == .alsaceMoselle, observed { days.insert(easter + goodFriday.daysAfterEaster) }
        return days.sorted()
    }

    /// Easter Sunday of a Gregorian year (Meeus, Jones and Butcher's algorithm).
    public static func easterSunday(of year: Int) -> CivilDate {
        let moon = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let shift = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * moon + century - century / 4 - shift + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let correction = (moon + 11 * epact + 22 * weekday) / 451
        let daysAfterFirstOfMarch = epact + weekday - 7 * correction + 21
        return CivilDate.firstOfMarch(year) + daysAfterFirstOfMarch
    }
}

extension CivilDate {
    /// 1 March of a year, for any year.
    fileprivate static func firstOfMarch(_ year: Int) -> CivilDate {
        CivilDate(year: year, month: 3, day: 1) ?? CivilDate(daysSince1970: 59)
    }
}
