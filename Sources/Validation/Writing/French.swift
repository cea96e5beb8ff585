import Deliberations

/// How numbers, days and lists are written in messages for French staff.
enum French {
    /// No-break space, as before a colon and within numbers.
    static let noBreakSpace = "\u{A0}"

    /// "26/09/2024".
    static func date(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return "\(twoDigits(day))/\(twoDigits(month))/\(year)"
    }

    /// "18h00".
    static func time(_ time: TimeOfDay) -> String {
        "\(time.minutes / 60)h\(twoDigits(time.minutes % 60))"
    }

    /// "65 000 €", "1 234,50 €".
    static func money(_ cents: Int) -> String {
        let sign = cents < 0 ? "−" : ""
        let magnitude = cents.magnitude
        let fraction = magnitude % 100 == 0 ? "" : ",\(twoDigits(Int(magnitude % 100)))"
        return "\(sign)\(grouped(Int(magnitude / 100)))\(fraction)\(noBreakSpace)€"
    }

    /// "50 %", "28,97 %" from hundredths of a percent.
    static func percent(_ hundredths: Int) -> String {
        let fraction = hundredths % 100 == 0 ? "" : ",\(twoDigits(hundredths % 100))"
        return "\(hundredths / 100)\(fraction)\(noBreakSpace)%"
    }

    /// "1 234 567", of a number that is not negative.
    static func grouped(_ number: Int) -> String {
        guard number >= 1_000 else { return String(number) }
        let group = String(number % 1_000)
        return grouped(number / 1_000) + noBreakSpace + String(repeating: "0", count: 3 - group.utf8.count) + group
    }

    /// "1 présent", "81 présents": below two the singular stands.
    static func count(_ number: Int, _ singular: String, _ plural: String) -> String {
        "\(number) \(number.magnitude < 2 ? singular : plural)"
    }

    /// « quoted words », at most 120 characters of them.
    static func quoted(_ words: String) -> String {
        "«\(noBreakSpace)\(bounded(words, 120))\(noBreakSpace)»"
    }

    /// "A, B et C"; past `limit` names the others are counted.
    static func list(_ names: [String], limit: Int = 6) -> String {
        guard names.count > 1 else { return names.first ?? "" }
        if names.count > limit {
            let others = names.count - limit
            return names.prefix(limit).joined(separator: ", ") + " et \(count(others, "autre", "autres"))"
        }
        return names.dropLast().joined(separator: ", ") + " et " + names[names.count - 1]
    }

    /// "3, 7 à 9": runs of numbers.
    static func runs(_ numbers: [Int]) -> String {
        var parts: [String] = []
        var index = 0
        while index < numbers.count, parts.count < 12 {
            var end = index
            while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
            parts.append(end == index ? "\(numbers[index])" : "\(numbers[index]) à \(numbers[end])")
            index = end + 1
        }
        if index < numbers.count { parts.append("…") }
        return parts.joined(separator: ", ")
    }

    /// At most `limit` characters, with an ellipsis where something was left off.
    static func bounded(_ text: String, _ limit: Int) -> String {
        text.utf8.count <= limit || text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
