import ArgumentParser
import Client
import Console
import Foundation
import GreffierProtocol
import Operations

struct ActsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acts", abstract: "List what operators did with documents and stages, newest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "At most this many.")
    var limit = 50

    func run() async throws {
        try await reportingErrors {
            var table = Table([
                ("WHEN", .left), ("WHO", .left), ("WHAT", .left), ("STAGE", .left), ("DOCUMENT", .left), ("WHY", .left),
            ])
            var left = max(1, limit)
            var request = ActsRequest()
            repeat {
                request.limit = min(left, ProtocolLimits.listedDocuments)
                guard case .acts(let list) = try common.ask(.acts(request)) else {
                    throw ClientError.unexpected("no acts")
                }
                for act in list.acts {
                    if output.json { Output.json(act) } else { table.add(Self.row(act)) }
                }
                left -= list.acts.count
                request.before = list.next
            } while request.before != nil && left > 0
            if !output.json { Output.line(table.isEmpty ? "no acts" : table.text) }
        }
    }

    private static func row(_ act: ActEntry) -> [String] {
        [
            Units.instant(act.at), act.by, act.what, act.stage?.rawValue ?? "",
            act.id.map { String($0.jsonString.prefix(12)) } ?? "", act.why?.text ?? "",
        ]
    }
}

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send documents that were registered through the stages again, after rules or readers have changed.",
        discussion: """
            Begins at --stage with what the stages before have left; at ingest refused documents come again too. The register \
            takes the new report in place of the former, and staff are told only what is new to them. --dry-run counts.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "Documents accepted on this day or later: 2026-01-31 (Paris).")
    var from: String

    @Option(help: "Documents accepted before this day.")
    var until: String?

    @Option(help: "The first stage that works again: ingest, validate or notify.")
    var stage: String

    @Option(help: "Only documents of this source.")
    var source: String?

    @Flag(help: "Only say how many documents it would be.")
    var dryRun = false

    @Option(help: "Why; kept in the documents' history and in the audit trail.")
    var why: String?

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func validate() throws {
        guard dryRun || why != nil else { throw ValidationError("say --why, or count first with --dry-run") }
    }

    func run() async throws {
        try await reportingErrors {
            guard let stage = Stage(rawValue: stage) else {
                throw ValidationError("--stage \(stage): write ingest, validate or notify")
            }
            var request = ReplayRequest(
                stage: stage, from: try WallClock.seconds(ofDay: from, option: "--from"),
                until: try until.map { try WallClock.seconds(ofDay: $0, option: "--until") }, source: source,
                dryRun: dryRun ? true : nil, by: by ?? NSUserName(), why: why.map { BoundedText($0) })
            var total = Replayed(documents: 0, bytes: 0)
            repeat {
                guard case .replayed(let page) = try common.ask(.replay(request)) else {
                    throw ClientError.unexpected("no count")
                }
                total.documents += page.documents
                total.bytes += page.bytes
                request.after = page.next
            } while request.after != nil
            if output.json { return Output.json(total) }
            let subject = total.documents == 1 ? "1 document" : "\(total.documents) documents"
            let verb = dryRun ? "would begin" : total.documents == 1 ? "begins" : "begin"
            Output.line("\(subject) (\(Units.bytes(total.bytes))) \(verb) again at \(stage.rawValue)")
        }
    }
}
