import Deliberations

/// What a word in the head of a table says.
enum TableHead: Sendable, Equatable {
    /// What follows is spent.
    case expense
    /// What follows is received.
    case revenue
    /// What follows is a plan of both, or of revenues.
    case plan
    /// The column of amounts.
    case amount
}

/// The words of tables, folded. Adding one is one line here.
enum TableWordings {
    /// Words of titles and heads.
    static let heads: [(wording: String, kind: TableHead)] = [
        ("depenses", .expense), ("depense", .expense), ("charges", .expense), ("postes de depenses", .expense),
        ("postes", .expense), ("nature des depenses", .expense), ("emplois", .expense),
        ("recettes", .revenue), ("recette", .revenue), ("produits", .revenue), ("ressources", .revenue),
        ("financeurs", .revenue), ("financeur", .revenue), ("sources de financement", .revenue),
        ("source de financement", .revenue), ("origine du financement", .revenue), ("financements", .revenue),
        ("plan de financement", .plan), ("budget previsionnel", .plan),
        ("montant", .amount), ("montants", .amount), ("montant ht", .amount), ("montant ttc", .amount),
        ("cout", .amount), ("couts", .amount), ("montant estime", .amount), ("montant previsionnel", .amount),
    ]

    /// First words of a head that only name the column of labels.
    static let labelHeads: [StaticString] = [
        "poste", "postes", "designation", "libelle", "libelles", "nature", "intitule", "depenses", "depense",
        "recettes", "recette", "financeur", "financeurs", "source", "sources", "charges", "produits", "objet",
        "description", "rubrique", "rubriques", "operation", "operations", "ressources", "origine", "article",
        "chapitre", "type", "partenaire", "partenaires", "organisme", "organismes", "beneficiaire", "association",
        "associations", "beneficiaires", "montant", "cofinanceur", "cofinanceurs", "emplois",
    ]

    /// Words of a head that name a column of quantities.
    static let quantityHeads: WordChoice = [
        "quantite", "quantites", "jours", "nombre", "unites", "qte", "nb",
    ]

    /// Words after "total" that make it the total of the whole table.
    static let grandTotals: WordChoice = [
        "general", "programme", "projet", "depenses", "recettes", "charges", "produits", "budget", "operation", "ht",
        "ttc", "ressources", "financement", "global", "emplois", "previsionnel", "des",
    ]

    /// Words of a sentence, which is no head of a table.
    static let verbs: WordChoice = [
        "est", "sont", "sera", "seront", "a", "ont", "du", "au", "que", "s'eleve", "dont", "pour", "suivant",
        "suivante",
    ]
}
