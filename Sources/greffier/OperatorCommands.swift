import ArgumentParser
import Client
import Console
import Foundation
import GreffierProtocol
import Operations

/// What every operator's act on a document asks for.
struct DocumentActOptions: ParsableArguments {
    @Argument(help: "The document's id, or the beginning of it that only one document has.")
    var id: String

    @Option(help: "Why; kept in the document's history and in the audit trail.")
    var why: String

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func validate() throws {
        guard why.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--why: say why") }
    }

    /// Does the act and prints the document's new state.
    func perform(_ common: CommonOptions, _ output: JSONOption, _ message: (DocumentAct) -> MessageToBroker) throws {
        let act = DocumentAct(
            id: try common.document(id), by: by ?? NSUserName(), why: BoundedText(why))
        guard case .known(let known) = try common.ask(message(act)) else {
            throw ClientError.unexpected("no state")
        }
        if output.json { Output.json(known) } else { Output.line("\(known.id) \(known.state.rawValue)") }
    }
}

/// What every operator's act on a stage asks for.
struct StageActOptions: ParsableArguments {
    @Argument(help: "ingest, validate or notify.")
    var stage: String

    @Option(help: "Why; kept in the audit trail.")
    var why: String

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func validate() throws {
        guard why.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--why: say why") }
    }

    /// Does the act and prints which stages are paused then.
    func perform(_ common: CommonOptions, _ output: JSONOption, _ message: (StageAct) -> MessageToBroker) throws {
        guard let stage = Stage(rawValue: stage) else {
            throw ValidationError("\(stage): write ingest, validate or notify")
        }
        let act = StageAct(stage: stage, by: by ?? NSUserName(), why: BoundedText(why))
        guard case .status(let status) = try common.ask(message(act)) else {
            throw ClientError.unexpected("no status")
        }
        let paused = status.paused.map(\.rawValue).joined(separator: ", ")
        if output.json { Output.json(status) } else { Output.line("paused: \(paused.isEmpty ? "nothing" : paused)") }
    }
}

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try a held or delayed document again now.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: DocumentActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .retry($0) } }
    }
}

struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Keep a waiting document back until it is released.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: DocumentActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .hold($0) } }
    }
}

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a held document go on.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: DocumentActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .release($0) } }
    }
}

struct DropCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "End a document without registering it.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: DocumentActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .drop($0) } }
    }
}

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Give a stage no further jobs, across restarts.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: StageActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .pause($0) } }
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Give a paused stage jobs again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var act: StageActOptions

    func run() async throws {
        try await reportingErrors { try act.perform(common, output) { .resume($0) } }
    }
}

struct ForgetRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget-register",
        abstract: "Let another register take the place of the one that the queue belongs to.",
        discussion: """
            For a register that was restored or begun anew under another id. End all greffier-notify first; the next one
            that starts names the register. What the former register holds is not moved.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "Why; kept in the queue's history.")
    var why: String

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func run() async throws {
        try await reportingErrors {
            let act = RegisterAct(by: by ?? NSUserName(), why: BoundedText(why))
            guard case .status(let status) = try common.ask(.forget(act)) else {
                throw ClientError.unexpected("no status")
            }
            if output.json { Output.json(status) } else { Output.line("forgotten: the next greffier-notify names it") }
        }
    }
}
