/// Tells public beneficiaries by the first words of their names: law 2000-321 art. 10 does not concern them.
enum PublicBodies {
    /// What a name tells of its bearer.
    enum Nature {
        case publicBody
        /// An association, a club, a company: surely private.
        case privateBody
        case unknown
    }

    private static let publicWords: [[UInt8]] = [
        "COMMUNE", "VILLE", "DEPARTEMENT", "REGION", "SYNDICAT", "COMMUNAUTE", "METROPOLE", "CCAS", "CIAS", "SDIS",
        "SIVOM",
        "SIVU", "EPCI", "COLLEGE", "LYCEE", "UNIVERSITE", "ETAT", "HOPITAL", "CHU", "CENTRE HOSPITALIER", "ECOLE",
        "REGIE",
        "OFFICE PUBLIC", "EPIC", "SERVICE DEPARTEMENTAL", "CENTRE COMMUNAL", "CENTRE DE GESTION", "CHAMBRE", "BUDGET",
        "CAISSE", "ETABLISSEMENT PUBLIC", "AGENCE", "PETR", "PAYS", "GRAND PORT", "HABITAT",
    ].map { Array($0.utf8) }

    private static let privateWords: [[UInt8]] = [
        "ASSOCIATION", "CLUB", "AMICALE", "COMITE DES FETES", "FONDATION", "SARL", "SAS", "SA ", "UNION SPORTIVE",
        "FC ",
        "ENTENTE", "FOYER RURAL", "CHORALE", "FANFARE", "HARMONIE", "ASSO", "FEDERATION", "ETOILE SPORTIVE", "AS ",
        "US ",
        "SECOURS POPULAIRE", "SECOURS CATHOLIQUE", "CROIX ROUGE", "RESTAURANTS DU COEUR",
    ].map { Array($0.utf8) }

    private static let articles = ["LE ", "LA ", "LES ", "L ", "AU ", "A LA ", "A L ", "AUX "].map { Array($0.utf8) }

    /// What `name` tells.
    static func nature(of name: String) -> Nature {
        var folded = LatinFolding.fold(name)
        if let article = articles.first(where: { folded.starts(with: $0) }) { folded.removeFirst(article.count) }
        if publicWords.contains(where: { folded.starts(with: $0) }) { return .publicBody }
        if privateWords.contains(where: { folded.starts(with: $0) }) { return .privateBody }
        return .unknown
    }
}
