/// A matter of the @CTES nomenclature: what an act is about, for its transmission and for open data.
public struct ActMatter: Hashable, Sendable {
    /// Its code in two levels: "7.5".
    public let code: String
    /// Its name as open data writes it: "finances locales/subventions".
    public let name: String

    /// The matter of a code as printed: "7.5", "7.5.1", "7.5 Subventions"; nil when the nomenclature has none, or when the
    /// code has one level only.
    public init?(code printed: String) {
        let digits = printed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let numbers = digits.split(separator: ".").map { Int($0) ?? 0 }
        guard numbers.count >= 2, Self.chapters.indices.contains(numbers[0] - 1) else { return nil }
        let chapter = Self.chapters[numbers[0] - 1]
        guard chapter.matters.indices.contains(numbers[1] - 1) else { return nil }
        code = "\(numbers[0]).\(numbers[1])"
        name = "\(chapter.name)/\(chapter.matters[numbers[1] - 1])"
    }

    /// The classification of 19/04/2017 in two levels, names in lower case with their accents and without "/". Departments
    /// may receive a newer one from the ministry.
    private static let chapters: [(name: String, matters: [String])] = [
        (
            "commande publique",
            [
                "marchés publics", "délégation de service public", "conventions de mandat",
                "autres types de contrats", "transactions, protocole d’accord transactionnel",
                "actes relatifs à la maîtrise d’œuvre", "actes spéciaux et divers",
            ]
        ),
        (
            "urbanisme",
            [
                "documents d’urbanisme", "actes relatifs au droit d’occupation ou d’utilisation des sols",
                "droit de préemption urbain",
            ]
        ),
        (
            "domaine et patrimoine",
            [
                "acquisitions", "aliénations", "locations", "limites territoriales",
                "autres actes de gestion du domaine public", "autres actes de gestion du domaine privé",
            ]
        ),
        (
            "fonction publique",
            [
                "personnel titulaires et stagiaires de la F.P.T.", "personnel contractuel",
                "fonction publique hospitalière", "autres catégories de personnels", "régime indemnitaire",
            ]
        ),
        (
            "institutions et vie politique",
            [
                "élection exécutif", "fonctionnement des assemblées", "désignation de représentants",
                "délégation de fonctions", "délégation de signature", "exercice des mandats locaux",
                "intercommunalité", "décision d’ester en justice",
            ]
        ),
        (
            "libertés publiques et pouvoirs de police",
            [
                "police municipale", "pouvoir du président du conseil général",
                "pouvoir du président du conseil régional", "autres actes réglementaires",
                "actes pris au nom de l’État et soumis au contrôle hiérarchique",
            ]
        ),
        (
            "finances locales",
            [
                "décisions budgétaires", "fiscalité", "emprunts", "interventions économiques", "subventions",
                "contributions budgétaires", "avances", "fonds de concours", "prise de participation (SEM, etc...)",
                "divers",
            ]
        ),
        (
            "domaines de compétences par thèmes",
            [
                "enseignement", "aide sociale", "voirie", "aménagement du territoire",
                "politique de la ville-habitat-logement", "emploi-formation professionnelle", "transports",
                "environnement", "culture",
            ]
        ),
        (
            "autres domaines de compétences",
            [
                "autres domaines de compétences des communes", "autres domaines de compétences des départements",
                "autres domaines de compétences des régions", "vœux et motions",
            ]
        ),
    ]
}
