import AlertingSetup
import ArgumentParser
import Client
import Console
import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import JSONCodec
import Monitoring
import Operations
import Register

extension ExitStatus {
    /// The exit code for an error.
    static func of(_ error: any Error) -> ExitCode {
        switch error as? ClientError {
        case .unreachable, .unanswered, .turnedAway: unreachable
        case .refused: refused
        case .busy: busy
        default: failure
        }
    }
}

/// `--json`, which every command that shows a table has.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of a table.")
    var json = false
}

extension CommonOptions {
    /// Asks the broker.
    func ask(_ message: MessageToBroker) throws -> MessageFromBroker {
        let configuration = try configuration()
        return try BrokerQuestions(configuration.brokerEndpoints, configuration.clientSecurity()).ask(message)
    }

    /// Asks all brokers for the status of the cluster.
    func clusterStatus(ages: Bool = false) throws -> ClusterStatus {
        let configuration = try configuration()
        return try BrokerQuestions(configuration.brokerEndpoints, configuration.clientSecurity())
            .clusterStatus(ages: ages)
    }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the cluster: documents by stage, state and age, rates, workers, disk, and what needs a look.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reportingErrors {
            let status = try common.clusterStatus(ages: true)
            if output.json { return Output.json(status) }
            let view = StatusView(status, now: Int(Date().timeIntervalSince1970))
            Output.line([view.text, alerts].compactMap { $0 }.joined(separator: "\n\n"))
        }
    }

    /// What a person is to do about alerts, when the register lies on this host.
    private var alerts: String? {
        guard let place = try? common.configuration().registerPlace, let register = try? Register(reading: place),
            let waiting = try? register.alertsWaitingForPerson()
        else { return nil }
        return AlertsView.waiting(waiting)
    }
}

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the documents in the queue, oldest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "Only documents in this state: waiting, leased, delayed, held, registered, refused, dropped.")
    var state: String?

    @Option(help: "Only documents at this stage: ingest, validate, notify.")
    var stage: String?

    @Option(help: "Only documents of this source.")
    var source: String?

    @Option(help: "At most this many.")
    var limit = 50

    func run() async throws {
        try await reportingErrors {
            var request = ListRequest(
                state: try Self.word(state, "--state"), stage: try Self.word(stage, "--stage"), source: source)
            var left = max(1, limit)
            var table = SummaryTable()
            repeat {
                request.limit = min(left, ProtocolLimits.listedDocuments)
                guard case .list(let list) = try common.ask(.list(request)) else {
                    throw ClientError.unexpected("no list")
                }
                for document in list.documents {
                    if output.json { Output.json(document) } else { table.add(document) }
                }
                left -= list.documents.count
                request.after = list.next
            } while request.after != nil && left > 0
            if !output.json { Output.line(table.text) }
        }
    }

    private static func word<Word: JSONStringEnumeration>(_ text: String?, _ option: String) throws -> Word? {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option) \(text): write one of \(words)")
        }
        return word
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a document: its state and everything that happened to it.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The document's id, or the beginning of it that only one document has.")
    var id: String

    func run() async throws {
        try await reportingErrors {
            let id = try common.document(id)
            guard case .show(let history) = try common.ask(.show(ShowRequest(id: id))) else {
                throw ClientError.unexpected("no history")
            }
            var shown = ShownDocument(history: history)
            try addRegistered(id, to: &shown)
            if output.json { Output.json(shown) } else { Output.line(shown.text) }
        }
    }
}

extension ShowCommand {
    /// Adds what the register has of the document, when it lies on this host.
    fileprivate func addRegistered(_ id: DocumentID, to shown: inout ShownDocument) throws {
        guard let place = try? common.configuration().registerPlace, let register = try? Register(reading: place),
            let record = try? register.document(id)
        else { return }
        let today = try common.clock().today()
        try shown.add(record, from: register, today: today)
    }
}

extension CommonOptions {
    /// The document whose id is `text`, or begins with it.
    func document(_ text: String) throws -> DocumentID {
        if let id = DocumentID(jsonString: text) { return id }
        guard text.count >= 6, text.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            throw ValidationError("\(text): an id is 64 hexadecimal digits, or at least its first 6")
        }
        var found: [DocumentID] = []
        var request = ListRequest(limit: ProtocolLimits.listedDocuments)
        repeat {
            guard case .list(let list) = try ask(.list(request)) else { throw ClientError.unexpected("no list") }
            found += list.documents.map(\.id).filter { $0.jsonString.hasPrefix(text) }
            request.after = list.next
        } while request.after != nil
        guard let id = found.first else {
            throw ClientError.refused(
                Refused(code: .unknownDocument, message: BoundedText("no document's id begins with \(text)")))
        }
        guard found.count == 1 else { throw ValidationError("\(found.count) ids begin with \(text): write more of it") }
        return id
    }
}
