extension RuleExplanations {
    static let publicity: [RuleExplanation] = [
        .init(
            "publication-present", needs: ["date de publication", "date de la séance"],
            example:
                "Date de mise en ligne absente\u{A0}: l’acte n’est ni exécutoire ni couvert par le délai de recours.",
            inForce: "depuis le 1er juillet 2022"),
        .init(
            "publication-after-session", needs: ["date de publication", "date de la séance"],
            example: "Publication (12/03/2025) antérieure à la séance (13/03/2025)."),
        .init(
            "publication-late", needs: ["date de publication", "date de la séance"],
            example: "Acte publié 22 jours après la séance."),
        .init(
            "publication-mode", needs: ["mode de publication", "population (communes)"],
            example: "Publication électronique obligatoire (le texte dit «\u{A0}affiché\u{A0}»).",
            inForce: "depuis le 1er juillet 2022"),
        .init(
            "publication-two-months", needs: ["date de publication", "date de la séance"],
            example: "À maintenir en ligne jusqu’au 18/05/2025 au moins.",
            inForce: "depuis le 1er juillet 2022"),
        .init(
            "list-one-week", needs: ["date de publication de la liste", "date de la séance"],
            example: "Liste des délibérations publiée le 25/03/2025, échéance 20/03/2025.",
            inForce: "depuis le 1er juillet 2022"),
        .init(
            "pv-one-week", needs: ["séance qui arrête le procès-verbal", "date de sa publication"],
            example: "Procès-verbal arrêté le 10/04/2025\u{A0}: à publier avant le 18/04/2025.",
            inForce: "depuis le 1er juillet 2022"),
        .init(
            "transmission-required", needs: ["date de réception en préfecture"],
            example: "Preuve de réception en préfecture absente."),
        .init(
            "transmission-15-days", needs: ["date de réception en préfecture", "exercice"],
            example: "Transmission le 20/07/2025, limite 15/07/2025 (15 jours).",
            inForce: "sauf 2020"),
        .init(
            "executory-date", needs: ["date de publication", "date de réception en préfecture"],
            example: "Exécutoire le 18/03/2025."),
        .init(
            "appeal-mention", needs: ["texte du document"],
            example: "Mention des voies et délais absente."),
        .init(
            "appeal-court", needs: ["tribunal mentionné", "département de la collectivité"],
            example: "Tribunal «\u{A0}Tribunal administratif de Dijon\u{A0}» mentionné, Besançon compétent."),
        .init(
            "appeal-period", needs: ["délai mentionné"],
            example: "Délai de recours «\u{A0}3 mois\u{A0}», deux mois attendus."),
    ]

    static let grants: [RuleExplanation] = [
        .init(
            "grant-budget-line", needs: ["inscription budgétaire", "montant de l’opération"],
            example: "Opération 60\u{A0}000\u{A0}€ supérieure à l’inscription budgétaire 50\u{A0}000\u{A0}€."),
        .init(
            "grant-operation-equals", needs: ["montants de la subvention et de l’opération"],
            example: "Subvention 60\u{A0}000\u{A0}€ ≠ montant de l’opération 70\u{A0}000\u{A0}€."),
        .init(
            "grant-amount-consistent", needs: ["montants du texte"],
            example: "Montants différents de la même subvention\u{A0}: 60\u{A0}000\u{A0}€ et 56\u{A0}000\u{A0}€."),
        .init(
            "grant-history-claim", needs: ["montants des années passées"],
            example: "Le montant 60\u{A0}000\u{A0}€ n’est pas celui de 2024 (50\u{A0}000\u{A0}€)."),
        .init(
            "grant-separate", needs: ["subventions et objet de l’acte"],
            example: "Subvention conditionnée sans délibération distincte\u{A0}: Association Les Ateliers du Val."),
        .init(
            "grant-convention-required", needs: ["montant, bénéficiaire et mention d’une convention"],
            example: "Subvention de 60\u{A0}000\u{A0}€\u{A0}: convention obligatoire au-delà de 23\u{A0}000\u{A0}€."),
        .init(
            "grant-convention-clauses", needs: ["articles de la convention"],
            example: "Clauses obligatoires absentes\u{A0}: modalités de versement."),
        .init(
            "grant-crf", needs: ["articles de la convention"],
            example: "Compte rendu financier non prévu, ou prévu après le 30/06/2026."),
        .init(
            "grant-accounts", needs: ["articles de la convention"],
            example: "Transmission des comptes certifiés non prévue (L1611-4)."),
        .init(
            "grant-no-redistribution", needs: ["articles de la convention"],
            example: "Reversement à un autre organisme\u{A0}: doit être expressément prévu."),
        .init(
            "grant-auditor", needs: ["registre des subventions de l’année"],
            example:
                "Au-delà de 153 000\u{A0}€ de subventions annuelles\u{A0}: commissaire aux comptes et publication des comptes (Les Ateliers du Val)."
        ),
        .init(
            "grant-accounts-75k", needs: ["montant", "produits de l’organisme", "population (communes)"],
            example: "Comptes certifiés de l’organisme à joindre au compte administratif (Les Ateliers du Val)."),
        .init(
            "grant-cer", needs: ["texte du document"],
            example: "Contrat d’engagement républicain non mentionné.",
            inForce: "depuis le 2 janvier 2022"),
        .init(
            "grant-essential-data", needs: ["montant", "date de signature de la convention"],
            example: "Données essentielles à publier dans les trois mois de la signature de la convention.",
            inForce: "depuis le 1er août 2017"),
        .init(
            "grant-beneficiary-id", needs: ["SIRET ou RNA"],
            example: "SIRET ou RNA du bénéficiaire absent\u{A0}: Association Les Ateliers du Val."),
        .init(
            "grant-payment-sum", needs: ["échéancier de versement"],
            example: "Échéancier\u{A0}: 90\u{A0}% / 54\u{A0}000\u{A0}€ pour 60\u{A0}000\u{A0}€."),
        .init(
            "grant-payment-60-days", needs: ["date de notification"],
            example: "Non vérifiable\u{A0}: date de notification (versement au plus tard 60 jours après).",
            inForce: "depuis le 3 juillet 2021"),
        .init(
            "grant-cofunding", needs: ["plan de financement"],
            example:
                "Le plan de financement porte 50\u{A0}000\u{A0}€ pour Communauté de communes du Val d'Aubrelle, la subvention est de 60\u{A0}000\u{A0}€."
        ),
        .init(
            "grant-rate", needs: ["budget prévisionnel"],
            example: "Taux d’intervention\u{A0}: 50\u{A0}%."),
        .init(
            "grant-payment-vs-control", needs: ["échéancier de versement", "articles de la convention"],
            example: "Contrôle lié aux demandes de versement alors que tout est versé à la signature."),
        .init(
            "grant-retroactive", needs: ["période financée", "date de prise d’effet"],
            example: "Période financée (année 2025) antérieure à la prise d’effet (18/03/2025 au plus tôt)."),
    ]

