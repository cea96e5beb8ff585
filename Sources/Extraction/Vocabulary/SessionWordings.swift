/// When and how the session sat, and who was there.
extension ActWordings {
    static let session: [(Anchor, [String])] = [
        (
            .sessionOn,
            [
                "seance du", "seance publique du", "seance ordinaire du", "seance extraordinaire du", "reunion du",
                "session du", "seance en date du", "reunion publique du", "seance de", "conseil municipal du",
                "conseil municipal en date du", "conseil communautaire du", "conseil communautaire en date du",
                "conseil de communaute du", "comite syndical du", "conseil departemental du", "conseil regional du",
                "commission permanente du", "conseil metropolitain du", "conseil d'administration du",
                "conseil municipal le", "conseil communautaire le", "comite syndical le", "examinees le", "examinee le",
                "seance du conseil municipal du", "reunion du conseil municipal du",
                "seance du conseil communautaire du",
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
                "secretariat de seance", "pour assurer les fonctions de secretaire",
                "pour remplir les fonctions de secretaire",
                "les fonctions de secretaire", "est elu secretaire de seance", "est elue secretaire de seance",
                "a ete elu secretaire de seance", "a ete elue secretaire de seance", "a ete nomme secretaire",
                "a ete nommee secretaire", "est nomme secretaire de seance", "est nommee secretaire de seance",
                "a ete designe secretaire de seance", "a ete designee secretaire de seance", "elu secretaire",
                "elue secretaire",
                "designe secretaire de seance", "designee secretaire de seance", "est designe secretaire de seance",
                "est designee secretaire de seance", "a ete elu secretaire", "a ete elue secretaire",
                "a ete designe comme secretaire", "a ete designee comme secretaire", "est designe comme secretaire",
                "est designee comme secretaire", "a ete nomme comme secretaire", "a ete nommee comme secretaire",
                "secretaire elu pour la session", "secretaire elue pour la session",
            ]
        ),
        (.orderOfPassage, ["ordre de passage des rapports", "ordre de passage", "ordre d'examen des rapports"]),
    ]

    static let counts: [(Anchor, [String])] = [
        (
            .movement,
            [
                "arrive a", "arrivent a", "arrivee de", "arrivees de", "depart de", "departs de", "quitte la seance",
                "quittent la seance", "quitte l'assemblee", "quitte la reunion", "quitte le conseil",
                "rejoint la seance",
                "rejoint l'assemblee", "entre en seance", "sort de seance", "prend part aux debats a", "part a",
                "quitte definitivement la seance", "arrive en seance",
            ]
        ),
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
                "absents excuses et non representes", "excuses non representes", "membres absents non representes",
                "conseillers absents non representes", "membres absents excuses", "conseillers absents excuses",
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
                "absents excuses ayant donne mandat", "conseillers absents ayant donne procuration",
                "conseillers absents ayant donne pouvoir", "membres absents ayant donne procuration",
                "membres absents ayant donne pouvoir", "conseillers absents representes", "membres absents representes",
                "conseillers ayant donne procuration", "conseillers ayant donne pouvoir",
                "membres ayant donne procuration", "membres ayant donne pouvoir",
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
                "pouvoirs donnes", "procurations donnees", "ont donne mandat", "pouvoir",
            ]
        ),
        (
            .voters,
            ["votants", "nombre de votants", "suffrages exprimes", "qui ont pris part a la deliberation", "votant"]
        ),
    ]
}
