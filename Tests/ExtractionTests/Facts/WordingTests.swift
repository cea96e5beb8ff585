import Deliberations
import Testing

@testable import Extraction

@Suite("Wordings of real life")
struct WordingTests {
    struct Counts: Sendable, CustomTestStringConvertible {
        let wording: String
        let votes: [Int?]
        var unanimous = false
        var testDescription: String { wording }
    }

    @Test(
        "Votes are read in all their forms",
        arguments: [
            Counts(wording: "Pour : 12\nContre : 2\nAbstention : 1", votes: [12, 2, 1]),
            Counts(wording: "Vote : 14 pour / 0 contre / 0 abstention", votes: [14, 0, 0]),
            Counts(wording: "Par : DEUX voix POUR - ONZE voix CONTRE et 1 ABSTENTION", votes: [2, 11, 1]),
            Counts(wording: "2 votes contre 1 abstention 9 votes pour", votes: [9, 2, 1]),
            Counts(wording: "Pour : 62 Contre : Abstentions : 3", votes: [62, 0, 3]),
            Counts(wording: "ONT VOTE POUR : 14 ONT VOTE CONTRE : / SE SONT ABSTENUS : /", votes: [14, 0, 0]),
            Counts(wording: "Votes pour : Votes contre : Abstentions : 41 0 0", votes: [41, 0, 0]),
            Counts(wording: "Adopté par 20 voix pour et une abstention", votes: [20, nil, 1]),
            Counts(wording: "22 voix « Pour » et 5 « Abstentions »", votes: [22, nil, 5]),
            Counts(wording: "Adopté à l'unanimité", votes: [nil, nil, nil], unanimous: true),
            Counts(wording: "Pour : 12 - Contre : néant - Abstention : néant", votes: [12, 0, 0]),
            Counts(wording: "ADOPTE par vingt et une voix pour, 0 voix contre", votes: [21, 0, nil]),
        ])
    func votes(expected: Counts) throws {
        let extract = try Sample.extract(
            Sample.commune(
                result: "Après en avoir délibéré, le Conseil municipal DÉCIDE de vendre.\n\n\(expected.wording)"))
        let vote = try #require(extract.deliberations.first?.vote)
        #expect([vote.for, vote.against, vote.abstentions] == expected.votes)
        #expect(vote.unanimous == expected.unanimous)
    }

    @Test("A committee's vote is not this vote")
    func committee() throws {
        let result =
            "Vu l'avis de la commission des finances (pour : 7 ; contre : 1 ; abstentions : 2).\n\nLe Conseil municipal adopte."
        let vote = try #require(try Sample.extract(Sample.commune(result: result)).deliberations.first?.vote)
        #expect(vote.for == nil && vote.against == nil && vote.abstentions == nil)
        #expect(vote.outcome == .adopted && !vote.unanimous)
    }

    @Test("Opponents and abstainers are read with their names")
    func namedVoters() throws {
        let result =
            "Après en avoir délibéré, APPROUVE.\n\nPour : 12\nContre : 1 (M. Bob CAR)\nAbstentions : 2 (Mme Eva FAY, M. Gil HAY)"
        let vote = try #require(try Sample.extract(Sample.commune(result: result)).deliberations.first?.vote)
        #expect(vote.opponents?.map(\.name) == ["Bob CAR"])
        #expect(vote.abstainers?.map(\.name) == ["Eva FAY", "Gil HAY"])
    }

    @Test(
        "Outcomes are told apart",
        arguments: [
            ("Le Conseil municipal PREND ACTE du rapport.", Vote.Outcome.noted),
            ("La proposition est rejetée par 9 voix contre et 2 voix pour.", .rejected),
            ("Le Conseil Adopte.", .adopted), ("Après en avoir délibéré, à la majorité, DÉCIDE de vendre.", .adopted),
        ])
    func outcomes(result: String, expected: Vote.Outcome) throws {
        #expect(try Sample.extract(Sample.commune(result: result)).deliberations.first?.vote?.outcome == expected)
    }

