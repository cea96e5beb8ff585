import ArgumentParser
import Console
import Foundation
import Mail
import Operations

struct TemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates", abstract: "Copy the texts of the mails, to change them, and look at what they make.",
        subcommands: [TemplatesCopyCommand.self, TemplatesPreviewCommand.self])
}

struct TemplatesCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Write the built-in templates into a folder; files that are there already stay as they are.")

    @Argument(help: "The folder, made if it is missing; then name it in mail.templates.")
    var folder: String

    func run() async throws {
        try await reportingErrors {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (name, text) in Templates.defaultFiles.sorted(by: { $0.key < $1.key }) {
                let path = "\(folder)/\(name)"
                guard !FileManager.default.fileExists(atPath: path) else {
                    Output.line("kept     \(path)")
                    continue
                }
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                Output.line("written  \(path)")
            }
        }
    }
}

struct TemplatesPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Write a mail about an invented act as HTML, for a look in a browser.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Which mail: new-act, session, reminder, reminders, answer, changes, digest, watch, alarm.")
    var mail: PreviewedMail

    @Option(help: "A folder of templates (default: mail.templates of the configuration).")
    var templates: String?

    @Option(name: [.short, .long], help: "Write to this file.")
    var output: String?

    @Flag(help: "The plain text, with the subject before it.")
    var text = false

    func run() async throws {
        try await reportingErrors {
            let folder = try templates ?? common.configuration().mail.templatesFolder
            let content = try mail.content(try Templates(overrideFolder: folder))
            var file = try ExportFile(output)
            try file.write(Array((text ? "\(content.subject.text)\n\n\(content.text)" : content.html).utf8))
            try file.finish()
        }
    }
}

/// The mails that can be looked at.
enum PreviewedMail: String, CaseIterable, ExpressibleByArgument {
    case newAct = "new-act"
    case session
    case reminder
    case reminders
    case answer
    case changes
    case digest
    case watch
    case alarm

    /// The mail with every field filled in.
    func content(_ templates: Templates) throws(MailError) -> MailContent {
        switch self {
        case .newAct: templates.content(try NewActView.sample)
        case .session: templates.content(try NewActView.sessionSample)
        case .reminder: templates.content(try ReminderView.sample)
        case .reminders: templates.content(try RemindersView.sample)
        case .answer: templates.content(try AnswerView.sample)
        case .changes: templates.content(try ChangesView.sample)
        case .digest: templates.content(try DigestView.sample)
        case .watch: templates.content(try WatchView.sample)
        case .alarm: templates.content(AlarmView.sample)
        }
    }
}
