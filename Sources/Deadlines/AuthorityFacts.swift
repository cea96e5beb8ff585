import Deliberations

/// What is known of an authority besides its documents: from the configuration.
public struct AuthorityFacts: Hashable, Sendable {
    /// What the authority is known by, so that its deadlines keep their ids whatever name a document prints; nil means
    /// by that name.
    public var identity: String?
    /// The zone of its public holidays; nil means that of its department, or of the court that the document names.
    public var zone: HolidayZone?
    /// The zone where neither a department nor a court tells one.
    public var usualZone: HolidayZone
    /// Its department, for documents that do not print it.
    public var department: String?
    /// Public holidays that a law or decree has added, by their days, with their names in French.
    public var addedHolidays: [CivilDate: String]
    /// Whether Good Friday is a holiday there; only Alsace-Moselle knows it.
    public var observesGoodFriday: Bool
    /// How many inhabitants it has; some duties begin at 3,500.
    public var population: Int?
    /// Within how many days of the session the authority means to transmit its acts to the prefect. The law sets no limit.
    public var transmissionTargetDays: Int

    /// Facts; those left out are unknown, or as is usual.
    public init(
        identity: String? = nil, zone: HolidayZone? = nil, usualZone: HolidayZone = .metropole,
        department: String? = nil, addedHolidays: [CivilDate: String] = [:], observesGoodFriday: Bool = true,
        population: Int? = nil,
        transmissionTargetDays: Int = 15
    ) {
        self.identity = identity
        self.zone = zone
        self.usualZone = usualZone
        self.department = department
        self.addedHolidays = addedHolidays
        self.observesGoodFriday = observesGoodFriday
        self.population = population
        self.transmissionTargetDays = min(max(transmissionTargetDays, 0), 365)
    }

    func calendar(for extract: Extract) -> WorkingCalendar {
        let courts = extract.deliberations.lazy.compactMap { $0.appeal?.court }
        let zone =
            zone ?? (extract.authority.department ?? department).map(HolidayZone.init(department:))
            ?? courts.compactMap(HolidayZone.init(court:)).first ?? usualZone
        return WorkingCalendar(
            zone: zone, observesGoodFriday: observesGoodFriday, addedHolidays: addedHolidays)
    }
}
