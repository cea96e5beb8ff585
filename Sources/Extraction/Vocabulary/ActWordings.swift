/// What a wording of a deliberation announces.
enum Anchor: UInt8, CaseIterable, Sendable {
    case registerExtract, minutesTitle, listTitle, otherActTitle, agendaTitle, assembly
    case sessionOn, yearOpening, gathered, convoked, published, opened, closed, presidency, presidentLabel, secretary
    case inOffice, quorum, orderOfPassage
    case present, absent, excused, proxies, represented, voters
    case actNumber, itemNumber, subject, rapporteur, reports, recital, deliberated, decides
    case votesFor, votesAgainst, abstentions, notParticipating, interestedCount, withdraws
    case unanimity, majority, adopted, rejected, noted, withdrawn, postponed, secretBallot, publicBallot, showOfHands
    case closing, court, sent, received, executory
    case commune, intercommunal, department, region, syndicate, socialCentre
    case budgetPlanned, budgetOperation, grant, formerYear, convention, annex
}

/// The wordings of deliberations, folded (see ``WordingMatcher``). To add one, add a line and a test.
enum ActWordings {
    /// The wordings of each announcement.
    static let all: [(Anchor, [String])] = document + session + counts + identity + decision + vote + closing + names

    /// Finds all of them in one pass.
    static let matcher = WordingMatcher(all.flatMap { kind, wordings in wordings.map { ($0, kind) } })

    private static let document: [(Anchor, [String])] = [
        (
            .registerExtract,
            [
                "extrait du registre", "extrait du registre des deliberations", "registre des deliberations",
                "extrait des deliberations", "extrait des registres", "extrait de deliberation",
                "extrait du proces-verbal", "extrait du proces verbal", "deliberation du conseil*",
                "deliberations du conseil*", "deliberation du comite*", "deliberation du bureau*",
                "deliberation de la commission permanente",
            ]
        ),
        (.minutesTitle, ["proces-verbal", "proces verbal", "compte rendu", "compte-rendu", "pv de"]),
        (.listTitle, ["liste des deliberations", "liste de deliberations"]),
        (
            .otherActTitle,
            [
                "decision du maire", "decision du president", "decision de la presidente", "arrete du maire",
                "arrete municipal",
                "recueil des actes administratifs", "decision municipale", "le maire arrete",
            ]
        ),
        (.agendaTitle, ["ordre du jour"]),
        (
            .assembly,
            [
                "conseil municipal", "conseil de communaute", "conseil communautaire", "conseil departemental",
                "conseil general", "conseil regional", "comite syndical", "conseil syndical", "conseil metropolitain",
                "conseil de la metropole", "conseil de metropole", "conseil d'administration", "commission permanente",
                "bureau communautaire", "bureau metropolitain", "bureau syndical", "conseil d'agglomeration",
                "conseil de territoire", "conseil de paris", "comite directeur", "assemblee departementale",
            ]
        ),
    ]

