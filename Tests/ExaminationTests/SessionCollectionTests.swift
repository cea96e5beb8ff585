import Conversion
import Deliberations
import Examination
import Testing

@Suite("Several documents in one e-mail")
struct SessionCollectionTests {
    private let reader = DocumentReader(producedBy: Producer(program: "test", version: "0"), limit: 1 << 20)

    /// An extract of a fictional commune.
    private func act(_ number: String, day: String = "mercredi 12 mars 2031", commune: String = "Valbrune") -> String {
        """
        Commune de \(commune)
        Extrait du registre des délibérations du Conseil municipal

        Séance du \(day)

        Le Conseil municipal, convoqué le 5 mars 2031, s’est réuni en mairie, sous la présidence de Mme Lise BRAC, maire.
        Étaient présents : Mme Lise BRAC, M. Paul ARNOUX, M. Jean DUVERNOIS
        Étaient absents : M. Yves NOLLET
        Secrétaire de séance : M. Paul ARNOUX

        Délibération n°\(number)
        Objet : Subvention n° \(number) au club de lutte

        Le Conseil municipal, après en avoir délibéré, à l’unanimité, attribue au club de lutte une subvention de 300 €.
        Pour : 3
        Contre : 0
        Abstention : 0

        """
    }

    private func email(_ attachments: [(name: String, text: String)]) -> [UInt8] {
        let parts = attachments.map { attachment in
            "--b\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; "
                + "filename=\"\(attachment.name)\"\n\n\(attachment.text)\n"
        }
        return Array(
            ("From: a@valbrune.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                + parts.joined() + "--b--\n").utf8)
    }

    @Test("One attachment is read as if it had been pushed itself, and keeps the e-mail's id and type")
    func one() throws {
        let reading = try reader.read(email([("acte.txt", act("2031-07"))]), name: "envoi.eml")
        let alone = try reader.read(Array(act("2031-07").utf8), name: "acte.txt")
        #expect(reading.extract.document.mediaType == "message/rfc822" && reading.extract.document.name == "envoi.eml")
        #expect(reading.extract.session == alone.extract.session)
        #expect(reading.extract.deliberations == alone.extract.deliberations)
    }

    @Test("Deliberations of one session are one text, each on its own page; what is none is left out with a warning")
    func oneSession() throws {
        let parts = [("1.txt", act("2031-07")), ("2.txt", "Madame, voici les actes.\n"), ("3.txt", act("2031-08"))]
        let reading = try reader.read(email(parts), name: "envoi.eml")
        let text = String(decoding: reading.text, as: UTF8.self)
        #expect(text.contains("Délibération n°2031-07") && text.contains("Délibération n°2031-08"))
        #expect(!text.contains("voici les actes"))
        #expect(reading.extract.document.pageStarts?.count == 2)
        #expect(reading.extract.document.text.bytes == reading.text.count)
        let warnings = reading.extract.warnings.filter { $0.code == "unread-part" }
        #expect(warnings.count == 1 && warnings.first?.message.hasPrefix("2.txt was left out: ") == true)
    }

    @Test(
        "Several sessions, or several assemblies, are refused: push them one by one",
        arguments: [("jeudi 13 mars 2031", "Valbrune"), ("mercredi 12 mars 2031", "Orvaine-sur-Yse")])
    func severalSessions(day: String, commune: String) {
        let parts = [("1.txt", act("2031-07")), ("2.txt", act("2031-08", day: day, commune: commune))]
        let error = #expect(throws: ReadingError.self) { try reader.read(email(parts), name: "envoi.eml") }
        #expect(error?.code == "several-sessions" && error?.isOfHost == false)
        #expect(error?.description.contains("2031-03-12") == true && error?.description.contains("one by one") == true)
    }

    @Test("An e-mail without a deliberation is refused for what its first document lacks")
    func none() {
        let parts = [("1.txt", "Du pain et six oeufs.\n"), ("2.txt", "Du lait.\n")]
        let error = #expect(throws: ReadingError.self) { try reader.read(email(parts), name: "envoi.eml") }
        #expect(error?.code == "not-a-deliberation")
    }

    @Test("What the host lacks is told apart from what the document lacks")
    func missingTool() {
        let reader = DocumentReader(
            producedBy: Producer(program: "test", version: "0"),
            converter: Converter(tools: ToolRunner(ProgramFolders([]), isolation: .none)))
        let pdf = Array("%PDF-1.4\n".utf8)
        let error = #expect(throws: ReadingError.self) { try reader.read(pdf, name: "acte.pdf") }
        #expect(error == .unreadable(.missingTool(.pdftotext)) && error?.isOfHost == true)
    }

    private func email(letter: String, _ attachments: [(name: String, text: String)]) -> [UInt8] {
        let message = String(decoding: email(attachments), as: UTF8.self)
        let part = "--b\nContent-Type: text/plain; charset=utf-8\n\n\(letter)\n"
        return Array(message.replacing("\n\n--b\n", with: "\n\n\(part)--b\n", maxReplacements: 1).utf8)
    }

    @Test(
        "An act in the text of an e-mail is read where the attachment is none, which is told; else the letter is nothing"
    )
    func letter() throws {
        let inLetter = try reader.read(
            email(letter: act("2031-07"), [("note.txt", "Du pain et six oeufs.\n")]), name: "envoi.eml")
        #expect(inLetter.extract.deliberations.map(\.number) == ["2031-07"])
        let warning = try #require(inLetter.extract.warnings.first { $0.code == "unread-part" })
        #expect(warning.part == "note.txt" && warning.reason == "not-a-deliberation")
        let attached = try reader.read(
            email(letter: "Madame, voici l’acte.", [("acte.txt", act("2031-07"))]), name: "envoi.eml")
        #expect(attached.extract.deliberations.map(\.number) == ["2031-07"])
        #expect(!attached.extract.warnings.contains { $0.code == "unread-part" })
    }

    @Test("An e-mail whose attachment cannot be read is refused for that, not for its letter")
    func unreadableAttachment() {
        let bytes = email(letter: "Madame, voici l’acte.", [("acte.txt", "a\u{01}\u{02}\u{00}")])
        let error = #expect(throws: ReadingError.self) { try reader.read(bytes, name: "envoi.eml") }
        #expect(error?.code == "binary-document" && error?.description.contains("acte.txt") == true)
    }
}
