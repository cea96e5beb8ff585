import Foundation
import Testing

@testable import Mail

@Suite struct TemplateTests {
    @Test(
        "The mails are the recorded ones (GREFFIER_RECORD=1 records them anew)",
        arguments: ["text", "html", "subject"])
    func matchesRecord(_ form: String) throws {
        let templates = try Templates()
        let mails = [
            ("new-act", try templates.content(.sample as NewActView)),
            ("new-acts", try templates.content(.sessionSample as NewActView)),
            ("reminder", try templates.content(.sample as ReminderView)),
            ("reminders", try templates.content(.sample as RemindersView)),
            ("changes", try templates.content(.sample as ChangesView)),
            ("digest", try templates.content(.sample as DigestView)),
            ("watch", try templates.content(.sample as WatchView)),
            ("alarm", templates.content(.sample as AlarmView)),
        ]
        for (name, content) in mails {
            let text = form == "text" ? content.text : form == "html" ? content.html : content.subject.text
            #expect(try SupportFile.matches("\(name).\(form)", Array(text.utf8)))
        }
    }

    @Test("Subjects say where, when and what")
    func writesSubjects() throws {
        let templates = try Templates()
        var reminder = try ReminderView.sample
        #expect(
            templates.content(reminder).subject.text
                == "[Grand Val] J-7\u{A0}: rapport d’activité, convention Atelier du Lac (jusqu’au 30/04/2025)")
        reminder.step = .overdue(days: 3)
        #expect(
            templates.content(reminder).subject.text
                == "[Grand Val] Échéance dépassée de 3\u{A0}jours\u{A0}: rapport d’activité, convention Atelier du Lac (jusqu’au 30/04/2025)"
        )
        let act = try templates.content(NewActView.sample).subject.text
        #expect(act.hasPrefix("[Grand Val] Nouvelle délibération 2024-112\u{A0}: Soutien au programme d’actions"))
        #expect(act.hasSuffix("(1\u{A0}erreur, 3\u{A0}échéances)"))
    }

    @Test("A reminder says what, when, how, who, under which article, the sentence, the doubt and what follows")
    func saysEverything() throws {
        let content = try Templates().content(ReminderView.sample)
        let text = content.text.replacing(#/\s+(> )?/#, with: " ")
        let html = content.html.replacing(#/<[^>]+>|\s+/#, with: " ").replacing(#/\s+/#, with: " ")
        for needle in [
            "J-7", "Il reste 7 jours", "ercredi 30 avril 2025", "apport d’activité", "Dû par", "Atelier du Lac",
            "rticle 4 de la convention", "ate écrite dans la convention, jour compris", "au plus tard le 30 avril 2025",
            "Doute", "lundi 30 juin 2025", "Prochain rappel", "2024-112", "secrétariat des assemblées",
        ] {
            #expect(text.replacing("\u{A0}", with: " ").contains(needle), "text: \(needle)")
            #expect(html.replacing("\u{A0}", with: " ").contains(needle), "html: \(needle)")
        }
    }

    @Test("A bare act with nothing found leaves no hole and no empty label")
    func rendersBareAct() throws {
        let act = ActView(
            authority: "Commune de Valmont", authorityShortName: "Valmont", number: nil, subject: "Tarifs",
            session: nil,
            vote: nil, document: "a.txt", source: nil, receivedOn: nil)
        let content = try Templates().content(
            NewActView(act: act, findings: [], deadlines: [], footer: FooterView(reason: "Essai.")))
        #expect(content.subject.text == "[Valmont] Nouvelle délibération\u{A0}: Tarifs")
        #expect(content.text.contains("Les contrôles n’ont rien relevé."))
        for absent in ["n°", "Séance", "Vote", "Échéances", "Expéditeur", "Une question", "{{", "Optional"] {
            #expect(!content.text.contains(absent) && !content.html.contains(absent), "\(absent)")
        }
    }

    @Test("A deadline without a date says what it waits for")
    func rendersWaiting() throws {
        var view = try ReminderView.sample
        view.step = .waiting
        view.deadline = try DeadlineView.samples[2]
        let content = try Templates().content(view)
        #expect(content.subject.text.contains("Date à compléter"))
        #expect(content.text.contains("il manque\u{A0}: signature de la convention"))
        #expect(content.html.contains("Il manque\u{A0}: signature de la convention."))
    }

    @Test("Whatever documents say is escaped in HTML and stays one line in text")
    func escapes() throws {
        var view = try ReminderView.sample
        view.deadline.what = "<script>alert('x')</script>\r\n{{act.vote}} & \"y\""
        view.deadline.quote = QuoteView("</p><img src=x onerror=y>\n\nBonjour", place: "<b>")
        let content = try Templates().content(view)
        #expect(!content.html.contains("<script") && !content.html.contains("<img") && !content.html.contains("<b>"))
        #expect(content.html.contains("{{act.vote}}") && content.html.contains("&amp; &quot;y&quot;"))
        #expect(content.text.contains("<script>alert('x')</script> {{act.vote}} & \"y\""))
    }

    @Test(
        "No sign that joins a mark of HTML into one character hides it from the escaping",
        arguments: ["\u{600}", "\u{6DD}", "\u{110BD}", "\u{301}", "\u{200D}", "\u{FE0F}", "\r", ""])
    func escapesScalars(_ sign: String) throws {
        let attack = ["<", ">", "&", "\"", "'"].map { "\(sign)\($0)\(sign)" }.joined() + "<b\(sign)>"
        var reminder = try ReminderView.sample
        reminder.act.subject = attack
        reminder.act.document = attack
        reminder.act.source = attack
        reminder.deadline.what = attack
        reminder.deadline.debtor = attack
        reminder.deadline.how = attack
        reminder.deadline.quote = QuoteView(attack, place: attack)
        reminder.followUp = [attack]
        var news = try NewActView.sample
        news.act = reminder.act
        news.findings = [FindingView(severity: .error, message: attack, quotes: [QuoteView(attack)], rule: "r")]
        let templates = try Templates()
        let clean = try (templates.content(ReminderView.sample).html + templates.content(NewActView.sample).html).marks
        for html in [templates.content(reminder).html, templates.content(news).html] {
            #expect(html.marks.subtracting(clean) == [])
        }
        for ascii in ["&lt;", "&gt;", "&amp;", "&quot;", "&#39;"] {
            #expect(Data(templates.content(reminder).html.utf8).range(of: Data(ascii.utf8)) != nil)
        }
    }

    @Test("Escaping gives every mark its reference and leaves the rest")
    func escapesMarks() {
        let cases = [
            ("\u{600}<b>", "\u{600}&lt;b&gt;"), ("\u{6DD}&", "\u{6DD}&amp;"), ("\u{110BD}\"", "\u{110BD}&quot;"),
            ("<\u{301}", "&lt;\u{301}"), ("'\u{301}'", "&#39;\u{301}&#39;"), ("é – « a »", "é – « a »"), ("", ""),
        ]
        for (text, expected) in cases {
            #expect(HTMLText.escaped(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
        }
    }

    @Test("A text of endless combining marks is cut")
    func boundsMarks() throws {
        var view = try ReminderView.sample
        view.deadline.what = "a" + String(repeating: "\u{301}", count: 1_000_000)
        let content = try Templates().content(view)
        #expect(content.html.utf8.count < 200_000 && content.subject.text.utf8.count < 4_000)
    }

    @Test("Texts keep to 78 columns and HTML loads nothing from elsewhere")
    func keepsLimits() throws {
        let templates = try Templates()
        for content in [templates.content(try NewActView.sample), templates.content(try ReminderView.sample)] {
            #expect(content.text.split(separator: "\n").allSatisfy { $0.count <= 78 || $0.contains("mailto:") })
            #expect(!content.html.contains("http") && !content.html.contains("url(") && !content.html.contains("src="))
            #expect(
                content.html.contains("prefers-color-scheme: dark") && content.html.contains("name=\"color-scheme\""))
        }
    }

    @Test("Long lists end in how many more there are")
    func boundsLists() throws {
        var view = try NewActView.sample
        view.findings = (0..<100).map { FindingView(severity: .error, message: "Erreur \($0).", rule: "r") }
        view.deadlines = Array(repeating: try DeadlineView.samples[0], count: 100)
        let content = try Templates().content(view)
        #expect(content.text.contains("… et 60\u{A0}autres.") && content.text.contains("… et 40\u{A0}autres."))
        #expect(content.text.contains("Erreur 39.") && !content.text.contains("Erreur 40."))
    }

    @Test("A mail about a session counts its acts in the plural, lists them once and tells how many more there are")
    func listsActs() throws {
        var view = try NewActView.sessionSample
        view.acts = (1...130).map { ActLineView(name: "n° \($0)", subject: "Sujet \($0).", vote: "adoptée") }
        view.act.subject = ActLineView.counted(130)
        (view.findings, view.deadlines) = ([], [])
        let content = try Templates().content(view)
        #expect(content.subject.text == "[Grand Val] 130\u{A0}délibérations nouvelles, séance du 26/09/2024")
        #expect(content.text.contains("Greffier a lu 130\u{A0}délibérations nouvelles\u{A0}: rien à signaler."))
        #expect(content.text.contains("Les contrôles n’ont rien relevé."))
        #expect(
            content.text.contains("- n°\u{A0}100\u{A0}: Sujet 100, adoptée\n") && !content.text.contains("Sujet 101"))
        #expect(content.text.contains("… et 30\u{A0}autres.") && content.html.contains("… et 30\u{A0}autres."))
        #expect(!content.html.contains("Nouvelle délibération") && content.html.contains("Sujet 100"))
    }

    @Test("A customer's file replaces the mail's template and keeps the others")
    func overrides() throws {
        let folder = try TemporaryFolder()
        try folder.write("reminder.subject.mustache", "{{step.label}} & {{deadline.what}}\n")
        try folder.write("notes.txt", "not a template {{")
        let templates = try Templates(overrideFolder: folder.path)
        #expect(templates.content(try ReminderView.sample).subject.text == "J-7 & rapport d’activité")
        #expect(templates.content(try NewActView.sample) == (try Templates().content(NewActView.sample)))
    }

    @Test(
        "A mistake in a customer's template is an error that names file, line and cure",
        arguments: [
            ("reminder.text.mustache", "a\nb {{deadline.whta}}", 2, "deadline.whta"),
            ("reminder.text.mustache", "{{#deadline}}\n{{due}}\n{{/deadline}}", 2, "due"),
            ("reminder.html.mustache", "a\n{{#deadline}}", 2, "never closed"),
            ("reminder.html.mustache", "a\n{{/deadline}}", 2, "closes nothing"),
            ("reminder.html.mustache", "{{#deadline}}\n\n{{/step}}", 3, "closes nothing"),
            ("reminder.subject.mustache", "\n\n{{step.label", 3, "add }}"),
            ("new-act.text.mustache", "{{> deadlines.text}}", 1, "known: "),
            ("new-act.html.mustache", "{{{act.subject}}}", 1, "always escaped"),
            ("new-act.html.mustache", "{{=<% %>=}}", 1, "not supported"),
            ("new-act.text.mustache", "{{deadline.what}}", 1, "deadline.what"),
            ("deadline.text.mustache", "{{> deadline.text}}", 1, "includes itself"),
            ("footer.text.mustache", "{{footer.reson}}", 1, "footer.reson"),
        ])
    func explainsMistakes(_ name: String, _ text: String, _ line: Int, _ words: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(name, text)
        let error = #expect(throws: MailError.self) { try Templates(overrideFolder: folder.path) }
        let description = error?.description ?? ""
        #expect(description.contains("\(folder.path)/\(name), line \(line): "), "\(description)")
        #expect(description.contains(words), "\(description)")
    }

    @Test("A misspelt file name and a missing folder are errors too")
    func refusesUnknownFiles() throws {
        let folder = try TemporaryFolder()
        try folder.write("remainder.text.mustache", "x")
        let error = #expect(throws: MailError.self) { try Templates(overrideFolder: folder.path) }
        #expect(error?.description.contains("remainder.text.mustache") == true)
        #expect(error?.description.contains("reminder.text.mustache") == true)
        #expect(throws: MailError.self) { try Templates(overrideFolder: folder.path + "/absent") }
    }
}

extension String {
    /// The tags of an HTML text as a browser finds them, by their first bytes: `<p class`.
    fileprivate var marks: Set<String> {
        var marks: Set<String> = []
        let bytes = Array(utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "<") {
            let tag = bytes[index...].prefix { $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "=") && $0 != 10 }
            marks.insert(String(decoding: tag, as: UTF8.self))
        }
        return marks
    }
}