    private static let session: [(Anchor, [String])] = [
        (
            .sessionOn,
            [
                "seance du", "seance publique du", "seance ordinaire du", "seance extraordinaire du", "reunion du",
                "session du", "seance en date du", "reunion publique du", "seance de", "conseil municipal du",
                "conseil municipal en date du", "conseil communautaire du", "conseil communautaire en date du",
                "conseil de communaute du", "comite syndical du", "conseil departemental du", "conseil regional du",
                "commission permanente du", "conseil metropolitain du", "conseil d'administration du",
            ]
        ),
        (.yearOpening, ["l'an", "l' an"]),
        (.gathered, ["reuni", "reunie", "reunis", "assemble", "assemblee", "assembles", "reunit"]),
        (
            .convoked,
            [
                "convoque", "convoques", "convoquee", "convocation", "date de convocation", "date de la convocation",
                "date convocation",
                "convocations", "date d'envoi de la convocation", "date des convocations", "convocation du",
                "convocation en date du",
            ]
        ),
        (
            .published,
            [
                "publie le", "publiee le", "publie en ligne le", "mis en ligne le", "mise en ligne le",
                "date de mise en ligne",
                "date de mise en ligne de l'acte", "affiche le", "affichee le", "publication", "date de publication",
                "de la publication le", "publication le", "date d'affichage", "affichage le", "affichage",
                "date affichage",
                "publication en ligne le", "date de publication en ligne", "notifie ou publie le",
            ]
        ),
        (
            .opened,
            [
                "seance est ouverte a", "seance ouverte a", "ouvre la seance a", "seance a ete ouverte a",
                "la seance debute a",
                "debut de seance", "debut de la seance", "ouverture de la seance a", "ouverture de seance a",
                "seance est declaree ouverte a",
                "declare la seance ouverte a", "ouverture de la seance", "ouverture de seance", "heure d'ouverture",
            ]
        ),
        (
            .closed,
            [
                "levee a", "leve la seance a", "seance est levee a", "seance levee a", "cloture de la seance a",
                "seance close a",
                "fin de seance", "fin de la seance", "seance est close a", "la seance est levee a", "levee de seance a",
            ]
        ),
        (
            .presidency,
            [
                "sous la presidence de", "sous la presidence d'", "sous la presidence du", "sous la presidence",
                "presidence de", "presidee par", "preside par",
            ]
        ),
        (.presidentLabel, ["president", "presidente", "president de seance", "presidente de seance"]),
        (
            .secretary,
            [
                "secretaire de seance", "secretaires de seance", "secretaire de la seance", "secretaire",
                "secretariat de seance",
                "a ete elu secretaire de seance", "a ete elue secretaire de seance", "a ete nomme secretaire",
                "a ete nommee secretaire", "est nomme secretaire de seance", "est nommee secretaire de seance",
                "a ete designe secretaire de seance", "a ete designee secretaire de seance", "elu secretaire",
                "elue secretaire",
                "designe secretaire de seance", "designee secretaire de seance", "est designe secretaire de seance",
                "est designee secretaire de seance", "a ete elu secretaire", "a ete elue secretaire",
            ]
        ),
        (.orderOfPassage, ["ordre de passage des rapports", "ordre de passage", "ordre d'examen des rapports"]),
    ]

    private static let counts: [(Anchor, [String])] = [
        (
            .inOffice,
            [
                "en exercice", "membres en exercice", "afferents au conseil", "membres composant le conseil municipal",
                "nombre legal de membres au conseil municipal",
            ]
        ),
        (.quorum, ["quorum"]),
        (
            .present,
            [
                "etaient presents", "etaient presentes", "etait present", "presents", "presentes", "present",
                "sont presents", "presents a la seance",
                "etaient presents a la seance", "membres presents", "conseillers presents", "elus presents",
                "nombre de presents", "nombre de membres presents", "nombre de conseillers presents",
                "delegues presents",
                "etaient presents les conseillers municipaux suivants", "etaient presents mesdames et messieurs",
                "presents mesdames et messieurs", "membres titulaires presents", "nombre de delegues presents",
            ]
        ),
        (
            .absent,
            [
                "etaient absents", "etait absent", "etait absente", "etaient absent", "absents", "absent", "absente",
                "absentes", "nombre d'absents",
                "membres absents", "conseillers absents", "absents non excuses", "absents non representes",
                "non excuses",
            ]
        ),
        (
            .excused,
            [
                "excuses", "excuse", "excusee", "excusees", "absents excuses", "absent excuse", "absente excusee",
                "absentes excusees",
                "etaient excuses", "etait excuse", "etait excusee", "etaient absents excuses",
                "etaient absents et excuses", "absents et excuses",
                "etait absent excuse", "etait absente excusee", "membres excuses", "conseillers excuses",
                "excuses sans pouvoir",
                "absents excuses et non representes", "excuses non representes",
            ]
        ),
        (
            .represented,
            [
                "absents representes", "excuses representes", "absents excuses representes", "etaient representes",
                "etait represente",
                "representes", "represente", "representees", "absents ayant donne pouvoir",
                "absents ayant donne procuration",
                "absents ayant vote par procuration", "absents excuses ayant donne pouvoir",
                "absents excuses ayant donne procuration",
                "etaient absents excuses ayant donne pouvoir", "etaient absents ayant donne pouvoir",
                "excuses ayant donne pouvoir",
                "excuses ayant donne procuration", "absents excuses avec pouvoir", "absents avec pouvoir",
                "excuses avec pouvoir",
                "etaient absents excuses et avaient donne pouvoir",
                "etaient excuses et avaient donne pouvoir de voter en leur nom",
                "etaient absents et representes", "etaient excuses et representes", "absents et representes",
                "excuses et representes",
                "membres representes", "nombre de representes", "conseillers representes",
                "etaient absents et avaient donne pouvoir",
                "absents excuses ayant donnes pouvoir", "absents ayant donnes pouvoir", "absent ayant donne pouvoir",
                "absente ayant donne pouvoir", "absent excuse ayant donne pouvoir",
                "absente excusee ayant donne pouvoir",
                "etait absent excuse ayant donne pouvoir", "etait absente excusee ayant donne pouvoir",
                "absents excuses ayant donne mandat",
            ]
        ),
        (
            .proxies,
            [
                "procurations", "procuration", "pouvoirs", "procurations de vote", "ont donne procuration",
                "ont donne pouvoir",
                "a donne pouvoir", "a donne procuration", "nombre de procurations", "nombre de pouvoirs",
                "nombre de pouvoir",
                "avaient donne pouvoir", "avait donne pouvoir", "ayant donne pouvoir", "ayant donne procuration",
                "avaient donne procuration",
                "pouvoirs donnes", "procurations donnees", "ont donne mandat",
            ]
        ),
        (
            .voters,
            ["votants", "nombre de votants", "suffrages exprimes", "qui ont pris part a la deliberation", "votant"]
        ),
    ]

