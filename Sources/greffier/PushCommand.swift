import ArgumentParser
import Console
import Foundation
import GreffierProtocol
import Operations
import Pushing

struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Hand documents to the cluster: files, all files of folders, or `-` for standard input.",
        discussion: """
            A folder's push notes in .greffier-push.jsonl what the broker has, so that the next run goes on from there.
            Exit codes: 0 all accepted or known, 2 usage, 3 some refused, 4 no broker, 5 busy past --deadline.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var options: PushOptions

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Wait until each document is registered, refused or held.")
    var wait = false

    @Option(
        help: """
            How many seconds to wait for a broker that is busy or away (default: for ever while it says that it is busy; \
            10 s for one that is away, 45 s for one of several).
            """)
    var deadline: Int?

    @Option(help: "Leave the journal of a folder's push in this file (default: .greffier-push.jsonl in the folder).")
    var journal: String?

    func run() async throws {
        try await reportingErrors {
            var settings = try options.settings(common.configuration())
            settings.waitsForOutcome = wait
            settings.busyDeadlineMilliseconds = deadline.map { $0 * 1_000 }
            settings.unreachableMilliseconds = deadline.map { $0 * 1_000 } ?? settings.unreachableMilliseconds
            var documents = try PushQueue(paths: paths, journal: journal)
            var report = PushReport(isJSON: output.json, total: documents.count)
            var pusher = try Pusher(settings)
            try pusher.push {
                try documents.next()
            } finished: { document, outcome in
                report.note(document, outcome)
                try documents.finished(document, outcome)
            } delayed: { reason in
                report.note(delay: reason)
            }
            report.close(unreadable: documents.unreadable)
            if let code = report.exitCode(unreadable: documents.unreadable.count) { throw code }
        }
    }
}

/// What `push` and `watch` may say of the documents.
struct PushOptions: ParsableArguments {
    @Option(help: "Who pushes; sources are served in turn (default: user@host).")
    var source: String?

    @Option(help: "The id of the document that this one corrects.")
    var replaces: String?

    @Flag(help: "The documents are from the archives: register them without mailing what is past.")
    var archive = false

    @Flag(help: "Start refused, held and dropped documents again.")
    var again = false

    /// The settings for a pusher.
    func settings(_ configuration: Configuration) throws -> PushSettings {
        var settings = PushSettings(
            endpoints: configuration.brokerEndpoints,
            source: source ?? "\(NSUserName())@\(ProcessInfo.processInfo.hostName)")
        settings.security = try configuration.clientSecurity()
        if let replaces {
            guard let id = DocumentID(jsonString: replaces) else {
                throw ValidationError("--replaces \(replaces): an id is 64 hexadecimal digits")
            }
            settings.replaces = id
        }
        settings.isArchive = archive
        settings.again = again
        return settings
    }
}
