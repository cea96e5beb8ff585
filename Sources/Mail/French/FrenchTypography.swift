/// What French typography asks of a text composed for people (Lexique de l'Imprimerie nationale).
public enum FrenchTypography {
    static let noBreakSpace: Character = "\u{A0}"
    static let narrowNoBreakSpace: Character = "\u{202F}"

    /// No-break spaces before `: ; ? !`, inside « » and between digits and their unit, and typographic apostrophes.
    ///
    /// For sentences composed by programs; a quotation stays as it was written. Spaces are replaced, never added, so that hours
    /// (`18:30`) and links stay whole.
    public static func polished(_ text: String) -> String {
        let characters = Array(text)
        var output = ""
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : nil
            let after = index + 1 < characters.count ? characters[index + 1] : nil
            switch character {
            case " ": output.append(space(between: before, and: after))
            case "'" where before?.isLetter == true && after?.isLetter == true: output.append("’")
            default: output.append(character)
            }
        }
        return output
    }

    /// `65 000`, with narrow no-break spaces.
    public static func number(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var output = value < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { output.append(narrowNoBreakSpace) }
            output.append(digit)
        }
        return output
    }

    /// `12 000 €`, `12 000,50 €`.
    public static func euros(cents: Int) -> String {
        let rest = cents.magnitude % 100
        let decimals = rest == 0 ? "" : ",\(rest < 10 ? "0" : "")\(rest)"
        let sign = cents < 0 && cents > -100 ? "−" : ""
        return "\(sign)\(number(cents / 100))\(decimals)\(noBreakSpace)€"
    }

    /// `1 échéance`, `3 échéances`: zero and one are singular.
    public static func count(_ value: Int, _ singular: String, _ plural: String) -> String {
        "\(number(value))\(noBreakSpace)\(value.magnitude < 2 ? singular : plural)"
    }

    private static func space(between before: Character?, and after: Character?) -> Character {
        switch (before, after) {
        case (_, ":"?), (_, "»"?), ("«"?, _): noBreakSpace
        case (_, ";"?), (_, "?"?), (_, "!"?): narrowNoBreakSpace
        case (let digit?, "€"?), (let digit?, "%"?): digit.isNumber ? noBreakSpace : " "
        case (let left?, let right?) where left.isNumber && right.isNumber: noBreakSpace
        case ("°"?, _): noBreakSpace
        default: " "
        }
    }
}
