/// Which administrative court judges a department's cases (CJA R221-3, consulted in 2025).
enum CourtJurisdictions {
    private static let departmentsByCourt: [(court: String, departments: [String])] = [
        ("Amiens", ["02", "60", "80"]),
        ("Bastia", ["2A", "2B"]),
        ("Besançon", ["25", "39", "70", "90"]),
        ("Bordeaux", ["24", "33", "47"]),
        ("Caen", ["14", "50", "61"]),
        ("Cergy-Pontoise", ["92", "95"]),
        ("Châlons-en-Champagne", ["08", "10", "51", "52"]),
        ("Clermont-Ferrand", ["03", "15", "43", "63"]),
        ("Dijon", ["21", "58", "71", "89"]),
        ("Grenoble", ["26", "38", "73", "74"]),
        ("Lille", ["59", "62"]),
        ("Limoges", ["19", "23", "36", "87"]),
        ("Lyon", ["01", "07", "42", "69"]),
        ("Marseille", ["04", "05", "13"]),
        ("Melun", ["77", "94"]),
        ("Montpellier", ["11", "34", "66"]),
        ("Montreuil", ["93"]),
        ("Nancy", ["54", "55", "88"]),
        ("Nantes", ["44", "49", "53", "72", "85"]),
        ("Nice", ["06"]),
        ("Nîmes", ["30", "48", "84"]),
        ("Orléans", ["18", "28", "37", "41", "45"]),
        ("Paris", ["75"]),
        ("Pau", ["32", "40", "64", "65"]),
        ("Poitiers", ["16", "17", "79", "86"]),
        ("Rennes", ["22", "29", "35", "56"]),
        ("Rouen", ["27", "76"]),
        ("Strasbourg", ["57", "67", "68"]),
        ("Toulon", ["83"]),
        ("Toulouse", ["09", "12", "31", "46", "81", "82"]),
        ("Versailles", ["78", "91"]),
    ]

    /// The town of the court of `department` ("25", "025", "2A"), or nil if it is not in the table (overseas).
    static func court(of department: String) -> String? {
        let code = department.utf8.count == 3 && department.hasPrefix("0") ? String(department.dropFirst()) : department
        return departmentsByCourt.first { $0.departments.contains(code) }?.court
    }

    /// Compares a court as printed with that of `department`: nil if they agree, else the expected town.
    static func disagreement(_ printed: String, department: String) -> String?? {
        guard let expected = court(of: department) else { return .none }
        let folded = LatinFolding.fold(printed)
        let agrees = LatinFolding.contains(folded, LatinFolding.fold(expected))
        return .some(agrees ? nil : expected)
    }
}