    static let tables: [RuleExplanation] = [
        .init(
            "table-subtotal", needs: ["lignes du tableau"],
            example: "Tableau 1\u{A0}: lignes 51\u{A0}000\u{A0}€, sous-total écrit 50\u{A0}000\u{A0}€."),
        .init(
            "table-total", needs: ["lignes du tableau"],
            example: "Tableau 1\u{A0}: sous-totaux 120\u{A0}000\u{A0}€, total écrit 125\u{A0}000\u{A0}€."),
        .init(
            "table-balance", needs: ["lignes du tableau"],
            example: "Dépenses 120\u{A0}000\u{A0}€ ≠ recettes 125\u{A0}000\u{A0}€."),
        .init(
            "table-body", needs: ["tableau", "total cité dans le texte"],
            example: "Annexe 120\u{A0}000\u{A0}€, texte 130\u{A0}000\u{A0}€."),
        .init(
            "table-unit-price", needs: ["lignes avec quantités"],
            example: "«\u{A0}Directeur\u{A0}»\u{A0}: prix unitaires 650\u{A0}€ et 600\u{A0}€."),
        .init(
            "table-label-variants", needs: ["lignes avec quantités"],
            example: "Libellés proches\u{A0}: «\u{A0}Chargée de mission\u{A0}» / «\u{A0}Chargé de mission\u{A0}»."),
        .init(
            "table-percent", needs: ["pourcentages et montants du tableau"],
            example: "Pourcentage 28\u{A0}%, calculé 20,83\u{A0}%."),
        .init(
            "amount-format", needs: ["montants du texte"],
            example: "Écriture des montants\u{A0}: «\u{A0}65k€\u{A0}» et «\u{A0}65 K€\u{A0}»."),
        .init(
            "amount-equal-k", needs: ["montants du texte"],
            example: "60 k€ et 65 000 € ne concordent pas."),
        .init(
            "amount-words", needs: ["montants du texte"],
            example: "soixante mille euros ≠ 16 000 €."),
        .init(
            "amount-tax", needs: ["montants du texte"],
            example: "Montant 120\u{A0}000\u{A0}€ dit TTC puis HT."),
    ]

    static let conventions: [RuleExplanation] = [
        .init(
            "conv-signature-after-act", needs: ["date de signature", "date de la séance"],
            example: "Convention signée le 01/03/2025, délibération du 13/03/2025."),
        .init(
            "conv-effective", needs: ["dates de la convention"],
            example: "Prise d’effet 01/01/2025 avant la signature 01/04/2025."),
        .init(
            "conv-end", needs: ["dates de la convention"],
            example: "Fin de convention (31/03/2025) avant son début (01/04/2025)."),
        .init(
            "conv-due-after-period", needs: ["dates de remise des pièces", "période financée"],
            example: "Pièces dues le 30/11/2025, avant la fin de la période (31/12/2025)."),
        .init(
            "conv-due-vs-law", needs: ["dates de remise des comptes"],
            example: "Échéance contractuelle 30/09/2026 postérieure à la limite légale 30/06/2026."),
        .init(
            "conv-blank", needs: ["texte de la convention"],
            example: "Champ laissé en blanc\u{A0}: «\u{A0}Fait à Aubrelle, le ......\u{A0}»."),
        .init(
            "conv-crossref", needs: ["articles et annexes de la convention"],
            example: "Renvoi à l’article 9 introuvable\u{A0}: la convention a 5 articles."),
        .init(
            "conv-law-cited", needs: ["lois et décrets cités"],
            example:
                "Référence «\u{A0}loi n° 2000-321 du 12 avril 2001\u{A0}» inconnue\u{A0}: ce numéro est du 12/04/2000."),
        .init(
            "conv-court", needs: ["tribunal désigné", "département de la collectivité"],
            example: "Tribunal «\u{A0}Tribunal administratif de Lyon\u{A0}» désigné, Besançon attendu."),
        .init(
            "conv-retention-start", needs: ["durées de conservation"],
            example: "Durée de conservation sans point de départ («\u{A0}pendant 10 ans\u{A0}»)."),
        .init(
            "conv-parties", needs: ["noms des représentants et bloc de signature"],
            example: "Signataires différents\u{A0}: Yves Yucca / Zoé Zinnia."),
        .init(
            "conv-copies", needs: ["nombre d’exemplaires"],
            example: "2 exemplaires prévus."),
    ]
}