    struct Lists: Sendable, CustomTestStringConvertible {
        let wording: String
        var present: [String] = []
        var absent: [String]?
        var proxies: [String] = []
        var testDescription: String { wording }
    }

    @Test(
        "Lists of members are read in all their forms",
        arguments: [
            Lists(
                wording: "Étaient présents : MM. BRUN, CARRE et DOUX. Mmes ELAN, FAURE.",
                present: ["BRUN", "CARRE", "DOUX", "ELAN", "FAURE"]),
            Lists(wording: "PRESENTS: BRUN A, CARRE B, DOUX CC", present: ["BRUN A", "CARRE B", "DOUX CC"]),
            Lists(
                wording: "Présents : P. BRUN — L. CARRE - S. LE DOUX.", present: ["P. BRUN", "L. CARRE", "S. LE DOUX"]),
            Lists(
                wording: "Présents :\nPaul BRUN\nAnne CARRE\nAbsents : Zoé DOUX", present: ["Paul BRUN", "Anne CARRE"],
                absent: ["Zoé DOUX"]),
            Lists(
                wording:
                    "Présents : Paul BRUN, Anne CARRE. Absents ayant donné pouvoir : Zoé DOUX (pouvoir à Paul BRUN)",
                present: ["Paul BRUN", "Anne CARRE"], absent: ["Zoé DOUX"], proxies: ["Zoé DOUX > Paul BRUN"]),
            Lists(
                wording:
                    "Présents : Paul BRUN, Anne CARRE. Excusés Représentés : Z. DOUX représentée par P. BRUN - Y. ELAN représenté par A. CARRE.",
                present: ["Paul BRUN", "Anne CARRE"], absent: ["Z. DOUX", "Y. ELAN"],
                proxies: ["Z. DOUX > P. BRUN", "Y. ELAN > A. CARRE"]),
            Lists(
                wording: "Présents : M. Paul BRUN, M. Guy CARRE (Procuration de Mme Zoé DOUX)",
                present: ["Paul BRUN", "Guy CARRE"],
                proxies: ["Zoé DOUX > Guy CARRE"]),
            Lists(
                wording:
                    "Présents : M. Paul BRUN.\nOnt donné procuration : Mme Zoé DOUX à M. Paul BRUN, M. Yan ELAN a donné pouvoir à M. Guy CARRE",
                present: ["Paul BRUN"], proxies: ["Zoé DOUX > Paul BRUN", "Yan ELAN > Guy CARRE"]),
            Lists(
                wording:
                    "Présents : M. Paul BRUN. PROCURATIONS : Madame Zoé DOUX à Monsieur Paul BRUN Monsieur Yan ELAN 4 Madame Ida FAURE",
                present: ["Paul BRUN"], proxies: ["Zoé DOUX > Paul BRUN", "Yan ELAN > Ida FAURE"]),
            Lists(
                wording:
                    "Présents : Paul, Anne, Guy & Ida.\nExcusés : Zoé (pouvoir donné Paul) / Yan (pouvoir donné à Anne)",
                present: ["Paul", "Anne", "Guy", "Ida"], absent: ["Zoé", "Yan"], proxies: ["Zoé > Paul", "Yan > Anne"]),
            Lists(
                wording: "Présents : Paul BRUN - Anne CARRE – DELMAS - Guy DOUX\nAbsents : Zoé ELAN",
                present: ["Paul BRUN", "Anne CARRE – DELMAS", "Guy DOUX"], absent: ["Zoé ELAN"]),
            Lists(
                wording: "Présents : BRUN Paul, CARRE – DELMAS Anne, DOUX Guy",
                present: ["BRUN Paul", "CARRE – DELMAS Anne", "DOUX Guy"]),
            Lists(
                wording:
                    "Présents : BRUN Paul, CARRE Anne. Absents : DOUX Guy ELAN Zoé Le quorum étant atteint, on commence.",
                present: ["BRUN Paul", "CARRE Anne"], absent: ["DOUX Guy", "ELAN Zoé"]),
            Lists(
                wording:
                    "Présents : Mme Zoé BRUN, M. Guy CARRE. Absents : M. Yan DOUX, Mme Ida ELAN Mme Zoé BRUN a été élue secrétaire de séance.",
                present: ["Zoé BRUN", "Guy CARRE"], absent: ["Yan DOUX", "Ida ELAN"]),
            Lists(
                wording:
                    "Présents : Mme Zoé BRUN, M. Guy CARRE. Absents : M. Yan DOUX. Le quorum étant atteint, M. Guy CARRE a été désigné pour assurer les fonctions de secrétaire.",
                present: ["Zoé BRUN", "Guy CARRE"], absent: ["Yan DOUX"]),
            Lists(
                wording:
                    "Présents : Mme Zoé BRUN, M. Guy CARRE de Besse-sur-Loize ; M. Luc HAY, de Vaux. Excusés : M. Yan DOUX de Vaux qui donne pouvoir à M. Luc HAY, Mme Ida ELAN, de Besse, qui donne pouvoir à M. Guy CARRE. DÉPART de Mme Zoé BRUN après le point 3",
                present: ["Zoé BRUN", "Guy CARRE", "Luc HAY"], absent: ["Yan DOUX", "Ida ELAN"],
                proxies: ["Yan DOUX > Luc HAY", "Ida ELAN > Guy CARRE"]),
            Lists(
                wording: "Présents titulaires : M. Paul BRUN, M. Guy CARRE représenté par Mme Eva SUP, Mme Zoé DOUX",
                present: ["Paul BRUN", "Eva SUP", "Zoé DOUX"]),
            Lists(
                wording:
                    "Conseillers présents : 3 BRUN Paul, CARRE Anne, DOUX Guy. Conseillers absents ayant donné procuration : 2 ELAN Zoé à BRUN Paul FAURE Yan à CARRE Anne",
                present: ["BRUN Paul", "CARRE Anne", "DOUX Guy"], absent: ["ELAN Zoé", "FAURE Yan"],
                proxies: ["ELAN Zoé > BRUN Paul", "FAURE Yan > CARRE Anne"]),
            Lists(
                wording: "Présents : M. Paul BRUN, Mme Eva CARRE.\nPouvoir : Yan ELAN à Paul BRUN",
                present: ["Paul BRUN", "Eva CARRE"], proxies: ["Yan ELAN > Paul BRUN"]),
            Lists(
                wording:
                    "Présents : M. Paul BRUN, Mme Eva CARRE. Absents : M. Luc DE VAL St CYR, donne pouvoir à M. Paul BRUN.",
                present: ["Paul BRUN", "Eva CARRE"], absent: ["Luc DE VAL St CYR"],
                proxies: ["Luc DE VAL St CYR > Paul BRUN"]),
        ])
    func lists(expected: Lists) throws {
        let attendance = try Sample.extract(Sample.commune(members: expected.wording)).attendance
        #expect(attendance.present?.map(\.name) == expected.present)
        #expect(attendance.absent?.map(\.name) == expected.absent)
        #expect(attendance.proxies?.map { "\($0.giver.name) > \($0.holder.name)" } == expected.proxies)
    }

