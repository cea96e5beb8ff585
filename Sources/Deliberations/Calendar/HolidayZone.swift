import JSONCodec

/// A part of France with its own public holidays.
///
/// The zone of a deadline is that of the court or authority before which the formality is done.
public enum HolidayZone: String, JSONStringEnumeration, Codable {
    /// Metropolitan France outside Alsace and Moselle, and every territory without holidays of its own.
    case metropole
    /// Bas-Rhin, Haut-Rhin and Moselle (Code du travail L3134-13).
    case alsaceMoselle = "alsace-moselle"
    case guadeloupe
    case guyane
    case laReunion = "la-reunion"
    case martinique
    case mayotte
    case saintBarthelemy = "saint-barthelemy"
    case saintMartin = "saint-martin"

    /// The zone of the department whose code is `department` ("25", "2A", "974").
    public init(department: String) {
        self = Self.departments.first { $0.code == department }?.zone ?? .metropole
    }

    /// The zone of the court whose name is `court` ("Tribunal administratif de Strasbourg"), if its name tells one
    /// (Code de justice administrative R221-3).
    public init?(court: String) {
        let words = court.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init)
        let court = Self.courts.first { court in words.contains { $0.utf8.elementsEqual(court.town.utf8) } }
        guard let court else { return nil }
        self = court.zone
    }

    private static let departments: [(code: String, zone: Self)] = [
        ("57", .alsaceMoselle), ("67", .alsaceMoselle), ("68", .alsaceMoselle), ("971", .guadeloupe),
        ("972", .martinique), ("973", .guyane), ("974", .laReunion), ("976", .mayotte), ("977", .saintBarthelemy),
        ("978", .saintMartin),
    ]

    private static let courts: [(town: Substring, zone: Self)] = [
        ("Strasbourg", .alsaceMoselle), ("Guadeloupe", .guadeloupe), ("Martinique", .martinique),
        ("Guyane", .guyane), ("Réunion", .laReunion), ("Mayotte", .mayotte),
        ("Saint-Barthélemy", .saintBarthelemy), ("Saint-Martin", .saintMartin),
    ]
}
