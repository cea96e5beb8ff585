import Deliberations
import Validation

extension Fictional {
    private static let names = [
        "Alain Aubépine", "Béatrice Bruyère", "Cédric Cornouiller", "Diane Daphné", "Émile Érable", "Flora Fusain",
        "Gaspard Gentiane", "Hélène Hortensia", "Igor Immortelle", "Jeanne Jasmin", "Kléber Kiwaï",
    ]

    /// A commune of eleven members: 8 present, 3 absent of whom 2 give proxies, 10 voices, all for.
    static func commune() -> FictionalDocument {
        var extract = Extract.fictional(
            Authority(name: "Commune de Sourcelles", kind: .commune, siren: "732829320", department: "38"),
            date: "2025-03-13")
        fillSession(&extract, inOffice: 11, president: "Maire")
        extract.attendance = Attendance(
            present: names.prefix(8).map { member("M.", $0) }, absent: names.dropFirst(8).map { member("M.", $0) },
            proxies: [proxy(names[8], names[1]), proxy(names[9], names[2])])
        extract.deliberations = [plainAct(voices: 10, number: "2025-004")]
        var document = FictionalDocument(extract: extract, sentences: ["Recours devant le tribunal administratif."])
        document.parameters = ValidationParameters(population: 5_200)
        return document
    }

    /// The standing commission of a department: 13 members, 6 present and 2 represented.
    static func standingCommission() -> FictionalDocument {
        var extract = Extract.fictional(
            Authority(name: "Département de la Haute-Aubrelle", kind: .departement), organ: .standingCommission,
            date: "2025-03-13")
        fillSession(&extract, inOffice: 13, president: "Président")
        let others = ["Lise Lilas", "Marc Myrte"]
        extract.attendance = Attendance(
            present: names.prefix(6).map { member("M.", $0) },
            absent: (names.dropFirst(6) + others).map { member("M.", $0) },
            proxies: [proxy(names[6], names[1]), proxy(names[7], names[2])])
        extract.deliberations = [plainAct(voices: 8, number: "CP-2025-12")]
        return FictionalDocument(extract: extract)
    }

    /// The board of a CCAS: 9 members, 6 present, nobody represented.
    static func socialCentre() -> FictionalDocument {
        var extract = Extract.fictional(Authority(name: "CCAS de Sourcelles", kind: .ccas), date: "2025-03-13")
        fillSession(&extract, inOffice: 9, president: "Présidente")
        extract.attendance = Attendance(
            present: names.prefix(6).map { member("M.", $0) }, absent: names[6..<9].map { member("M.", $0) },
            proxies: [])
        extract.deliberations = [plainAct(voices: 6, number: "2025-02")]
        return FictionalDocument(extract: extract)
    }

    private static func fillSession(_ extract: inout Extract, inOffice: Int, president role: String) {
        extract.session.convokedOn = .on("2025-03-06")
        extract.session.publishedOn = .on("2025-03-18")
        extract.session.openedAt = TimeOfDay(hour: 20, minute: 0)
        extract.session.closedAt = TimeOfDay(hour: 22, minute: 10)
        extract.session.president = Person(name: names[0], role: role)
        extract.session.secretary = Person(name: names[1])
        extract.session.membersInOffice = inOffice
        extract.session.stated = StatedCounts()
    }

    private static func plainAct(voices: Int, number: ActNumber) -> Deliberation {
        var act = Deliberation(subject: "Acquisition d'un terrain")
        act.number = number
        act.decisions = ["approuve l'acquisition"]
        var vote = Vote(unanimous: true)
        (vote.for, vote.against, vote.abstentions) = (voices, 0, 0)
        vote.wording = "à l'unanimité"
        vote.outcome = .adopted
        act.vote = vote
        act.act = ActRecord()
        act.act?.receivedOn = .on("2025-03-17")
        act.act?.publicationMode = "mis en ligne"
        act.signatories = [
            Person(name: names[1], role: "Secrétaire de séance"), Person(name: names[0], role: "Maire"),
        ]
        return act
    }
}
