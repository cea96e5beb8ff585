import Mustache

/// The texts of the emails: Mustache files, compiled in, each of which a customer can replace by a file of the same name.
///
/// Every template is parsed and each of its names is checked when it is loaded: a mistake is an error at start, not a hole in
/// an email. In subjects and texts values are printed as they are; in HTML they are escaped.
public struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Loads the compiled-in templates.
    ///
    /// - Parameter overrideFolder: a folder whose `*.mustache` files replace those of the same name; other names are refused,
    ///   so that a misspelt file is not silently ignored.
    /// - Throws: `MailError.invalidTemplate` with the file, the line and the cure.
    public init(overrideFolder: String? = nil) throws(MailError) {
        var sources = TemplateSource.defaults
        if let overrideFolder {
            for source in try TemplateFolder.read(overrideFolder) {
                guard sources[source.name] != nil else { throw Self.unknown(source, known: sources.keys.sorted()) }
                sources[source.name] = source
            }
        }
        try TemplateCheck(sources: sources).run()
        var library = MustacheLibrary()
        for source in sources.values { library.register(try source.parsed(), named: source.name) }
        self.library = library
    }

    /// The texts of the compiled-in templates by file name: what a customer copies and changes.
    public static var defaultFiles: [String: String] {
        Dictionary(uniqueKeysWithValues: TemplateSource.defaults.values.map { ($0.fileName, $0.text) })
    }

    /// The mail « nouvelle délibération ».
    public func content(_ view: NewActView) -> MailContent { content("new-act", view.value) }

    /// The mail « rappel ».
    public func content(_ view: ReminderView) -> MailContent { content("reminder", view.value) }

    /// The mail « rappels ».
    public func content(_ view: RemindersView) -> MailContent { content("reminders", view.value) }

    /// The mail « réponse ».
    public func content(_ view: AnswerView) -> MailContent { content("answer", view.value) }

    /// The mail « changement ».
    public func content(_ view: ChangesView) -> MailContent { content("changes", view.value) }

    /// The mail « résumé ».
    public func content(_ view: DigestView) -> MailContent { content("digest", view.value) }

    /// The mail « toujours en veille ».
    public func content(_ view: WatchView) -> MailContent { content("watch", view.value) }

    /// The mail « surveillance ».
    public func content(_ view: AlarmView) -> MailContent { content("alarm", view.value) }

    private func content(_ mail: String, _ value: TemplateValue) -> MailContent {
        let (plain, escaped) = (value.rendered(asHTML: false), value.rendered(asHTML: true))
        func render(_ form: String) -> String {
            library.render(form == "html" ? escaped : plain, withTemplate: "\(mail).\(form)") ?? ""
        }
        return MailContent(
            subject: HeaderText(render("subject")), text: TextLayout.wrapped(render("text")), html: render("html"))
    }

    private static func unknown(_ source: TemplateSource, known: [String]) -> MailError {
        // Those of its own form, "….text": the others are not what was meant, and would not fit into the message.
        let form = source.name.split(separator: ".").last ?? ""
        let alike = known.filter { $0.hasSuffix(".\(form)") }
        let names = (alike.isEmpty ? known : alike).map { "\($0).mustache" }.joined(separator: ", ")
        return .invalidTemplate(file: source.fileName, line: nil, reason: "no mail uses this name; known: \(names)")
    }
}

/// The text of one template and where it came from.
struct TemplateSource: Sendable {
    /// `new-act.html`.
    let name: String
    /// Its path, or its name when it is compiled in.
    let fileName: String
    let text: String

    /// The compiled-in templates by name.
    static let defaults: [String: TemplateSource] = {
        let files: [(String, [UInt8])] = [
            ("new-act.subject", PackageResources.new_act_subject_mustache),
            ("new-act.text", PackageResources.new_act_text_mustache),
            ("new-act.html", PackageResources.new_act_html_mustache),
            ("reminder.subject", PackageResources.reminder_subject_mustache),
            ("reminder.text", PackageResources.reminder_text_mustache),
            ("reminder.html", PackageResources.reminder_html_mustache),
            ("reminders.subject", PackageResources.reminders_subject_mustache),
            ("reminders.text", PackageResources.reminders_text_mustache),
            ("reminders.html", PackageResources.reminders_html_mustache),
            ("answer.subject", PackageResources.answer_subject_mustache),
            ("answer.text", PackageResources.answer_text_mustache),
            ("answer.html", PackageResources.answer_html_mustache),
            ("changes.subject", PackageResources.changes_subject_mustache),
            ("changes.text", PackageResources.changes_text_mustache),
            ("changes.html", PackageResources.changes_html_mustache),
            ("deadline.text", PackageResources.deadline_text_mustache),
            ("deadline.html", PackageResources.deadline_html_mustache),
            ("deadline-actions.text", PackageResources.deadline_actions_text_mustache),
            ("deadline-actions.html", PackageResources.deadline_actions_html_mustache),
            ("calendar.text", PackageResources.calendar_text_mustache),
            ("calendar.html", PackageResources.calendar_html_mustache),
            ("digest.subject", PackageResources.digest_subject_mustache),
            ("digest.text", PackageResources.digest_text_mustache),
            ("digest.html", PackageResources.digest_html_mustache),
            ("watch.subject", PackageResources.watch_subject_mustache),
            ("watch.text", PackageResources.watch_text_mustache),
            ("watch.html", PackageResources.watch_html_mustache),
            ("alarm.subject", PackageResources.alarm_subject_mustache),
            ("alarm.text", PackageResources.alarm_text_mustache),
            ("alarm.html", PackageResources.alarm_html_mustache),
            ("footer.text", PackageResources.footer_text_mustache),
            ("footer.html", PackageResources.footer_html_mustache),
            ("style.html", PackageResources.style_html_mustache),
        ]
        return Dictionary(
            uniqueKeysWithValues: files.map { name, bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                return (name, TemplateSource(name: name, fileName: "\(name).mustache", text: text))
            })
    }()

    /// The template, told not to escape: values are escaped before they come.
    func parsed() throws(MailError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
        } catch {
            throw .invalidTemplate(file: fileName, line: nil, reason: "Mustache cannot read it: \(error)")
        }
    }
}
