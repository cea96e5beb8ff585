import Deliberations
import Testing

@testable import Extraction

@Suite("Whole extracts")
struct WholeExtractTests {
    @Test("A communauté's extract is read completely")
    func session() throws {
        let extract = try Sample.extract(Sample.agglomeration)
        #expect(extract.kind == .extract)
        #expect(extract.authority.name == "Val d'Yse Métropole")
        #expect(extract.authority.kind == .epci)
        #expect(extract.assembly == "Conseil de Communauté")
        let session = extract.session
        #expect(session.date.description == "2031-03-10")
        #expect(session.weekday == .monday)
        #expect(session.openedAt?.description == "18:30")
        #expect(session.closedAt?.description == "20:05")
        #expect(session.place == "Salle des Tilleuls 4 rue du Canal à Orvaine")
        #expect(session.convokedOn?.description == "2031-03-03")
        #expect(session.publishedOn?.description == "2031-03-17")
        #expect(session.president?.name == "Odile VERNAY")
        #expect(session.secretary?.name == "Marc-Antoine LEPIC")
        #expect(session.membersInOffice == 11)
        #expect(session.orderOfPassage == ["1", "3", "2", "4", "5"])
        #expect(session.stated == StatedCounts())
    }

    @Test("Members are read per commune, with their presence")
    func members() throws {
        let attendance = try Sample.extract(Sample.agglomeration).attendance
        let present = try #require(attendance.present)
        #expect(
            present.map(\.name) == [
                "Odile VERNAY", "Paul ARNOUX", "Lise BRAC", "Jean DUVERNOIS", "Marc-Antoine LEPIC", "Rose MARIN",
            ])
        #expect(
            present.map(\.locality) == [
                "Orvaine", "Orvaine", "Orvaine", "Le Mesnil", "Les Ardilles", "Saint-Yon-sur-Yse",
            ])
        #expect(present[1].presence == [ItemRange(from: "3")])
        #expect(present[2].presence == [ItemRange(through: "4")])
        #expect(present[3].substitute)
        #expect(present[4].civility == nil)
        let absent = try #require(attendance.absent)
        #expect(absent.map(\.name) == ["Yves NOLLET", "Zoé OLIVIER", "Luc PERRIN", "Anne QUERTIER", "Louis RAMEAU"])
        #expect(absent.map(\.locality) == ["Orvaine", "Bréaux", "Le Mesnil", "Taillac", "Vaux"])
    }

    @Test("Proxies are read with their ranges, successive holders too")
    func proxies() throws {
        let proxies = try #require(try Sample.extract(Sample.agglomeration).attendance.proxies)
        #expect(proxies.map(\.giver.name) == ["Yves NOLLET", "Paul ARNOUX", "Zoé OLIVIER", "Zoé OLIVIER"])
        #expect(proxies.map(\.holder.name) == ["Odile VERNAY", "Lise BRAC", "Lise BRAC", "Paul ARNOUX"])
        #expect(proxies.map(\.during) == [nil, ItemRange(through: "1"), ItemRange(through: "4"), ItemRange(from: "5")])
    }

    @Test("The act is read with its decisions, its vote, its money and its closing")
    func act() throws {
        let extract = try Sample.extract(Sample.agglomeration)
        let act = try #require(extract.deliberations.first)
        #expect(act.number == "2031/2031.00042")
        #expect(act.item == "4")
        #expect(
            act.subject
                == "Lecture publique - Soutien aux rencontres portées par l'association des Liseurs (ADL) pour l'année 2031"
        )
        #expect(act.rapporteur?.name == "Rose MARIN")
        #expect(act.opinions?.map(\.opinion) == ["Favorable", "Défavorable"])
        #expect(act.opinions?.first?.date?.description == "2031-02-17")
        #expect(act.decisions?.count == 2)
        #expect(act.budget?.planned?.cents == 4_440_000)
        #expect(act.budget?.operation?.cents == 1_250_050)
        #expect(act.budget?.year == 2_031)
        let grant = try #require(act.grants?.first)
        #expect(grant.amount.cents == 1_250_050)
        #expect(grant.beneficiary == "association des Liseurs")
        #expect(grant.history?.map(\.amount.cents) == [1_000_000, 1_200_000])
        #expect(act.act?.publishedOn?.description == "2031-03-17")
        #expect(act.appeal?.court == "Tribunal administratif de Lunéry")
        #expect(act.appeal?.months == 2)
        #expect(act.appeal?.start == .publication)
        #expect(act.signatories?.map(\.name) == ["Marc-Antoine LEPIC", "Odile VERNAY"])
        #expect(act.signatories?.map(\.role) == ["Secrétaire de séance", "Présidente"])
    }

    @Test("The vote is read with its interested members and their voices")
    func vote() throws {
        let vote = try #require(try Sample.extract(Sample.agglomeration).deliberations.first?.vote)
        #expect((vote.for, vote.against, vote.abstentions) == (5, 0, 0))
        #expect(vote.unanimous)
        #expect(vote.outcome == .adopted)
        #expect(vote.interested?.map(\.person.name) == ["Rose MARIN", "Yves NOLLET"])
        #expect(vote.interested?.map(\.weight) == [2, 1])
        #expect(vote.interestedCount == 3)
        #expect(vote.note?.hasPrefix("Le sens du vote") == true)
        #expect(vote.abstainers == nil && vote.notParticipating == nil)
    }

    @Test("A flattened extract with a stamp is read")
    func flattened() throws {
        let extract = try Sample.extract(Sample.flattened)
        #expect(extract.authority.siren == "219901234")
        #expect(extract.authority.department == "99")
        #expect(extract.session.date.description == "2031-02-07")
        #expect(extract.session.openedAt?.description == "20:30")
        #expect(extract.session.convokedOn?.description == "2031-01-31")
        #expect(extract.session.secretary?.name == "Line FORT")
        #expect(extract.session.president == nil)
        #expect(extract.attendance.present?.map(\.name) == ["Éric DAVAL", "Line FORT", "Guy HURET", "Ida JOLY"])
        #expect(extract.attendance.absent?.map(\.name) == ["Kim LAURE", "Max NOEL", "Ota PRIN"])
        #expect(extract.attendance.absent?.map(\.excused) == [true, false, false])
        #expect(extract.attendance.proxies?.map(\.holder.name) == ["Line FORT"])
        let act = try #require(extract.deliberations.first)
        #expect(act.number == "13-02-2031")
        #expect(act.subject == "Approbation du plan de financement de la halle")
        #expect(act.act?.prefectureID == "099-219901234-20310207-D13_2031-DE")
        #expect(act.act?.receivedOn?.description == "2031-02-09")
        #expect(act.act?.publishedOn?.description == "2031-02-10")
        #expect(act.vote?.unanimous == true && act.vote?.outcome == .adopted && act.vote?.for == nil)
        #expect(act.grants == nil)
        #expect(act.appeal?.court == "Tribunal Administratif de LUNERY")
    }

    @Test("Reasons and decisions of a commune's act are read")
    func reasons() throws {
        let act = try #require(try Sample.extract(Sample.commune()).deliberations.first)
        #expect(act.subject == "Vente d'un terrain")
        #expect(act.recitals == ["Vu le Code général des collectivités territoriales", "Considérant l'offre reçue"])
        #expect(act.decisions == ["APPROUVE la vente"])
        #expect(act.signatories?.map(\.name) == ["Ana BEL"])
    }
}
