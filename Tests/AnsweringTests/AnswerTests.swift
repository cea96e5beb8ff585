import Conversion
import Deadlines
import Deliberations
import Foundation
import Mail
import Register
import Testing

@testable import Alerting
@testable import Answering

@Suite("Staff answer by mail")
struct AnswerTests {
    @Test("« Fait » ends the deadline, with the note, in the name of whom the token was made for")
    func done() throws {
        let office = try Office()
        let outcome = try office.follow(
            try office.mail("Fait : rapport", body: "Note (facultative) : reçu le 10 avril"))
        guard case .followed(let row, let confirmation) = outcome else { Issue.record("\(outcome)"); return }
        #expect(row.deadline.state == .closed)
        #expect(row.handling?.person == Office.claire)
        #expect(row.handling?.note == "reçu le 10 avril")
        #expect(confirmation.to.address == Office.claire)
        #expect(confirmation.autoSubmitted == .replied)
        #expect(confirmation.inReplyTo?.text == "a1@client.example")
        #expect(confirmation.text.contains("C’est noté."))
        #expect(confirmation.text.contains("Rouvrir"))
    }

    @Test("A mail that comes twice is followed once and confirmed twice")
    func twice() throws {
        let office = try Office()
        let mail = try office.mail("Reporter : rapport", body: "Ne rien envoyer avant le (JJ/MM/AAAA) : 20/05/2025")
        for expected in ["C’est noté.", "Cette réponse était déjà enregistrée."] {
            guard case .followed(let row, let confirmation) = try office.follow(mail) else { Issue.record(); return }
            #expect(row.snoozedUntil == day("2025-05-20"))
            #expect(confirmation.text.contains(expected))
        }
        #expect(try office.register.audit().filter { $0.action == "deadline.snooze" }.count == 1)
    }

