/// The words around a person's name.
enum PersonWords {
    /// A civility and how it is kept.
    struct Civility: Sendable {
        /// How it is written, folded; a final point is taken with it.
        let wording: StaticString
        /// How it is kept: as written if nil.
        let kept: String?
        /// Whether it stands before several names.
        let isPlural: Bool

        init(_ wording: StaticString, kept: String? = nil, isPlural: Bool = false) {
            self.wording = wording
            self.kept = kept
            self.isPlural = isPlural
        }
    }

    /// Civilities. "mmc", "mne", "mrne" are what scanners read for "Mme".
    static let civilities: [Civility] = [
        Civility("monsieur"), Civility("madame"), Civility("mademoiselle"),
        Civility("messieurs", kept: "M.", isPlural: true),
        Civility("mesdames", kept: "Mme", isPlural: true), Civility("mm", kept: "M.", isPlural: true), Civility("m"),
        Civility("mme"), Civility("mmes", kept: "Mme", isPlural: true), Civility("mlle"),
        Civility("mlles", kept: "Mlle", isPlural: true), Civility("mr"), Civility("mrs", kept: "M.", isPlural: true),
        Civility("mmc", kept: "Mme"), Civility("mne", kept: "Mme"), Civility("mrne", kept: "Mme"),
        Civility("mrnes", kept: "Mme", isPlural: true), Civility("mines", kept: "Mme", isPlural: true),
        Civility("docteur"), Civility("dr"), Civility("maitre"), Civility("me"),
    ]

    /// The words of ``civilities``, to turn other words away quickly.
    static let civilityWords = WordSet(civilities.map { "\($0.wording)" })

    /// Small words inside names: "de", "le", "van".
    static let particles = WordSet([
        "de", "du", "des", "d", "la", "le", "les", "l", "el", "al", "ben", "van", "von", "der", "den", "di", "da",
        "dos",
        "do", "del", "della", "y", "ep", "epouse", "nee",
    ])

    /// Words that never belong to a name: headings and openings that follow one in a text without lines.
    static let nameStops = WordSet([
        "excuses", "excuse", "excusee", "excusees", "absents", "absent", "absente", "absentes", "presents", "presentes",
        "present",
        "objet", "vu", "considerant", "nombre", "conseil", "municipal", "secretaire", "convocation", "deliberation",
        "deliberations",
        "rapport", "rapporteur", "seance", "commune", "ville", "code", "extrait", "departement", "pouvoir", "pouvoirs",
        "procuration",
        "procurations", "votants", "exercice", "en", "l'an", "date", "ordre", "registre", "etaient", "representes",
        "represente",
        "representee", "adjoints", "conseillers", "quorum", "formant", "vote", "votes", "pour", "contre", "abstention",
        "abstentions",
        "publication", "publie", "affiche", "accuse", "envoye", "recu", "il", "elle", "est", "monsieur", "madame",
        "approbation", "membres", "designation", "nomination", "election", "proces", "folio", "page", "pages",
    ])

    /// Political groups that stand among the names of voters.
    static let politicalGroups = WordSet([
        "ump", "npa", "ps", "lr", "eelv", "rn", "fn", "pcf", "lfi", "modem", "udi", "lrem", "verts", "prg", "em", "rpr",
        "udf", "fdg", "majorite", "opposition", "minorite",
    ])

    /// Words that begin an office or a quality after a name.
    static let roles = WordSet([
        "maire", "maires", "maire-adjoint", "maire-adjointe", "adjoint", "adjointe", "adjoints", "adjointes",
        "president",
        "presidente", "vice-president", "vice-presidente", "vice-presidents", "vice-presidentes", "conseiller",
        "conseillere", "conseillers", "conseilleres", "conseillere-deleguee", "conseiller-delegue", "premier",
        "premiere",
        "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme", "dixieme",
        "1er", "1ere", "2eme", "3eme", "4eme", "5eme", "6eme", "7eme", "8eme", "9eme", "10eme", "11eme", "12eme", "2e",
        "3e", "4e", "5e", "6e", "7e", "8e", "9e", "10e", "11e", "12e", "doyen", "doyenne", "rapporteur", "rapporteure",
        "delegue", "deleguee", "delegues", "deleguees", "membre", "membres", "depute", "deputee", "senateur",
        "senatrice",
        "directeur", "directrice", "secretaire", "tresorier", "tresoriere", "elu", "elue",
    ])
}
