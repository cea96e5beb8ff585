import ArgumentParser
import Client
import Console
import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Operations
import Register

struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Erase everything that a document says, in the queue and in the register, for good.",
        discussion: """
            Its bytes, results, names and findings leave the files, and whatever it alone states the register; what others state \
            too stays. Its id stays, with the reason, who and when: a push of it is KNOWN, with --again it is refused. Run it \
            where the register is. Not erased: mails that left, the outbox, backups and exports made before, and other \
            documents that say the same.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The document's id, or the beginning of it that only one document has.")
    var id: String

    @Option(help: "Why; kept for ever. Name nobody in it.")
    var why: String

    @Option(help: "Who does it (default: the user).")
    var by: String?

    @Flag(help: "End the running deadlines that only this document states.")
    var withDeadlines = false

    func run() async throws {
        try await reportingErrors {
            let (id, person) = (try common.document(id), by ?? NSUserName())
            let now = UTCInstant(secondsSince1970: try common.clock().now())
            let register = try register()
            try register?.requireErasable()
            if let register, !withDeadlines {
                let running = try register.forgetting(id, now: now).endedDeadlines
                guard running.isEmpty else {
                    throw RegisterError.runningDeadlines(document: id, deadlines: running)
                }
            }
            let act = DocumentAct(id: id, by: person, why: BoundedText(why))
            guard case .known(let known) = try common.ask(.erase(act)) else { throw ClientError.unexpected("no state") }
            let forgotten = try register?.forget(
                id, why: why, by: person, endingDeadlines: withDeadlines, now: now)
            if output.json { return Output.json(known) }
            let deadlines = forgotten.map { ", \($0.endedDeadlines.count) running deadlines ended" } ?? ""
            let place = register == nil ? "in the queue; this host has no register" : "in queue and register"
            Output.line("\(id) erased \(place)\(deadlines)")
        }
    }

    /// The register, if there is one yet.
    private func register() throws -> Register? {
        do {
            return try Register(mending: common.configuration().registerPlace)
        } catch RegisterError.missing {
            return nil
        }
    }
}
