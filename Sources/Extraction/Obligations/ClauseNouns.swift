import Deliberations

/// What a delay runs from. (An `Anchor` of this module is a wording that was found.)
typealias DelayAnchor = Deliberations.Anchor

/// The nouns and verbs that tell who is bound and from when a delay runs, folded. Adding one is one line here.
enum ClauseNouns {
    /// Who can owe or receive something.
    static let actors: [StaticString] = [
        "association", "beneficiaire", "beneficiaires", "commune", "communes", "ville", "collectivite", "departement",
        "region", "metropole", "communaute", "syndicat", "titulaire", "occupant", "preneur", "bailleur", "locataire",
        "prestataire", "organisateur", "organisateurs", "partie", "parties", "structure", "organisme", "club",
        "porteur", "emprunteur", "delegataire", "concessionnaire", "maitre", "societe", "entreprise", "entreprises",
        "etablissement", "centre", "federation", "comite", "ccas", "partenaire", "partenaires", "exploitant",
        "gestionnaire", "utilisateur", "proprietaire", "acquereur", "etat", "pole", "lycee", "ecole", "office",
        "employeur", "fondation", "mairie", "administration", "prefet", "cooperative", "mission", "caisse", "chambre",
        "universite", "groupement", "agence", "services", "maire", "president", "presidente",
    ]

    /// Words that stand for the subject of the sentence before.
    static let pronouns: [StaticString] = [
        "il", "elle", "ils", "elles", "celui-ci", "celle-ci", "ce dernier", "cette derniere",
    ]

    /// What may not be done, in clauses that begin with "ne peut" or "ne pourra".
    static let forbiddenVerbs: WordChoice = [
        "redistribuer", "reverser", "utiliser", "employer", "ceder", "transferer", "sous-louer", "affecter",
        "sous-traiter", "modifier", "etre utilise", "etre utilisee", "etre cede", "etre cedee", "etre reversee",
        "etre affectee", "etre employee", "etre transferee", "etre redistribuee",
    ]

    /// What is kept for a control; who "conserve la propriété" owes nothing.
    static let keptDocuments: WordChoice = [
        "pieces", "documents", "justificatifs", "factures", "comptes", "archives", "registres", "comptabilite",
    ]

    /// Money that may be claimed back.
    static let refunds: WordChoice = ["reversement", "remboursement", "restitution"]

    /// Participles before "le 3 mai" that tell of a past act and of no duty.
    static let pastActs: [StaticString] = [
        "signe", "signee", "adopte", "adoptee", "vote", "votee", "conclu", "conclue", "date", "datee", "etabli",
        "etablie", "approuve", "approuvee", "recu", "recue", "pris", "prise", "notifie", "notifiee", "publie",
        "publiee", "intervenu", "intervenue", "depose", "deposee", "convoque", "reuni", "reunie", "modifie",
        "modifiee", "des", "depuis",
    ]

    /// From when a delay runs; the first of them in the phrase decides.
    static let anchors = WordingMatcher<DelayAnchor>([
        ("signature", .signature), ("notification", .notification), ("publication", .publication),
        ("publicite", .publication), ("affichage", .publication), ("mise en ligne", .publication),
        ("adoption", .adoption), ("vote", .adoption), ("deliberation", .adoption), ("seance", .session),
        ("cloture de l'exercice", .yearEnd), ("fin de l'exercice", .yearEnd), ("cloture des comptes", .yearEnd),
        ("fin de l'annee", .yearEnd), ("exercice comptable", .yearEnd), ("fin du programme", .programmeEnd),
        ("fin de programme", .programmeEnd), ("fin de l'action", .programmeEnd), ("fin des actions", .programmeEnd),
        ("fin de l'operation", .programmeEnd), ("fin du projet", .programmeEnd),
        ("realisation de l'action", .programmeEnd), ("achevement", .programmeEnd), ("transmission", .transmission),
        ("reception", .receipt), ("envoi", .letter), ("lettre", .letter), ("courrier recommande", .letter),
    ])

    /// Units of delays.
    static let units: [(word: StaticString, unit: DelayUnit)] = [
        ("mois", .months), ("jours", .days), ("jour", .days), ("semaines", .weeks), ("semaine", .weeks),
        ("ans", .years), ("an", .years), ("annees", .years), ("annee", .years),
    ]
}

/// A unit of a delay.
enum DelayUnit: Sendable {
    case days
    case weeks
    case months
    case years
}
