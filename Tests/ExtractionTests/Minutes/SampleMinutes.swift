@testable import Extraction

/// Minutes and lists of fictional authorities, written for these tests.
enum SampleMinutes {
    /// The head of the minutes of a fictional commune.
    static let head = """
        COMMUNE DE PLANSEL

        PROCÈS-VERBAL DU CONSEIL MUNICIPAL

        Séance du mardi 4 mars 2031

        Le Conseil municipal s'est réuni en mairie à 20 h 00, sous la présidence de Mme Ida ROC, Maire.

        Présents : Mme Ida ROC, M. Bob CAR, Mme Eva FAY, M. Gil HAY, Mme Lia ORT
        Absent excusé : M. Max PIN
        Secrétaire de séance : Mme Eva FAY

        """

    /// Items with "POINT", numbers of acts in the line below, an agenda before and questions after.
    static let points =
        head + """
            Ordre du jour :
            1) Approbation du compte rendu du 4 février 2031
            2) Vente d'un terrain communal
            3) Tarifs de la salle des fêtes
            4) Divers

            POINT 1 - Approbation du compte rendu du 4 février 2031 :
            Aucune observation n'étant formulée, le compte rendu est adopté à l'unanimité.

            POINT 2 – Vente d'un terrain
            communal :
            2031-03-04-DCM-01    Nomenclature ACTES : 3.2

            Monsieur Bob CAR rappelle la délibération n° 2031-02-04-DCM-07.
            Après en avoir délibéré, le Conseil municipal, par 4 voix pour et 1 voix contre (Mme Lia ORT),
            DÉCIDE :
            Article 1 : De vendre la parcelle au prix de 12 000 €.

            POINT 3 – Tarifs de la salle des fêtes :
            2031-03-04-DCM-02    Nomenclature ACTES : 7.1

            Le Conseil municipal prend acte des tarifs.

            POINT 4 – Divers :
            Le marché aura lieu le 3 mai.

            La séance est levée à 21 h 30.
            """

    /// Items in one line, cut off in the last one.
    static let flattened = """
        CCAS DE PLANSEL Compte rendu du Conseil d'Administration du 4 mars 2031 ETAIENT PRESENTS : Mme Ida ROC, M. Bob CAR, \
        Mme Eva FAY. ABSENTS EXCUSES : M. Gil HAY. 1– Approbation du compte rendu de la séance du 4 février 2031 Le point est \
        adopté à l’unanimité. 2 – Avenant n°1 à la convention avec la résidence des Tilleuls Madame la Vice-Présidente expose \
        le rapport. M. Bob CAR demande le prix. Le point est adopté à l’unanimité. 1/7 3 – DM N°1 Portage de repas Mme Eva FAY \
        expose le rapport. Le point est adopté à l’unanimité. 4 – Tarifs du foyer de La Roche Madame la Vice-Présidente expose \
        les tarifs pour
        """

    /// A list in one line that names no assembly.
    static let list = """
        Délibération n° 2031-03-04/01 examinée le 4 mars 2031 — budget annexe — approuvée Délibération n° 2031-03-04/02 \
        examinée le 4 mars 2031 — Travaux en régie — approuvée Délibération n° 2031-03-04/03examinée le 4 mars 2031 — vente \
        d'un bois — rejetée Le secrétaire de séance Le Maire, Bob CAR Ida ROC Les délibérations sont consultables en mairie.
        """

    /// Headings without numbers, that the agenda announces or that follow the line of a vote.
    static let untitled =
        head + """
            Ordre du jour

            Convention avec le centre de gestion
            Conditions de facturation de l'eau
            Questions diverses

            Monsieur le Maire ouvre la séance.

            Convention avec le centre de gestion

            Le Conseil municipal après en avoir délibéré approuve la convention.

            Vote : Unanimité

            Conditions de facturation de l'eau

            Le prix reste le même.

            Vote : 1 ABSTENTION / 4 POUR

            Achat d'un tracteur

            Le tracteur est usé.

            Vote : Unanimité
            """
}
