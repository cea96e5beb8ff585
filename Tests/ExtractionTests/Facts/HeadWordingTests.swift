import Deliberations
import Testing

@testable import Extraction

@Suite("Wordings of the head")
struct HeadWordingTests {
    private func extract(_ head: String) throws -> Extract {
        try Sample.extract(
            "\(head)\n\nVu le code,\nAprès en avoir délibéré, le Conseil municipal DÉCIDE de vendre le pré.\nAdopté à l'unanimité."
        )
    }

    private static let opening =
        "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\nSéance du 4 mars 2031\n\nPrésents : Mme Ida ROC, M. Bob CAR, Mme Eva FAY\n"

    @Test(
        "The secretary is the person named nearest to the office",
        arguments: [
            "M. Bob CAR à Mme Ida ROC (jusqu'au point n°3). Le quorum étant atteint, Mme Eva FAY a été désignée pour assurer les fonctions de Secrétaire.",
            "Il a été procédé à l'élection d'un secrétaire : à la majorité, Eva FAY a été désignée pour remplir ces fonctions.",
            "A été élue secrétaire de séance : Mme Eva FAY",
            "Madame Eva FAY a été nommée secrétaire de séance",
            "Secrétaire de séance : Commune de Besse-le-Mont - Mme Eva FAY",
            "Secrétaire élue pour la session : Eva FAY\nDirectrice, collaboratrice : Mme Zoé LIN",
            "M. Bob CAR : Nous allons élire le secrétaire de séance. Mme Eva FAY a été désignée secrétaire de séance.",
        ])
    func secretary(sentence: String) throws {
        #expect(try extract(Self.opening + sentence).session.secretary?.name == "Eva FAY")
    }

    @Test(
        "The authority's name ends where other words begin",
        arguments: [
            ("COMMUNE DE BESSE AU LIEU HABITUEL DE SES SÉANCES", "BESSE"),
            ("Commune de Besse-le-Mont et la caisse des écoles", "Besse-le-Mont"),
            ("Ville de La Roche Mercredi 4 mars 2031", "La Roche"),
            ("sous la présidence de Mme Ida ROC, Maire de Besse", "Besse"),
            ("Le conseil municipal de la Ville d'Orvaine s'est réuni", "Orvaine"),
        ])
    func names(words: String, name: String) throws {
        #expect(try extract(words + "\n\n" + Self.opening).authority.name == name)
    }

    @Test(
        "A name that only the body says is the authority's if nothing there contradicts it",
        arguments: [
            ("La commune de Vaux quitte le syndicat. La ville de Vaux l'a demandé. La commune de Besse l'admet.", ""),
            ("Les habitants de la commune de Vaux ont écrit.", ""),
            ("La commune de Besse possède un pré. Ce pré de la commune de Besse est loué.", "Besse"),
        ])
    func namesInTheBody(sentences: String, name: String) throws {
        let text = "\(Self.opening)\n\nObjet : Vente d'un pré\n\nVu la demande,\n\n\(sentences)"
        #expect(try extract(text).authority.name == name)
        #expect(try extract("COMMUNE DE LA ROCHE\n\n\(text)").authority.name == "LA ROCHE")
    }

    @Test("A count of presents and represented together is neither")
    func jointCount() throws {
        let stated = try extract(
            Self.opening + "Nombre de membres présents et représentés : 39\nNombre de pouvoirs : 8"
        ).session.stated
        #expect(stated.present == nil && stated.represented == 8)
    }

    @Test("A notice weeks before the session is another session's")
    func oldNotice() throws {
        #expect(try extract(Self.opening + "Date de convocation : 4 janvier 2031").session.convokedOn == nil)
        let near = try extract(Self.opening + "Date de convocation : 25 février 2031").session.convokedOn
        #expect(near?.description == "2031-02-25")
    }

    @Test("A name before a colon may be followed by the next commune")
    func localities() throws {
        let members = try extract(
            "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL COMMUNAUTAIRE\nSéance du 4 mars 2031\nPrésents : Orvaine : M. Robert Paul ; Mme Brac Lise Besse-le-Mont : M. Canon Éloi Le Mesnil : Mme Ort Lia"
        ).attendance.present
        #expect(members?.map(\.name) == ["Robert Paul", "Brac Lise", "Canon Éloi", "Ort Lia"])
    }

    @Test("Proxies that are given with a present participle are read")
    func givingProxy() throws {
        let proxies = try extract(Self.opening + "Absents représentés : M. Gil HAY donnant pouvoir à Mme Ida ROC")
            .attendance
            .proxies
        #expect(proxies?.map(\.giver.name) == ["Gil HAY"])
        #expect(proxies?.map(\.holder.name) == ["Ida ROC"])
    }

    @Test("\"Séance du\" prevails over a damaged day beside the assembly's name if \"L'an\" says the same")
    func damagedDate() throws {
        let text =
            "Conseil municipal du 7 mars 2031\n\nSéance du 17 mars 2031\n\nL'an deux mille trente et un, le dix-sept mars\n\n"
        let date = try extract(text + "DÉLIBÉRATION DU CONSEIL MUNICIPAL\nPrésents : Mme Ida ROC, M. Bob CAR").session
            .date
        #expect(date.description == "2031-03-17")
    }

    @Test("Only members report: someone who is heard does not")
    func rapporteur() throws {
        let text = "\n\nObjet : Vente d'un pré\n\n"
        let outsider = try extract(Self.opening + text + "Madame Zoé LIN présente le plan.")
        #expect(outsider.deliberations.first?.rapporteur == nil)
        let member = try extract(
            Self.opening + text + "Monsieur CAR, 2e adjoint délégué aux finances, présente le plan.")
        #expect(member.deliberations.first?.rapporteur?.name == "CAR")
    }
}
