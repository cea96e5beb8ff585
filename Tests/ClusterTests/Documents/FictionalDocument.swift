/// An extract of a community of communes that does not exist: one act with its number, its subject, its due date.
/// Its convention lacks clauses that the law asks for, an error of which staff are told at once.
struct FictionalDocument {
    /// The act's number.
    var number: String
    /// What sets its subject and its wording apart.
    var token: String
    /// What kind of paper it is.
    var heading = "Extrait du registre des délibérations du Conseil communautaire"
    /// The grant, in euros. Up to 23 000 no convention is needed: then there are warnings only, which wait for a digest.
    var amount = "32 000"
    /// The day by which the association reports, as the text writes it.
    var due = "31 mars 2026"

    /// The document that is number `index` of the tests: of its own act.
    init(_ index: Int) {
        number = "2025-\(1_000 + index)"
        let names = ["Sabots", "Lampes", "Cascades", "Vergers", "Moulins", "Ruches", "Tilleuls", "Forges"]
        token = "\(names[index % names.count]) de Brume \(1_000 + index)"
    }

    /// The act's subject.
    var subject: String { "Soutien à l’association Les \(token) pour la saison 2025" }

    /// The sentence from which the due date is read.
    var obligation: String {
        """
        L’association Les \(token) s’engage à remettre à la Communauté de communes le rapport d’activité, au plus tard \
        le \(due).
        """
    }

    /// What the file is called.
    var fileName: String { "extrait-\(number).txt" }

    var bytes: [UInt8] { Array(text.utf8) }

    /// The whole text.
    var text: String { [opening, decision, convention].joined(separator: "\n\n") + "\n" }

    private var opening: String {
        """
        Communauté de communes du Val d’Aubrelle
        \(heading)

        Mis en ligne le : 18/03/2025

        Séance du jeudi 13 mars 2025

        Membres du Conseil communautaire en exercice : 9

        Le Conseil communautaire, convoqué le 6 mars 2025, s’est réuni à la salle des fêtes de Montfleury, sous la \
        présidence de Mme Claire ROUVIÈRE, Présidente de la Communauté de communes du Val d’Aubrelle.

        Étaient présents : Montfleury : Mme Claire ROUVIÈRE, M. Hugo DELMAS, Mme Inès CARPENTIER, Pierrelune : \
        Mme Françoise TAVEL, M. Olivier BRESSAN, Vercourt : M. Luc HAMON, Belmesnil : M. Gaspard TISSOT

        Étaient absents : Montfleury : M. Karim BENALI, Pierrelune : Mme Maud KELLER

        Secrétaire de séance : M. Luc HAMON

        Procurations de vote : Montfleury : M. Karim BENALI à M. Hugo DELMAS
        """
    }

    private var decision: String {
        """
        Délibération n°\(number)

        Rapport n°12 - Culture - \(subject)

        Rapporteur : Mme Inès CARPENTIER, Vice-présidente

        Résumé :

        L’association Les \(token) demande à la Communauté de communes de renouveler son aide pour la saison 2025.

        À l’unanimité, le Conseil communautaire :

        - attribue à l’association Les \(token) une subvention de \(amount) € pour la saison 2025,
        - approuve la convention jointe au rapport,
        - autorise Madame la Présidente, ou son représentant, à la signer.

        Rapport adopté à l’unanimité :

        Pour : 8

        Contre : 0

        Abstention : 0
        """
    }

    private var convention: String {
        """
        Pour extrait conforme,
        La Présidente,

        Claire ROUVIÈRE

        Annexe : convention

        CONVENTION relative au soutien de l’association Les \(token)

        Entre

        La Communauté de communes du Val d’Aubrelle, représentée par sa Présidente, Madame Claire ROUVIÈRE, d’une part

        Et

        L’association Les \(token), représentée par sa Présidente, Madame Garance LETOURNEUR, d’autre part

        Il est convenu ce qui suit :

        Article 1 - Objet

        La Communauté de communes aide la saison 2025 de l’association par une subvention de \(amount) €.

        Article 2 - Comptes rendus

        \(obligation)
        """
    }
}
