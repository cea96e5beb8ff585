extension RuleExplanations {
    static let identity: [RuleExplanation] = [
        .init(
            "doc-authority-identified", needs: ["nom, nature et département de la collectivité"],
            example: "Collectivité non identifiée\u{A0}: «\u{A0}—\u{A0}»."),
        .init(
            "doc-part-unread", needs: ["avertissements de la lecture"],
            example: "Pièce non lue\u{A0}: «\u{A0}annexe.xlsx\u{A0}» (format non lu)."),
        .init(
            "siren-luhn", needs: ["numéro SIREN"],
            example: "SIREN 200000009 invalide (clé de contrôle)."),
        .init(
            "siret-luhn", needs: ["numéro SIRET du bénéficiaire"],
            example: "SIRET 73282932000047 invalide."),
        .init(
            "actes-id-format", needs: ["identifiant de télétransmission"],
            example: "Identifiant de télétransmission mal formé\u{A0}: 025-200000008-2025_017-DE."),
        .init(
            "actes-id-siren", needs: ["identifiant de télétransmission", "numéro SIREN de la collectivité"],
            example: "L’identifiant vise le SIREN 732829320, la collectivité est 200000008."),
        .init(
            "actes-id-department", needs: ["identifiant de télétransmission", "département de la collectivité"],
            example: "Département 039 dans l’identifiant, 025 attendu."),
        .init(
            "actes-id-date", needs: ["identifiant de télétransmission", "date de la séance"],
            example: "Date 14/03/2025 dans l’identifiant, séance du 13/03/2025."),
        .init(
            "actes-id-nature", needs: ["identifiant de télétransmission"],
            example: "Nature AR dans l’identifiant, DE attendue."),
        .init(
            "matiere-code", needs: ["code matière"],
            example: "Matière 7.11 inconnue de la nomenclature @CTES."),
        .init(
            "delib-number-year", needs: ["numéro de l’acte", "date de la séance"],
            example: "Le n°\u{A0}2024-017 ne porte pas l’année de la séance (2025)."),
        .init(
            "delib-number-unique", needs: ["numéro de l’acte", "registre des actes"],
            example: "Le n°\u{A0}2025-017 est déjà attribué à «\u{A0}Travaux de voirie\u{A0}» (13/02/2025)."),
        .init(
            "report-in-agenda", needs: ["numéro du rapport", "ordre de passage"],
            example: "Le rapport n°\u{A0}13 ne figure pas dans l’ordre de passage."),
        .init(
            "agenda-complete", needs: ["ordre de passage"],
            example: "Ordre de passage\u{A0}: doublons 12."),
        .init(
            "title-consistent", needs: ["intitulé", "texte du document"],
            example:
                "Deux intitulés différents pour le même rapport\u{A0}: «\u{A0}Soutien à l’association Les Ateliers du Val\u{A0}»."
        ),
        .init(
            "mandatory-mentions", needs: ["document entier"],
            example: "Mentions absentes ou non lues\u{A0}: résultat du vote."),
        .init(
            "signature-authors", needs: ["bloc de signature"],
            example: "Signature sans prénom, nom et qualité de\u{A0}: B. Bouleau.",
            inForce: "président et secrétaire depuis le 1er juillet 2022"),
        .init(
            "secretary-present", needs: ["secrétaire de séance", "liste des présents"],
            example: "Le secrétaire de séance Quentin Quinoa figure parmi les absents."),
        .init(
            "president-present", needs: ["président de séance", "liste des présents"],
            example: "Le président Thérèse Tilleul figure parmi les absents."),
    ]

    static let dates: [RuleExplanation] = [
        .init(
            "weekday-date", needs: ["jours écrits à côté des dates"],
            example: "Le 13/03/2025 est un jeudi, le texte dit vendredi."),
        .init(
            "date-plausible", needs: ["dates du texte"],
            example: "Date impossible ou invraisemblable\u{A0}: 30 février 2025."),
        .init(
            "opinion-before-session", needs: ["dates des avis", "date de la séance"],
            example: "Avis du 14/03/2025 postérieur à la séance."),
        .init(
            "hours-order", needs: ["heures d’ouverture et de clôture"],
            example: "Séance levée (17h00) avant d’être ouverte (18h30)."),
    ]

    static let convocation: [RuleExplanation] = [
        .init(
            "convocation-delay", needs: ["date de la convocation", "date de la séance", "population (communes)"],
            example: "Convocation du 08/03/2025 pour le 13/03/2025\u{A0}: 4 jours francs, 5 exigés.",
            inForce:
                "EPCI\u{A0}: cinq jours francs quelle que soit la taille depuis le 1er mars 2020\u{A0}; auparavant selon la plus grande commune membre"
        ),
        .init(
            "convocation-urgent", needs: ["date de la convocation", "date de la séance", "texte du document"],
            example: "Urgence\u{A0}: 0 jour franc, un jour franc au moins est exigé."),
        .init(
            "convocation-before-session", needs: ["date de la convocation", "date de la séance"],
            example: "Convocation postérieure à la séance\u{A0}: 14/03/2025, séance du 13/03/2025."),
        .init(
            "convocation-second", needs: ["dates des deux séances"],
            example: "Seconde convocation à moins de trois jours\u{A0}: séances du 11/03/2025 et du 13/03/2025."),
        .init(
            "budget-notice-12", needs: ["date d’envoi du projet de budget", "date de la séance"],
            example: "Projet de budget communiqué 8 jours avant, 12 exigés (M57).",
            inForce: "depuis le 1er janvier 2024"),
        .init(
            "note-synthese", needs: ["texte du document", "population (communes)"],
            example: "Aucune mention de la note explicative de synthèse."),
    ]

    static let attendance: [RuleExplanation] = [
        .init(
            "att-total-in-office", needs: ["listes des présents et des absents", "membres en exercice"],
            example: "14 présents + 5 absents = 19, mais 20 membres en exercice."),
        .init(
            "att-stated-counts", needs: ["effectifs imprimés", "listes des membres"],
            example: "Effectif annoncé (présents) 12, effectif calculé 14."),
        .init(
            "att-listed-twice", needs: ["listes des présents et des absents"],
            example: "Claire Chardon figure deux fois dans les listes."),
        .init(
            "att-present-and-absent", needs: ["listes des présents et des absents"],
            example: "Claire Chardon est à la fois présente et absente."),
        .init(
            "att-interval", needs: ["liste des présents", "ordre de passage"],
            example: "Intervalle de présence impossible pour Gisèle Genêt\u{A0}: 9 à 4."),
        .init(
            "att-name-mismatch", needs: ["listes des membres", "liste des pouvoirs"],
            example:
                "«\u{A0}Claire Chardan\u{A0}» rapproché de «\u{A0}Claire Chardon\u{A0}»\u{A0}: orthographes différentes."
        ),
        .init(
            "att-name-unknown", needs: ["listes des membres", "liste des pouvoirs"],
            example: "Xerxès Zzyzx n’est pas membre de l’assemblée."),
        .init(
            "att-civility-missing", needs: ["listes des membres"],
            example: "Civilité absente\u{A0}: Inès Iris."),
        .init(
            "att-commune-unknown",
            needs: ["listes des membres", "noms officiels des communes membres (configuration)"],
            example: "Commune «\u{A0}Hautprè\u{A0}»\u{A0}: nom officiel «\u{A0}Hautpré\u{A0}»."),
        .init(
            "att-substitute", needs: ["listes des membres et leurs communes"],
            example: "Suppléant admis seulement si la commune n’a qu’un siège\u{A0}: Bellecombe."),
        .init(
            "proxy-giver-absent", needs: ["liste des pouvoirs", "liste des présents"],
            example: "Karine Kerria a donné pouvoir et est présente pendant toute la séance."),
        .init(
            "proxy-holder-present", needs: ["liste des pouvoirs", "liste des présents"],
            example: "Quentin Quinoa, porteur du pouvoir de Serge Sureau, est absent aux questions 3 à 12."),
        .init(
            "proxy-limit", needs: ["liste des pouvoirs", "liste des présents"],
            example: "Anne Abeille porte 2 pouvoirs pendant toute la séance (maximum 1).",
            inForce:
                "deux pouvoirs du 12 mars au 30 août 2020, du 15 novembre 2020 au 30 septembre 2021 et du 10 novembre 2021 au 31 juillet 2022"
        ),
        .init(
            "proxy-one-holder", needs: ["liste des pouvoirs", "liste des présents"],
            example: "Octave Olivier a donné pouvoir à deux collègues pendant toute la séance."),
        .init(
            "proxy-chain", needs: ["liste des pouvoirs", "liste des présents"],
            example: "Gisèle Genêt est elle-même représentée\u{A0}: le pouvoir de Rose Romarin ne peut être exercé."),
        .init(
            "proxy-self", needs: ["liste des pouvoirs"],
            example: "Pouvoir donné à soi-même\u{A0}: Quentin Quinoa."),
        .init(
            "proxy-three-sessions", needs: ["liste des pouvoirs", "registre des séances"],
            example: "Pouvoir donné par Octave Olivier à Anne Abeille plus de trois séances consécutives (4)."),
        .init(
            "proxy-gap", needs: ["liste des présents", "liste des pouvoirs"],
            example: "2 membres ni présents ni représentés à la question 6\u{A0}: Quentin Quinoa et Thérèse Tilleul."),
    ]

    static let quorum: [RuleExplanation] = [
        .init(
            "quorum-at-question",
            needs: ["membres en exercice", "liste des présents", "place du point dans l’ordre de passage"],
            example: "Point\u{A0}: 5 membres présents pris en compte, quorum 6 (11 en exercice).",
            inForce:
                "un tiers du 12 mars au 30 août 2020, du 15 novembre 2020 au 30 septembre 2021 et du 10 novembre 2021 au 31 juillet 2022\u{A0}; départements et régions\u{A0}: intéressés exclus depuis le 24 décembre 2025"
        ),
        .init(
            "quorum-at-opening", needs: ["membres en exercice", "liste des présents"],
            example: "Quorum non atteint à l’ouverture\u{A0}: 9/11.",
            inForce: "mêmes périodes que quorum-at-question"),
        .init(
            "quorum-standing-commission", needs: ["membres en exercice", "liste des présents", "liste des pouvoirs"],
            example: "Commission permanente\u{A0}: quorum non atteint (6/7).",
            inForce: "un tiers dans les périodes COVID"),
        .init(
            "quorum-ccas", needs: ["membres en exercice", "liste des présents"],
            example: "Quorum du conseil d’administration non atteint (4/5).",
            inForce: "un tiers dans les périodes COVID"),
        .init(
            "quorum-margin",
            needs: ["membres en exercice", "liste des présents", "place du point dans l’ordre de passage"],
            example: "Quorum atteint de justesse (marge 2)."),
    ]

    static let votes: [RuleExplanation] = [
        .init(
            "interested-count", needs: ["noms des élus intéressés", "liste des présents", "liste des pouvoirs"],
            example: "3 conseillers intéressés annoncés, 2 voix calculées (1 intéressé présent + 1 pouvoir)."),
        .init(
            "interested-not-voting", needs: ["noms des élus intéressés", "noms des votants"],
            example: "Hugo Houx, intéressé, a pris part au vote.",
            inForce: "départements et régions\u{A0}: erreur depuis le 24 décembre 2025"),
        .init(
            "interested-proxy", needs: ["noms des élus intéressés", "liste des présents", "liste des pouvoirs"],
            example: "Le pouvoir de Rose Romarin porté par Hugo Houx ne pouvait être exercé."),
        .init(
            "interested-rapporteur", needs: ["rapporteur", "noms des élus intéressés"],
            example: "Le rapporteur Hugo Houx est intéressé à l’affaire."),
        .init(
            "vote-balance", needs: ["décompte des voix", "liste des présents", "liste des pouvoirs"],
            example: "17 + 1 + 0 = 18 voix, 16 attendues (14 présents + 4 pouvoirs − 2 intéressés)."),
        .init(
            "vote-exceeds", needs: ["décompte des voix", "membres en exercice"],
            example: "Plus de voix (21) que de votants possibles (20)."),
        .init(
            "vote-majority", needs: ["décompte des voix", "résultat du vote"],
            example: "Acte dit adopté avec 5 pour et 11 contre."),
        .init(
            "vote-casting", needs: ["décompte des voix", "sens du vote du président"],
            example: "Partage des voix 8/8, acte dit adopté\u{A0}: scrutin secret, l’acte est rejeté."),
        .init(
            "vote-unanimity", needs: ["formule du résultat", "décompte des voix"],
            example: "«\u{A0}À l’unanimité\u{A0}» avec 1 voix contre."),
        .init(
            "vote-majority-wording", needs: ["formule du résultat", "décompte des voix"],
            example: "«\u{A0}À la majorité\u{A0}» sans voix contraire ni abstention."),
        .init(
            "vote-npv-note", needs: ["note sous le vote", "liste des présents", "liste des pouvoirs"],
            example:
                "La note assimile la non-participation à une abstention\u{A0}; 2 voix d’élus intéressés en sont exclues."
        ),
        .init(
            "vote-secret", needs: ["mode de scrutin", "noms des votants"],
            example: "Scrutin secret et votes nominatifs incompatibles."),
        .init(
            "vote-public-names", needs: ["mode de scrutin", "noms des votants"],
            example: "Scrutin public sans la liste des votants (0 nommés pour 16 voix)."),
        .init(
            "vote-nomination", needs: ["voix des candidats", "tour de scrutin"],
            example: "Élection\u{A0}: majorité ou tour incohérents (Inès Iris, 7 voix sur 16)."),
        .init(
            "vote-qualified", needs: ["décompte des voix", "base de la majorité"],
            example: "Majorité qualifiée des deux tiers non atteinte\u{A0}: 10 voix pour, 11 exigées."),
        .init(
            "vote-wording-vs-result", needs: ["décompte des voix", "résultat du vote"],
            example: "Le texte dit «\u{A0}rejeté\u{A0}», le décompte dit le contraire."),
        .init(
            "accounts-president-out", needs: ["président de séance", "décompte des voix", "texte du document"],
            example: "Le maire ou président (Alain Aubépine) a pris part au vote des comptes."),
    ]
}
