/// The words around the headings of deliberations in minutes, collections and lists.
enum MinutesWordings {
    /// Words before the number of an item: "POINT 3", "Question n° 3".
    static let itemLabels = WordSet([
        "point", "question", "rapport", "affaire", "dossier", "item", "sujet", "projet",
    ])

    /// Words before the number of an act: "Délibération n° 2031-012", "DCM 31.1.49".
    static let actLabels = WordSet([
        "deliberation", "deliberations", "numero", "dcm", "del", "delib", "acte", "cm", "cc", "dl", "numeros",
    ])

    /// Words before a number that refers to something else: no heading.
    static let references = WordSet([
        "la", "de", "des", "les", "cette", "presente", "par", "vu", "loi", "decret", "article", "articles", "arrete",
        "ordonnance", "lot", "parcelle", "parcelles", "section", "cadastree", "avenant", "convention", "decision",
        "decisions", "ref", "reference", "references", "circulaire", "annexe", "chapitre", "compte", "page", "folio",
        "titre", "axe", "tome", "rue", "avenue", "et", "a", "du", "marche", "tranche", "budget", "dm", "modificative",
        "reglement", "commission", "bureau", "logement", "zone", "poste", "phase", "permis", "tel", "departement",
        "lieu", "id", "l", "r", "d", "cerfa", "norme", "delibarations", "precedente", "susvisee", "ladite",
    ])

    /// Words before "délibération n°" that make it a reference to another act.
    static let articles = WordSet([
        "la", "de", "des", "les", "cette", "presente", "par", "vu", "ladite", "precedente", "une", "sa", "et", "a", "d",
    ])

    /// Sentences that follow a title without a mark between them begin so, with a capital.
    static let openers: WordChoice = [
        "le", "la", "les", "l'", "il", "elle", "ils", "un", "une", "ce", "cet", "cette", "ces", "monsieur", "madame",
        "messieurs", "mesdames", "m.", "mme", "mr", "mm.", "mmes", "vu", "considerant", "apres", "sur", "par",
        "conformement",
        "dans", "suite", "afin", "lors", "en", "aux", "au", "selon", "compte tenu", "chaque", "comme", "vous", "nous",
        "je", "notre", "nos", "ainsi", "rapporteur", "rapporteure", "depuis", "pour", "avant", "attendu", "entendu",
        "oui", "ayant", "aucun", "aucune", "personne", "a la", "a l'", "a ce", "chers", "vote", "votes", "decide",
        "resultat", "resultats", "expose", "rappel", "contexte", "presentation", "mis aux voix", "mise aux voix",
        "intervention", "interventions", "debat", "debats", "echanges", "remarques", "observations", "que", "qui",
        "l'assemblee", "voir", "accord", "d'une", "des", "presents", "etaient", "nombre", "nomenclature", "matiere",
        "unanimite", "majorite", "approuve a", "adopte a", "pieces jointes", "avis", "note", "annexe", "annexes",
        "actuellement", "aujourd'hui", "face", "grace", "bien que", "si", "lorsque", "plusieurs", "toutefois",
    ]

    /// After these words a capital goes on with a name, not with a sentence: "la commune de La Roche".
    static let prepositions = WordSet([
        "de", "du", "des", "d", "a", "au", "aux", "en", "par", "sur", "sous", "pour", "et", "le", "la", "les", "l",
        "avec",
        "entre", "vers", "chez", "ou", "dit", "lieudit", "n", "rue", "place", "avenue", "route", "chemin", "ecole",
        "saint", "sainte", "ville", "commune", "association", "salle", "dite", "sa", "son", "ses", "dans",
    ])

    /// Words that no title ends with.
    static let joints = WordSet([
        "de", "du", "des", "d", "a", "au", "aux", "en", "par", "sur", "sous", "pour", "et", "le", "la", "les", "l",
        "avec",
    ])

    /// What closes the part of the minutes that decides: questions, information, end of the session.
    static let endings: WordChoice = [
        "questions diverses", "informations diverses", "question diverse", "divers", "informations",
        "questions et informations",
        "informations et questions diverses", "affaires diverses", "questions orales", "tour de table",
        "questions et informations diverses", "communications", "communications diverses", "information diverse",
    ]

    /// What opens a session and is no deliberation.
    static let formalities: WordChoice = [
        "ouverture de la seance", "ouverture de seance", "nomination du secretaire", "nomination d'un secretaire",
        "designation du secretaire", "designation d'un secretaire", "election du secretaire", "appel nominal", "quorum",
        "verification du quorum", "ordre du jour",
    ]

    /// Words that stand between a heading's number and its title: "examinée le 9 décembre".
    static let titlePrefixes: [StaticString] = [
        "examinee le", "examine le", "adoptee le", "prise le", "du", "en date du", "seance du", "votee le",
    ]
}
