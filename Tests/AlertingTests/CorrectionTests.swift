import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Mail
import Testing

@testable import Alerting
@testable import Register

@Suite("Corrections of what staff know")
struct CorrectionTests {
    private static func finding(_ rule: String, _ severity: Severity = .error, _ message: String? = nil) -> Finding {
        Finding(rule: rule, severity: severity, message: message ?? "Constat \(rule).", deliberation: 0, law: "CGCT")
    }

    private static func words(_ mail: ReadMail?) -> String {
        (mail?.text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// An office whose staff were told of one act and its deadline on 30 April 2025.
    private func told(_ findings: [Finding] = []) async throws -> (Office, Register, AlertDelivery) {
        let office = try Office()
        let register = try office.register()
        let document = try registration(
            "extrait.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
            findings: findings)
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 1)
        return (office, register, delivery)
    }

    private func replies(_ office: Office) throws -> [ReadMail] {
        try office.mails().filter { $0.header("In-Reply-To") != nil }
    }

    @Test("A correction that brings an error is told at once, with what it says otherwise and what is no longer found")
    func corrected() async throws {
        let (office, register, delivery) = try await told([Self.finding("ancien", .warning), Self.finding("reste")])
        var act = act("Soutien à l’Atelier", "1")
        (act.for, act.against, act.unanimous, act.grantedCents) = (99, 2, false, 1_200_050)
        let correction = try registration(
            "corrigé.pdf", acts: [act], deadlines: [deadline("rapport", due: "2025-04-30")],
            findings: [Self.finding("reste"), Self.finding("nouveau")], replaces: "extrait.pdf")
        _ = try register.register([correction], now: office.clock.now)
        #expect(try await delivery.round().sent == 1)
        #expect(try await delivery.round().handled == 0)
        let mail = try #require(try replies(office).first)
        let text = Self.words(mail)
        for words in [
            "1 erreur, 1 délibération corrigée", "Constat nouveau.", "N’est plus signalé : Constat ancien.",
            "Objet : Soutien à l’Atelier, au lieu de : Soutien",
            "Vote : adoptée (99 voix pour, 2 contre), au lieu de : adoptée à l’unanimité (101 voix pour)",
            "Subventions : 12 000,50 €, au lieu de : non précisé",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("Constat reste"))
    }

    @Test("A correction that says the same is no mail, nor is one of the archives")
    func unchanged() async throws {
        let (office, register, delivery) = try await told([Self.finding("reste")])
        for (index, findings) in [[Self.finding("reste")], [Self.finding("nouveau")]].enumerated() {
            let same = try registration(
                "\(index).pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
                findings: findings, archive: index == 1, replaces: index == 0 ? "extrait.pdf" : "0.pdf")
            _ = try register.register([same], now: office.clock.now + index)
            #expect(try await delivery.round().handled == 0)
        }
    }

    @Test("An error of minutes about an act that is known is told; one that the extract has too is not")
    func minutes() async throws {
        let (office, register, delivery) = try await told([Self.finding("commun", .error, "81 voix au lieu de 82.")])
        let findings = [
            Self.finding("commun", .error, "81 voix pour 82 votants."), Self.finding("quorum"),
            Self.finding("avis", .warning),
        ]
        let minutes = try registration(
            "pv.pdf", kind: .minutes, acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
            findings: findings)
        _ = try register.register([minutes], now: office.clock.now)
        #expect(try await delivery.round().sent == 1)
        let text = Self.words(try replies(office).first)
        #expect(text.contains("Constat quorum.") && !text.contains("voix pour 82") && !text.contains("Constat avis"))
        #expect(text.contains("pv.pdf"))
    }

    @Test("A deadline that falls away is told in the thread, and leaves calendars; stated again, it is told again")
    func withdrawn() async throws {
        let (office, register, delivery) = try await told()
        let first = try #require(try office.mails().first)
        let without = try registration("sans.pdf", acts: [act("Soutien", "1")], replaces: "extrait.pdf")
        _ = try register.register([without], now: office.clock.now)
        #expect(try await delivery.round().sent == 1)
        let mail = try #require(try replies(office).first)
        #expect(mail.header("In-Reply-To") == first.header("Message-ID"))
        let text = Self.words(mail)
        #expect(
            text.contains("L’échéance du mercredi 30 avril 2025 n’a plus cours : plus aucun document ne la prévoit."))
        #expect(text.contains("1 échéance retirée") && text.contains("sans.pdf"))
        let calendar = try #require(mail.calendar)
        for line in ["METHOD:CANCEL", "UID:deadline-1@grand-val.example", "SEQUENCE:1", "STATUS:CANCELLED"] {
            #expect(calendar.contains(line), "\(line)")
        }
        #expect(first.calendar?.contains("SEQUENCE:0") == true)
        let again = try registration(
            "encore.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
            replaces: "sans.pdf")
        _ = try register.register([again], now: office.clock.now)
        #expect(try await delivery.round().sent == 1)
        #expect(try replies(office).contains { Self.words($0).contains("Échéance ajoutée à une délibération déjà") })
    }