    @Test(
        "What is done leaves the calendar of whoever said so, and comes back when it is not; what is put off too long is warned of"
    )
    func calendar() throws {
        let office = try Office()
        for (index, answer) in [("Fait", "CANCEL"), ("Rouvrir", "PUBLISH")].enumerated() {
            let mail = try office.mail("\(answer.0) : rapport", messageID: "<b\(index)@client.example>")
            guard case .followed(let row, let confirmation) = try office.follow(mail) else { Issue.record(); return }
            let file = String(decoding: confirmation.attachments.first?.bytes ?? [], as: UTF8.self)
            #expect(file.contains("METHOD:\(answer.1)") && file.contains("SEQUENCE:\(row.version)"))
            #expect(row.version == index + 1)
        }
        let late = try office.mail(
            "Reporter : rapport", body: "Ne rien envoyer avant le (JJ/MM/AAAA) : 20/07/2025",
            messageID: "<c@client.example>")
        guard case .followed(_, let confirmation) = try office.follow(late) else { Issue.record(); return }
        let text = confirmation.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("l’échéance est fixée au lundi 30 juin 2025"))
    }

    @Test("A date is read in figures and in words, above the quoted message only")
    func dates() throws {
        let bodies = [
            "À faire au plus tard le (JJ/MM/AAAA) : 30/09/2025\n\n> au plus tard le 01/01/2030",
            "Bonjour,\nla convention est signée : le 30 septembre 2025 convient.\n-----Message d'origine-----\n01/01/2030",
            "1er octobre, non : 30/09/2025.\nLe 3 mars 2025, Greffier a écrit :\n01/01/2030",
        ]
        for body in bodies {
            let office = try Office()
            guard
                case .followed(let row, _) = try office.follow(
                    try office.mail("RE: Date : x", "publication", body: body))
            else { Issue.record("\(body)"); continue }
            #expect(row.deadline.due == day("2025-09-30"))
            #expect(row.deadline.state == .scheduled)
        }
    }

    @Test("A day that the event's own words name is not the answer")
    func dayInTheWords() throws {
        let office = try Office()
        let line = "Date de l’événement « remise du rapport prévu par la convention du 12/03/2025 » (JJ/MM/AAAA) : "
        let mail = try office.mail("Événement : contentieux", "contentieux", body: "\(line)18/03/2025")
        guard case .followed(let row, _) = try office.follow(mail) else { Issue.record(); return }
        #expect(row.deadline.due == day("2025-05-19"))
        let empty = try office.mail("Événement : contentieux", "contentieux", body: line)
        guard case .refused = try office.follow(empty) else { Issue.record("a day was read"); return }
    }

    @Test("The mail asks for the day of the event in its words; the answer dates all that wait for it, and says how")
    func start() throws {
        let office = try Office()
        let actions = try office.desk.actions(on: office.state("contentieux"), recipient: Office.claire)
        let link = try #require(actions.last?.link.removingPercentEncoding)
        #expect(actions.last?.label == "Donner la date" && link.contains("subject=Événement : contentieux ["))
        let line = "Date de l’événement « publication de la délibération » (JJ/MM/AAAA) : "
        #expect(link.contains("body=\(line)\r\n"))
        let mail = try office.mail(
            "Événement : contentieux", "contentieux", body: "\(line)18/03/2025\nNote : vu en ligne")
        guard case .followed(let row, let confirmation) = try office.follow(mail) else { Issue.record(); return }
        #expect(row.deadline.due == day("2025-05-19") && row.handling?.note == "vu en ligne")
        #expect(try office.state("gracieux").deadline.due == day("2025-05-19"))
        let text = confirmation.text.replacing("\n", with: " ").replacing("\u{A0}", with: " ")
        for what in ["contentieux", "gracieux"] {
            #expect(text.contains("\(what) : lundi 19 mai 2025 (publiée le 18/03/2025, deux mois francs"), "\(text)")
        }
        #expect(try office.register.audit().filter { $0.action == "deadline.start" }.count == 2)
    }

    @Test(
        "What cannot be followed changes nothing, and its author is told why",
        arguments: [
            ("Reporter : rapport", "plus tard", "jusqu’à quel jour"), ("Merci : rapport", "", "n’a pas été comprise"),
            ("Reporter : rapport", "01/01/2020", "déjà passé"), ("Rouvrir : rapport", "", "court toujours"),
            ("Date : rapport", "30/09/2025", "un document fixe déjà"),
            ("Événement : rapport", "30/09/2025", "un document fixe déjà"),
            ("Événement : rapport", "bientôt", "n’indique pas de date"),
        ])
    func refused(subject: String, body: String, reason: String) throws {
        let office = try Office()
        let before = try office.state("rapport")
        guard case .refused(_, let mail) = try office.follow(try office.mail(subject, body: body)) else {
            Issue.record("followed"); return
        }
        #expect(mail.text.replacing("\n", with: " ").contains(reason))
        #expect(mail.to.address == Office.claire)
        let after = try office.state("rapport")
        #expect(after.version == before.version && after.deadline.state == before.deadline.state)
        #expect(after.handling == nil)
    }

    @Test("A token that is made for nobody, for another deadline or with another key is refused")
    func falseTokens() throws {
        let office = try Office()
        let stranger = try office.mail("Fait : x", from: "autre@ailleurs.example")
        #expect(throws: AnswerError.falseToken) { try office.follow(stranger) }
        let token = AnswerToken(try office.id("rapport"), recipient: Office.claire, key: office.desk.key)
        let other = "\(token)".replacing("\(token.deadline.number)-", with: "\(try office.id("publication").number)-")
        let moved = Array("From: \(Office.claire)\r\nSubject: Fait [\(other)]\r\n\r\n".utf8)
        #expect(throws: AnswerError.falseToken) { try office.follow(moved) }
        let key = try #require(AnswerKey([UInt8](repeating: 7, count: 32)))
        #expect(!token.isGenuine(for: Office.claire, key: key))
        #expect(try office.state("rapport").deadline.state == .scheduled)
    }

    @Test("A mail without a token is no answer", arguments: ["Fait", "Fait [12]", "Fait [12-abc]", "Fait [a-b]", "]["])
    func noToken(subject: String) throws {
        let office = try Office()
        #expect(throws: AnswerError.noToken) { try office.follow(Array("Subject: \(subject)\r\n\r\nFait".utf8)) }
    }

    @Test(
        "What a program sends is not followed",
        arguments: ["Auto-Submitted: auto-replied", "Return-Path: <>", "Precedence: bulk", "List-Id: <x.example>"])
    func automatic(field: String) throws {
        let office = try Office()
        let outcome = try office.follow(try office.mail("Fait : rapport", more: "\(field)\r\n"))
        guard case .automatic = outcome else { Issue.record("\(outcome)"); return }
        #expect(try office.state("rapport").deadline.state == .scheduled)
    }

    @Test("A subject in encoded words and a body in quoted-printable HTML are read")
    func encoded() throws {
        let office = try Office()
        let token = AnswerToken(try office.id("rapport"), recipient: Office.claire, key: office.desk.key)
        let mail = """
            From: claire@grand-val.example\r
            Subject: =?utf-8?Q?Reporter_=3A_rapport_?=\r
             =?utf-8?Q?=5B\(token)=5D?=\r
            Content-Type: text/html; charset=iso-8859-1\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            <html><body><p>Ne rien envoyer avant le : <b>20 mai 2025</b></p><p>Note : d=E9j=E0 en cours</p></body></html>
            """
        guard case .followed(let row, _) = try office.follow(Array(mail.utf8)) else { Issue.record(); return }
        #expect(row.snoozedUntil == day("2025-05-20"))
        #expect(row.handling?.note == "déjà en cours")
    }
}
