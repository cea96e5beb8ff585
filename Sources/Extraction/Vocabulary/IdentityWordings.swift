/// What the document is, what its act is called and whose it is.
extension ActWordings {
    static let document: [(Anchor, [String])] = [
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
        (
            .minutesTitle,
            [
                "proces-verbal", "proces verbal", "compte rendu", "compte-rendu", "pv de", "pv du", "cr du", "cr de la",
                "cr conseil",
                "cr reunion", "c.r. du", "p.v. du", "proces- verbal", "procesverbal", "proces -verbal",
                "releve de deliberations",
                "releve des deliberations", "compte - rendu",
            ]
        ),
        (
            .listTitle,
            [
                "liste des deliberations", "liste de deliberations", "liste des actes", "deliberations examinees",
                "deliberations adoptees", "listes des deliberations", "liste deliberations",
            ]
        ),
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
                "conseil de l'eurometropole", "conseil de la communaute", "conseil de l'agglomeration",
                "conseil de la communaute urbaine", "assemblee de corse", "conseil du territoire",
                "conseil d'arrondissement",
                "assemblee plenaire",
            ]
        ),
    ]

    static let identity: [(Anchor, [String])] = [
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
        (
            .matter,
            [
                "nomenclature", "nomenclature actes", "nomenclature @ctes", "matiere", "matieres", "matiere de l'acte",
                "code matiere", "classification", "classification de l'acte", "code nomenclature", "codification",
                "domaine de competence",
            ]
        ),
        (
            .subject,
            ["objet", "objet de la deliberation", "intitule", "objets", "bjet", "biet", "obiet", "ojet", "objei"]
        ),
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

    static let names: [(Anchor, [String])] = [
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
            [
                "communaute de communes", "communaute d'agglomeration", "communaute urbaine", "metropole",
                "eurometropole",
            ]
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