    private static let identity: [(Anchor, [String])] = [
        (
            .actNumber,
            [
                "deliberation n°", "deliberation no", "deliberation numero", "deliberation n", "n°",
                "numero de deliberation", "acte n°",
                "n° de deliberation", "no",
            ]
        ),
        (
            .itemNumber,
            [
                "rapport n°", "question n°", "point n°", "affaire n°", "dossier n°",
                "rapport no", "question no",
            ]
        ),
        (.subject, ["objet", "objet de la deliberation", "intitule"]),
        (
            .rapporteur,
            ["rapporteur", "rapporteure", "rapporteurs", "rapporte par", "presente par", "presentation par"]
        ),
        (
            .reports,
            [
                "rapporte", "expose", "presente", "rappelle", "informe", "donne lecture", "explique", "fait part",
                "donne connaissance", "propose", "indique", "precise",
            ]
        ),
        (.recital, ["vu", "considerant", "entendu", "ayant entendu", "oui", "attendu", "apres avoir entendu", "vus"]),
    ]

    private static let decision: [(Anchor, [String])] = [
        (
            .deliberated,
            [
                "apres en avoir delibere", "apres avoir delibere", "ayant delibere", "apres deliberation",
                "apres en avoir debattu",
                "apres en avoir deliberer", "apres discussion", "il est propose au conseil*",
                "il est demande au conseil*",
                "apres avoir entendu l'expose", "apres avis favorable",
            ]
        ),
        (
            .decides,
            [
                "decide", "autorise", "se prononce", "valide", "accepte", "donne son accord",
                "fixe",
                "emet un avis", "designe", "decident", "approuvent", "attribue",
            ]
        ),
    ]

    private static let vote: [(Anchor, [String])] = [
        (
            .votesFor,
            [
                "pour", "votes pour", "vote pour", "voix pour", "ont vote pour", "a vote pour", "voix favorables",
                "vote(s) pour", "votent pour",
            ]
        ),
        (
            .votesAgainst,
            [
                "contre", "votes contre", "vote contre", "voix contre", "ont vote contre", "a vote contre",
                "votent contre",
            ]
        ),
        (
            .abstentions,
            [
                "abstention", "abstentions", "se sont abstenus", "s'est abstenu", "s'est abstenue", "s'abstient",
                "s'abstiennent",
                "abstenus", "se sont abstenues",
            ]
        ),
        (
            .notParticipating,
            [
                "ne prennent pas part au vote", "ne prend pas part au vote", "nppv", "n pp v",
                "ne participe pas au vote",
                "ne participent pas au vote", "non participation", "non participations", "non votants",
                "n'ayant pas pris part au vote",
                "n'ont pas pris part au vote", "n'a pas pris part au vote", "refus de vote",
            ]
        ),
        (
            .interestedCount,
            ["conseillers interesses", "elus interesses", "membres interesses", "conseiller interesse"]
        ),
        (
            .withdraws,
            [
                "ne prennent part ni", "ne prend part ni", "ne prenant pas part", "ne prennent pas part",
                "ne prend pas part",
                "n'a pas pris part", "n'ont pas pris part", "se retire", "se retirent", "se retirant", "se deporte",
                "se deportent",
                "quitte la salle", "quittent la salle", "sort de la salle", "sortent de la salle", "ne prenant part ni",
            ]
        ),
        (
            .unanimity,
            ["a l'unanimite", "unanimite", "unanimement", "a l'unanimite des membres presents", "a l' unanimite"]
        ),
        (.majority, ["a la majorite", "a la majorite absolue"]),
        (
            .adopted,
            [
                "adopte", "adoptee", "adoptees", "adoptes", "approuve", "approuvee", "est approuve", "est approuvee",
                "le conseil adopte",
                "a ete approuvee", "a ete adoptee",
            ]
        ),
        (
            .rejected,
            ["rejete", "rejetee", "n'est pas adopte", "n'est pas adoptee", "repousse", "repoussee", "rejette"]
        ),
        (.noted, ["prend acte", "prennent acte", "a pris acte", "donne acte", "prendre acte"]),
        (.withdrawn, ["retire de l'ordre du jour", "retiree de l'ordre du jour", "point retire", "rapport retire"]),
        (.postponed, ["ajourne", "ajournee", "est reporte", "est reportee", "reporte a une prochaine seance"]),
        (.secretBallot, ["scrutin secret", "bulletin secret", "bulletins secrets", "vote secret"]),
        (.publicBallot, ["scrutin public"]),
        (.showOfHands, ["main levee", "mains levees"]),
    ]

