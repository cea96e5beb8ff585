import Deliberations

extension Configuration {
    /// Which days are worked, as the configuration says.
    static func calendar(_ reader: inout SettingsReader) -> WorkingCalendar {
        var calendar = WorkingCalendar(zone: HolidayZone(rawValue: reader.choice("calendar.zone")) ?? .metropole)
        for entry in reader.list("calendar.holidays") {
            guard let (day, name) = holiday(entry) else {
                reader.problem(
                    "calendar.holidays",
                    "\"\(entry)\" is not a day and a name such as \"2027-03-01: deuil national\"")
                continue
            }
            calendar.addedHolidays[day] = name
        }
        for entry in reader.list("calendar.daysOff") {
            guard let days = daysOff(entry) else {
                reader.problem(
                    "calendar.daysOff",
                    "\"\(entry)\" is neither a day such as 2026-12-24 nor days of at most a year such as "
                        + "2026-12-28..2026-12-31")
                continue
            }
            calendar.otherDaysOff.formUnion(days)
        }
        return calendar
    }

    private static func holiday(_ entry: String) -> (CivilDate, String)? {
        let parts = entry.split(separator: ":", maxSplits: 1).map(trimmed)
        guard parts.count == 2, !parts[1].isEmpty, let day = CivilDate(jsonString: parts[0]) else { return nil }
        return (day, parts[1])
    }

    private static func daysOff(_ entry: String) -> [CivilDate]? {
        guard let dots = entry.firstRange(of: "..") else {
            return CivilDate(jsonString: trimmed(entry[...])).map { [$0] }
        }
        guard let first = CivilDate(jsonString: trimmed(entry[..<dots.lowerBound])),
            let last = CivilDate(jsonString: trimmed(entry[dots.upperBound...])), (0...366).contains(last - first)
        else { return nil }
        return (0...(last - first)).map { first + $0 }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
