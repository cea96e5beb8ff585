import ArgumentParser
import Console
import Foundation
import Operations
import Queue
import Register
import Storage

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Move the queue and the register between SQLite and PostgreSQL.",
        subcommands: [CopyCommand.self])

    struct CopyCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy",
            abstract: "Copy the queue and the register into an empty store of the other engine, checked row by row.",
            discussion:
                """
                Stop every Greffier program on both stores first. What is interrupted goes on where it stopped when the same \
                command is run again. The source stays as it is. A password comes from the file of the key \
                `storePasswordFile`, from PGPASSWORD or from ~/.pgpass.
                """)

        @Option(help: "Where to copy from: sqlite:FOLDER, a data folder, or postgres://user@host/name.")
        var from: String

        @Option(help: "Where to copy to, in the same words.")
        var to: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await reportingErrors {
                let password = try common.configuration().storePassword
                let source = try StorePlace(from, password: password)
                let target = try StorePlace(to, password: password)
                guard source != target else { throw ValidationError("--from and --to are the same store") }
                try target.prepare()
                let copy = QueueCopy(from: try source.queue(), to: try target.queue())
                let queue = try copy.run(isWhole: false) { Output.line("queue: \($0)") }
                Output.line("queue: \(queue) rows compared, all alike")
                let register = try RegisterCopy(from: source.register, to: target.register).run {
                    Output.line("register: \($0)")
                }
                try copy.finish()
                Output.line("register: \(register) rows compared, all alike")
            }
        }
    }
}

/// A store as the command line names it.
private enum StorePlace: Equatable {
    case folder(String)
    case server(ServerAddress)

    init(_ text: String, password: String?) throws {
        if ServerAddress.isAddress(text) {
            self = .server(try ServerAddress(text, password: password))
        } else if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
            self = .folder(String(text.dropFirst("sqlite:".count)))
        } else {
            throw ValidationError("\(text): write sqlite:FOLDER or postgres://user@host/name")
        }
    }

    /// Makes a data folder that is missing.
    func prepare() throws {
        guard case .folder(let folder) = self else { return }
        _ = try DataFolder(path: folder)
    }

    func queue() throws -> QueueStore {
        switch self {
        case .folder(let folder): try QueueStore(folder: DataFolder(path: folder + "/queue"))
        case .server(let address): try QueueStore(database: address, name: "copy")
        }
    }

    var register: RegisterPlace {
        switch self {
        case .folder(let folder): .folder(folder + "/register")
        case .server(let address): .server(address)
        }
    }
}