    private static let closing: [(Anchor, [String])] = [
        (
            .closing,
            [
                "pour extrait conforme", "pour extrait certifie conforme", "pour copie conforme", "fait et delibere",
                "ainsi fait et delibere", "pour extrait", "ont signe au registre", "suivent les signatures",
                "fait en seance",
                "ont les membres presents signe", "pour copie certifiee conforme", "certifie conforme",
            ]
        ),
        (.court, ["tribunal administratif"]),
        (
            .sent,
            [
                "envoye en prefecture le", "envoi prefecture", "envoi en prefecture", "transmis en prefecture le",
                "transmission en prefecture le",
                "date de teletransmission", "teletransmis le", "transmis au controle de legalite le",
                "transmise en prefecture le",
                "teletransmission en prefecture le", "transmis a la prefecture le", "depose en prefecture le",
                "date d'envoi en prefecture",
                "transmission en prefecture", "transmis au representant de l'etat le",
            ]
        ),
        (
            .received,
            [
                "recu en prefecture le", "recu le", "reception en prefecture", "reception par le prefet",
                "ireception par le prefet",
                "date de reception prefecture",
                "date de reception ar", "date de reception en prefecture", "recu par le representant de l'etat le",
                "recu en sous-prefecture le",
                "date de reception de l'ar", "date de l'accuse de reception", "recu a la prefecture le",
                "date de reception",
                "reception en sous-prefecture", "recue en prefecture le", "reception prefecture",
                "reception par le sous-prefet",
                "accuse de reception en prefecture le",
            ]
        ),
        (
            .executory,
            [
                "executoire le", "certifie executoire le", "rendu executoire le", "certifiee executoire le",
                "rendue executoire le",
            ]
        ),
    ]

    private static let names: [(Anchor, [String])] = [
        (
            .commune,
            [
                "commune de", "commune d'", "commune du", "commune des", "ville de", "ville d'", "ville du",
                "ville des", "mairie de", "mairie d'",
                "conseil municipal de", "conseil municipal d'", "village de", "commune nouvelle de", "communede",
                "mairie du",
            ]
        ),
        (
            .intercommunal,
            ["communaute de communes", "communaute d'agglomeration", "communaute urbaine", "metropole"]
        ),
        (
            .department,
            [
                "departement de la", "departement de l'", "departement du", "departement des", "departement de",
                "departement d'",
            ]
        ),
        (.region, ["region"]),
        (.syndicate, ["syndicat mixte", "syndicat intercommunal", "syndicat departemental", "syndicat"]),
        (
            .socialCentre,
            ["centre communal d'action sociale", "centre intercommunal d'action sociale", "ccas", "cias", "c.c.a.s"]
        ),
        (
            .budgetPlanned,
            ["montant prevu au budget", "montant inscrit au budget", "credits inscrits au budget", "montant prevu"]
        ),
        (.budgetOperation, ["montant de l'operation", "cout de l'operation", "montant total de l'operation"]),
        (
            .grant,
            [
                "subvention", "subventions", "aide financiere", "soutien financier", "dotation",
                "participation financiere",
            ]
        ),
        (.formerYear, ["annee", "exercice"]),
        (.convention, ["convention", "conventions", "contrat", "avenant"]),
        (.annex, ["annexe", "annexes"]),
    ]
}
