import Deliberations
import Testing

@testable import Extraction

/// A convention of a commune with an association, in one style.
let millConvention = """
    CONVENTION DE SUBVENTION 2024

    Entre

    La commune de Valmoreau, représentée par son maire, Madame Odile FERRAND, habilitée par délibération du 14 mai 2024, d'une part,

    Et

    L'association « Les Amis du Moulin », dont le siège est 3 rue du Bief à Valmoreau, représentée par Monsieur Luc TESSIER, Président, ci-après « l'association », d'autre part,

    Il est convenu ce qui suit :

    Article 1er : Objet
    La commune soutient la restauration de la roue du moulin.

    ARTICLE 2 – DURÉE
    La présente convention prend effet le 1er juin 2024 et prend fin le 31 décembre 2025.

    Article3. Versement
    La commune versera à l'association une subvention de 24 000 € selon les modalités suivantes :
    - 60 % à la signature de la présente convention ;
    - le solde, soit 9 600 €, dans un délai de 30 jours à compter de la réception du bilan financier.

    Article 4 - Engagements de l'association
    L'association s'engage à :
    - transmettre à la commune un compte rendu financier dans les six mois suivant la clôture de l'exercice ;
    - fournir chaque année, au plus tard le 30 juin, son rapport d'activité ;
    - conserver les factures pendant dix ans à compter du 31 décembre 2025 ;
    - mentionner le soutien de la commune lors de toute publication.
    Elle informera la commune, sans délai, de toute difficulté.

    Article 5 - Résiliation
    Chacune des parties peut résilier la convention moyennant un préavis de trois mois notifié par lettre recommandée.

    Article 6 - Litiges
    Les litiges relèvent du tribunal administratif de Bourg-Neuf.

    Fait à Valmoreau, en trois exemplaires, le 3 juin 2024

    Odile FERRAND\tLuc TESSIER
    """

@Suite("Conventions")
struct ConventionTests {
    private let reading = AnnexReading(convention: millConvention)

    @Test("The parties are named as written, without seat and representative")
    func parties() throws {
        let convention = try #require(reading.extract.conventions?.first)
        #expect(convention.parties == ["La commune de Valmoreau", "L'association « Les Amis du Moulin »"])
        #expect(convention.deliberation == 0)
        #expect(reading.quote("/conventions/0/parties/0") == "La commune de Valmoreau")
    }

    @Test("Who signs is named once, with the office")
    func signatories() throws {
        let signatories = try #require(reading.extract.conventions?.first?.signatories)
        #expect(signatories.map(\.name) == ["Odile FERRAND", "Luc TESSIER"])
        #expect(signatories.map(\.role) == ["maire", "Président"])
    }

    @Test("Articles have their number and title in every style")
    func articles() throws {
        let articles = try #require(reading.extract.conventions?.first?.articles)
        #expect(articles.map(\.number) == ["1er", "2", "3", "4", "5", "6"])
        #expect(
            articles.map(\.title) == [
                "Objet", "DURÉE", "Versement", "Engagements de l'association", "Résiliation", "Litiges",
            ])
        #expect(reading.quote(articles[4].range).hasSuffix("par lettre recommandée."))
    }

    @Test("Dates, notice, copies and court are read where the text states them")
    func terms() throws {
        let convention = try #require(reading.extract.conventions?.first)
        #expect(convention.effectiveFrom == day("2024-06-01"))
        #expect(convention.endsOn == day("2025-12-31"))
        #expect(convention.signedOn == day("2024-06-03"))
        #expect(convention.noticeMonths == 3)
        #expect(convention.copies == 3)
        #expect(convention.court == "tribunal administratif de Bourg-Neuf")
        #expect(convention.blanks.isEmpty)
    }

    @Test("Payments have their share or amount and their moment")
    func payments() throws {
        let payments = try #require(reading.extract.conventions?.first?.payments)
        try #require(payments.count == 2)
        #expect(payments[0].share == 6_000)
        #expect(payments[0].amount == nil)
        #expect(payments[0].when == "à la signature de la présente convention")
        #expect(payments[1].amount == Money(cents: 960_000))
        #expect(payments[1].when.hasPrefix("dans un délai de 30 jours"))
    }

    @Test("Every citation lies within the text and no pointer stands twice")
    func citations() {
        let citations = reading.extract.provenance.citations
        #expect(Set(citations.map(\.pointer)).count == citations.count)
        for citation in citations {
            #expect(citation.range.start < citation.range.end && citation.range.end <= reading.text.count)
        }
    }

    @Test(
        "A span of dates states the beginning and the end",
        arguments: [
            (
                "La convention est conclue pour la période du 1er janvier 2025 au 31 décembre 2027.", "2025-01-01",
                "2027-12-31"
            ),
            ("Elle entre en vigueur à compter du 15/09/2024 et expire le 14/09/2025.", "2024-09-15", "2025-09-14"),
            ("Elle est valable du 2 mai au 30 juin 2025.", "2025-05-02", "2025-06-30"),
        ])
    func spans(sentence: String, start: String, end: String) throws {
        let text = "CONVENTION\n\nArticle 1 - Objet\nPrêt d'une salle.\n\nArticle 2 - Durée\n\(sentence)\n"
        let convention = try #require(AnnexReading(convention: text).extract.conventions?.first)
        #expect(convention.effectiveFrom == day(start))
        #expect(convention.endsOn == day(end))
    }

    @Test("A duration without dates states no end")
    func durationWithoutDates() throws {
        let text = "CONVENTION\n\nArticle 1 - Durée\nElle est conclue pour trois ans à compter de sa signature.\n"
        let convention = try #require(AnnexReading(convention: text).extract.conventions?.first)
        #expect(convention.effectiveFrom == nil)
        #expect(convention.endsOn == nil)
    }

    @Test("Articles that are only numbered are found when they count up")
    func numberedArticles() throws {
        let text = """
            CONVENTION

            1. Objet
            Mise à disposition d'un local.

            2. Loyer
            Le loyer est de 12 € par mois.

            3. Durée
            Un an.
            """
        let articles = try #require(AnnexReading(convention: text).extract.conventions?.first?.articles)
        #expect(articles.map(\.title) == ["Objet", "Loyer", "Durée"])
    }
}

@Suite("Blanks of a convention")
struct BlankTests {
    @Test(
        "What was left to be filled in is found",
        arguments: [
            ("Vu la délibération n°du conseil municipal en date du , ", 2),
            ("habilité par délibération du ........, d'une part", 1),
            ("N° de convention : ______", 1),
            ("Fait en deux exemplaires à Valmoreau, le\n\nLe maire", 1),
            ("Fait à Valmoreau, le 3 juin 2024", 0),
            ("Vu la délibération n° 2024-12 du 14 mai 2024,", 0),
            ("des investissements, etc...) ou de son financement", 0),
            ("Le montant (voir annexe...) est plafonné.", 0),
            ("Le loyer est de … € par mois, du … au …", 3),
        ])
    func blanks(line: String, count: Int) throws {
        let convention = try #require(AnnexReading(convention: "CONVENTION\n\n\(line)\n").extract.conventions?.first)
        #expect(convention.blanks.count == count)
    }
}