    @Test("What is done by a command leaves calendars with the next mail to whoever was told of it, once")
    func done() async throws {
        let (office, register, delivery) = try await told()
        office.clock.now = office.clock.now + 60
        _ = try register.perform(.done, on: DeadlineID(1), by: "Mme Roux", now: office.clock.now)
        for number in 2...3 {
            office.clock.now = office.clock.now + 3_600
            _ = try register.register(
                [try registration("\(number).pdf", acts: [act("Autre", "\(number)")])], now: office.clock.now)
            #expect(try await delivery.round().sent == 1)
        }
        let cancelling = try office.mails().filter { $0.calendar?.contains("METHOD:CANCEL") == true }
        #expect(cancelling.count == 1 && cancelling.first?.subjectText.contains("délibération 2") == true)
        #expect(cancelling.first?.calendar?.contains("UID:deadline-1@grand-val.example") == true)
    }

    @Test("What comes back before its withdrawal was told is no news")
    func restated() async throws {
        let (office, register, delivery) = try await told()
        let without = try registration("sans.pdf", acts: [act("Soutien", "1")], replaces: "extrait.pdf")
        let again = try registration(
            "encore.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
            replaces: "sans.pdf")
        _ = try register.register([without], now: office.clock.now)
        _ = try register.register([again], now: office.clock.now)
        #expect(try await delivery.round().sent == 0)
    }

    @Test("Whoever was told the old date is told the new one, though routes lead elsewhere now")
    func formerRoute() async throws {
        var root = Route(recipients: [try EmailAddress("a@grand-val.example")])
        var finances = Route(path: "finances", recipients: [try EmailAddress("finances@grand-val.example")])
        finances.matcher.amountFrom = 2_300_000
        root.routes = [finances]
        let settings = try AlertSettings(
            routes: RoutingTree(root), from: try EmailAddress("greffier@grand-val.example"))
        let office = try Office(settings: settings)
        let register = try office.register()
        for (name, cents, due) in [("avant.pdf", 5_000_000, "2025-04-30"), ("après.pdf", 1_000, "2025-05-30")] {
            var act = act("Soutien", "1")
            act.grantedCents = cents
            let document = try registration(
                name, acts: [act], deadlines: [deadline("rapport", due: due)],
                replaces: name == "avant.pdf" ? nil : "avant.pdf")
            _ = try register.register([document], now: office.clock.now)
            _ = try await office.delivery(register).round()
        }
        let changes = try register.alerts().filter { $0.kind == .changes }
        #expect(Set(changes.map(\.recipient)) == ["a@grand-val.example", "finances@grand-val.example"])
        #expect(changes.allSatisfy { $0.state == .sent })
    }
}
