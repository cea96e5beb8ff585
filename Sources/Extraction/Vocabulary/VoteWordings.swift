/// What was decided and how the vote went.
extension ActWordings {
    static let decision: [(Anchor, [String])] = [
        (
            .deliberated,
            [
                "apres en avoir delibere", "apres avoir delibere", "ayant delibere", "apres deliberation",
                "apres en avoir debattu",
                "apres en avoir deliberer", "apres discussion", "il est propose au conseil*",
                "il est demande au conseil*",
                "apres avoir entendu l'expose", "apres avis favorable",
            ]
        ),
        (
            .decides,
            [
                "decide", "autorise", "se prononce", "valide", "accepte", "donne son accord",
                "fixe",
                "emet un avis", "designe", "decident", "approuvent", "attribue",
            ]
        ),
    ]

    static let vote: [(Anchor, [String])] = [
        (
            .votesFor,
            [
                "pour", "votes pour", "vote pour", "voix pour", "ont vote pour", "a vote pour", "voix favorables",
                "vote(s) pour", "votent pour",
            ]
        ),
        (
            .votesAgainst,
            [
                "contre", "votes contre", "vote contre", "voix contre", "ont vote contre", "a vote contre",
                "votent contre",
            ]
        ),
        (
            .abstentions,
            [
                "abstention", "abstentions", "se sont abstenus", "s'est abstenu", "s'est abstenue", "s'abstient",
                "s'abstiennent",
                "abstenus", "se sont abstenues",
            ]
        ),
        (
            .notParticipating,
            [
                "ne prennent pas part au vote", "ne prend pas part au vote", "nppv", "n pp v",
                "ne participe pas au vote",
                "ne participent pas au vote", "non participation", "non participations", "non votants",
                "n'ayant pas pris part au vote",
                "n'ont pas pris part au vote", "n'a pas pris part au vote", "refus de vote",
            ]
        ),
        (
            .interestedCount,
            ["conseillers interesses", "elus interesses", "membres interesses", "conseiller interesse"]
        ),
        (
            .withdraws,
            [
                "ne prennent part ni", "ne prend part ni", "ne prenant pas part", "ne prennent pas part",
                "ne prend pas part",
                "n'a pas pris part", "n'ont pas pris part", "se retire", "se retirent", "se retirant", "se deporte",
                "se deportent",
                "quitte la salle", "quittent la salle", "sort de la salle", "sortent de la salle", "ne prenant part ni",
            ]
        ),
        (
            .unanimity,
            ["a l'unanimite", "unanimite", "unanimement", "a l'unanimite des membres presents", "a l' unanimite"]
        ),
        (.majority, ["a la majorite", "a la majorite absolue"]),
        (
            .adopted,
            [
                "adopte", "adoptee", "adoptees", "adoptes", "approuve", "approuvee", "est approuve", "est approuvee",
                "le conseil adopte",
                "a ete approuvee", "a ete adoptee",
            ]
        ),
        (
            .rejected,
            ["rejete", "rejetee", "n'est pas adopte", "n'est pas adoptee", "repousse", "repoussee", "rejette"]
        ),
        (.noted, ["prend acte", "prennent acte", "a pris acte", "donne acte", "prendre acte"]),
        (.withdrawn, ["retire de l'ordre du jour", "retiree de l'ordre du jour", "point retire", "rapport retire"]),
        (.postponed, ["ajourne", "ajournee", "est reporte", "est reportee", "reporte a une prochaine seance"]),
        (.secretBallot, ["scrutin secret", "bulletin secret", "bulletins secrets", "vote secret"]),
        (.publicBallot, ["scrutin public"]),
        (.showOfHands, ["main levee", "mains levees"]),
    ]
}
