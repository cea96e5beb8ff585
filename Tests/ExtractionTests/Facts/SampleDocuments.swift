import Deliberations
import Digest
import Extraction

/// Documents of fictional authorities, written for these tests.
enum Sample {
    /// An extract of a fictional communauté d'agglomération, with lists per commune, ranges of items, and annexes.
    static let agglomeration = """
        Extrait du Registre des délibérations du Conseil de Communauté

        Publié le : 17/03/2031

        Séance du lundi 10 mars 2031

        Membres du Conseil Communautaire en exercice : 11

        Le Conseil de Communauté, convoqué le 3 mars 2031, s'est réuni Salle des Tilleuls 4 rue du Canal à Orvaine, sous la présidence de Mme Odile VERNAY, Présidente de Val d'Yse Métropole.

        Ordre de passage des rapports : 1, 3, 2, 4, 5

        La séance est ouverte à 18h30 et levée à 20h05

        Étaient présents : **Orvaine :** Mme Odile VERNAY, M. Paul ARNOUX (à compter de la question n°3), Mme Lise BRAC (jusqu'à la question n°4 incluse), **Le Mesnil :** M. Jean DUVERNOIS (suppléant), **Les Ardilles :** Marc-Antoine LEPIC, **Saint-Yon-sur-Yse :** Mme Rose MARIN

        Étaient absents : **Orvaine :** M. Yves NOLLET, **Bréaux :** Mme Zoé OLIVIER, **Le Mesnil :** M. Luc PERRIN,

        Taillac : Mme Anne QUERTIER, **Vaux** : M. Louis RAMEAU

        Secrétaire de séance : M. Marc-Antoine LEPIC

        Procurations de vote : **Orvaine** : M. Yves NOLLET à Mme Odile VERNAY, M. Paul ARNOUX à Mme Lise BRAC (jusqu'à la question n°1 incluse), **Bréaux** : Mme Zoé OLIVIER à Mme Lise BRAC (jusqu'à la question n°4 incluse) et à M. Paul ARNOUX (à compter de la question n°5)

        Délibération n°2031/2031.00042

        Rapport n°4 - Lecture publique - Soutien aux rencontres portées par l'association des Liseurs (ADL) pour l'année 2031

        Rapporteur : Mme Rose MARIN, Vice-Présidente

        \tDate\tAvis
        Commission n°3\t17/02/2031\tFavorable
        Bureau\t24/02/2031\tDéfavorable

        Inscription budgétaire\t
        BP 2031 « Lecture »\tMontant prévu au Budget 2031 : 44 400 € Montant de l'opération : 12 500,50 €

        Pour rappel :

        Année 2029 : 10 K€
        Année 2030 : 12 K€

        Mme Rose MARIN (2) et M. Yves NOLLET (1), conseillers intéressés, ne prennent part ni au débat, ni au vote.

        A l'unanimité, le Conseil communautaire :

        - approuve le soutien aux rencontres à hauteur de 12 500,50 € sous forme de subvention,
        - charge Madame la Présidente de signer la convention jointe au rapport.

        Rapport adopté à l'unanimité :

        Pour : 5

        Contre : 0

        Abstention* : 0

        Conseillers intéressés : 3

        *Le sens du vote des élus qui n'y prennent pas part est compté comme une abstention.

        La présente délibération peut faire l'objet d'un recours devant le Tribunal administratif de Lunéry dans les deux mois suivant sa publicité.

        Le Secrétaire de séance,

        Marc-Antoine LEPIC
        Conseiller Communautaire

        Pour extrait conforme,
        La Présidente,

        Odile VERNAY
        Maire d'Orvaine

        Annexe 1 : convention

        CONVENTION relative aux rencontres

        Entre

        Val d'Yse Métropole

        Et

        L'association des Liseurs
        """

    /// An extract of a fictional commune, flattened to one line, with a stamp.
    static let flattened = """
        AR Prefecture 099-219901234-20310207-D13_2031-DE Reçu le 09/02/2031 Publié le 10/02/2031 COMMUNE DE MORTEFONT SUR LOIZE \
        REGISTRE DES DELIBERATIONS DU CONSEIL MUNICIPAL SEANCE DU 07 FEVRIER 2031 L'an deux mil trente et un, le vendredi 07 février à 20h30, \
        les membres du Conseil Municipal de la commune de Mortefont-sur-Loize, se sont réunis salle des fêtes, sur convocation qui leur a été adressée \
        par le Maire, le 31 janvier 2031. PRÉSENTS : Monsieur Éric DAVAL, Maire, Madame Line FORT, Monsieur Guy HURET, Adjoints, Madame Ida JOLY, \
        Conseillère Municipale. SECRÉTAIRE DE SÉANCE : Madame Line FORT EXCUSÉS : Monsieur Kim LAURE (Pouvoir à Madame Line FORT) \
        ABSENTS : Monsieur Max NOEL Madame Ota PRIN n° 13-02-2031 - Approbation du plan de financement de la halle Monsieur le Maire rappelle le projet. \
        Il est proposé de solliciter une subvention de 20 000 € auprès du Département. Le Conseil Municipal après en avoir délibéré A l'unanimité \
        1. APPROUVE le plan de financement ; 2. AUTORISE Monsieur le Maire à signer. Pour extrait certifié conforme, Le Maire, Éric DAVAL \
        Un recours peut être formé devant le Tribunal Administratif de LUNERY dans un délai de deux mois à compter de sa transmission.
        """

    /// An extract of a fictional commune around the lines `members`, `heading` and `result`.
    static func commune(
        members: String = "Présents : Mme Ana BEL, M. Bob CAR, M. Cyr DEL.",
        heading: String = "Objet : Vente d'un terrain",
        result: String = "Le Conseil municipal, après en avoir délibéré, à l'unanimité, APPROUVE la vente.",
        counts: String = ""
    ) -> String {
        """
        COMMUNE DE PLANSEL

        EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL

        Séance du 4 avril 2030

        L'an deux mille trente, le quatre avril à dix-neuf heures, le Conseil municipal, légalement convoqué le 28 mars 2030, s'est réuni en mairie, sous la présidence de Mme Ana BEL, Maire.
        \(counts)
        \(members)

        Secrétaire de séance : M. Bob CAR

        \(heading)

        Vu le Code général des collectivités territoriales,

        Considérant l'offre reçue,

        \(result)

        Pour extrait conforme,
        La Maire,
        Ana BEL
        """
    }

    /// Reads `text`.
    static func extract(_ text: String) throws -> Extract { try extract(Array(text.utf8)) }

    /// Reads `bytes`.
    static func extract(_ bytes: [UInt8]) throws -> Extract {
        let digest = SHA256Digest(of: bytes)
        let document = DocumentReference(
            id: digest, name: "essai.txt", mediaType: "text/plain",
            text: ConvertedText(sha256: digest, bytes: bytes.count))
        return try Extractor().extract(
            bytes, document: document, producedBy: Producer(program: "tests", version: "1"), warnings: [])
    }
}