    @Test("Givers without a named holder are kept apart, and are no proxies")
    func giversWithoutHolder() throws {
        let members =
            "Présents : M. Paul BRUN.\nAbsents ayant voté par procuration selon l'article L 2121-20 :\nZoé DOUX, Yan ELAN."
        let attendance = try Sample.extract(Sample.commune(members: members)).attendance
        #expect(attendance.giversWithoutHolder?.map(\.name) == ["Zoé DOUX", "Yan ELAN"])
        #expect(attendance.absent?.map(\.name) == ["Zoé DOUX", "Yan ELAN"])
        #expect(attendance.proxies == [])
    }

    @Test(
        "Holders in a column of their own are nobody's: whose proxy they hold cannot be told",
        arguments: [
            "Ont donné pouvoir : Mme Zoé DOUX Mme Ida ELAN à M. Paul BRUN à M. Guy CARRE",
            "Ont donné pouvoir : Mme Zoé DOUX, Mme Ida ELAN Pouvoir à Paul BRUN Pouvoir à Guy CARRE",
            "Ont donné pouvoir : Zoé DOUX à Paul Le Conseil peut délibérer",
        ])
    func columns(proxies: String) throws {
        let members = "Présents : M. Paul BRUN, M. Guy CARRE.\n\(proxies)"
        let attendance = try Sample.extract(Sample.commune(members: members)).attendance
        #expect(attendance.proxies == [])
        #expect(
            attendance.giversWithoutHolder?.map(\.name).contains { $0.hasSuffix("DOUX") || $0.hasSuffix("ELAN") }
                == true)
    }

    @Test("Who leaves the chair while the accounts are voted is not interested; who withdraws from the matter is")
    func chair() throws {
        let accounts =
            "Madame Ana BEL quitte la salle après présentation du compte administratif.\n\nAprès en avoir délibéré, à l'unanimité, APPROUVE."
        #expect(try Sample.extract(Sample.commune(result: accounts)).deliberations.first?.vote?.interested == nil)
        let interest =
            "Madame Ana BEL, intéressée, quitte la salle.\n\nAprès en avoir délibéré, à l'unanimité, APPROUVE."
        let vote = try Sample.extract(Sample.commune(result: interest)).deliberations.first?.vote
        #expect(vote?.interested?.map(\.person.name) == ["Ana BEL"])
    }

    @Test("Arrivals and departures by hour are presences")
    func hours() throws {
        let members =
            "Présents : Paul BRUN (arrivé à 19h07), Anne CARRE (jusqu'à 22h40), Guy DOUX (à partir du point n° 3), Eva FAY (arrivée après le vote du point 2)."
        let present = try #require(try Sample.extract(Sample.commune(members: members)).attendance.present)
        #expect(present[0].presence == [ItemRange(fromTime: TimeOfDay(hour: 19, minute: 7))])
        #expect(present[1].presence == [ItemRange(untilTime: TimeOfDay(hour: 22, minute: 40))])
        #expect(present[2].presence == [ItemRange(from: "3")])
        #expect(present[3].presence == [ItemRange(from: "2")])
    }

    @Test(
        "Counts are read after their labels, before them, and in two rows",
        arguments: [
            "Nombre de conseillers en exercice : 15 Présents : 12 Procurations : 2 Votants : 14",
            "Nombre de Conseillers en exercice Présents Procurations Votants 15 12 2 14",
            "15 12 2 14 Nombre de Conseillers en exercice Présents Procurations Votants",
            "En exercice : 15\nPrésents : l2\nPouvoirs = 02\nVotants ; 14",
        ])
    func counts(wording: String) throws {
        let session = try Sample.extract(Sample.commune(counts: wording)).session
        #expect(session.membersInOffice == 15)
        #expect(session.stated.represented == 2)
        #expect(session.stated.voters == 14)
    }

    @Test(
        "Numbers are read in all styles",
        arguments: [
            ("Délibération n° 2030-12\n\nObjet : Vente", "2030-12"), ("N° 2030 4 2\n\nObjet : Vente", "2030 4 2"),
            ("DEL-2030-007\n\nObjet : Vente", "DEL-2030-007"),
            ("30-04/012\n\nObjet : Vente", "30-04/012"),
            ("Délibération N° DEL — 2030 — 007 : Vente", "DEL — 2030 — 007"),
            ("n° 2030 / 131\n\nObjet : Vente", "2030 / 131"),
        ])
    func numbers(heading: String, number: String) throws {
        #expect(try Sample.extract(Sample.commune(heading: heading)).deliberations.first?.number?.text == number)
    }

    @Test("A deliberation that is only referred to gives no number")
    func referredNumber() throws {
        let heading = "Objet : Vente d'un terrain\n\nVu la délibération n° 2029-17 du 3 mai 2029,"
        #expect(try Sample.extract(Sample.commune(heading: heading)).deliberations.first?.number == nil)
    }
}
