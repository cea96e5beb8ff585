import Foundation
import GreffierProtocol
import ZeroMQ

/// A broker and its workers on a folder of their own, and the hand tool.
final class Cluster {
    let folder: TestFolder
    /// Where the clock of what is started next begins.
    var now: String
    private var programs: [ProgramName: RunningProgram] = [:]
    private var commands = 0
    /// The host on which it runs; nil for this machine.
    let host: VirtualHost?
    /// What is added to the environment of its programs.
    var environment: [String: String] = [:]

    /// Short leases, so that what a killed program held is soon given to another.
    static let configuration = """
        lease:
          heartbeat: 500 ms
          expiry: 4 s
        retry:
          first: 200 ms
          longest: 2 s

        """

    /// A cluster that does not run yet.
    /// - Parameters:
    ///   - now: where its clock begins.
    ///   - configuration: what is added to ``configuration``.
    ///   - folder: where it keeps everything; nil for a folder of its own.
    ///   - host: where it runs.
    init(
        now: String = "2025-03-19T09:00", configuration: String = "", folder: TestFolder? = nil,
        host: VirtualHost? = nil
    ) throws {
        self.folder = try folder ?? TestFolder()
        self.host = host
        self.now = now
        try self.folder.write("greffier.yaml", Self.configuration + configuration)
    }

    /// Where the broker listens.
    var endpoint: Endpoint { get throws { try Endpoint.ipc(path: data + "/broker.ipc") } }
    /// The data folder.
    var data: String { folder.path("data") }
    /// The options that every program gets.
    var options: [String] { ["--config", folder.path("greffier.yaml"), "--data", data, "--now", now] }

    /// Starts programs.
    /// - Parameter device: where they log; nil for a file each.
    func start(_ names: [ProgramName] = ProgramName.cluster, loggingTo device: String? = nil) throws {
        for name in names {
            let log = device ?? folder.path(name.rawValue + ".log")
            programs[name] = try RunningProgram(
                name.path, options, output: log, errors: log, environment: environment, on: host)
        }
    }

    /// Starts a whole cluster and waits until all its workers are ready.
    func startAndWait(_ names: [ProgramName] = ProgramName.cluster, loggingTo device: String? = nil) async throws {
        try start(names, loggingTo: device)
        let workers = names.count { $0 != .broker }
        try await waitUntil("the workers are ready") { try await self.status()?.workers.count == workers }
    }

    func program(_ name: ProgramName) throws -> RunningProgram {
        guard let program = programs[name] else { throw NeverCame(description: "\(name.rawValue) was not started") }
        return program
    }

    /// Kills a program with SIGKILL.
    func kill(_ name: ProgramName) async throws {
        try await program(name).kill()
    }

    /// Stops programs with SIGTERM, the workers first; their exit codes.
    @discardableResult
    func stop(_ names: [ProgramName] = ProgramName.cluster.reversed()) async throws -> [Int32] {
        var codes: [Int32] = []
        for name in names { codes.append(try await program(name).stop()) }
        return codes
    }

    /// What the broker says of itself, or nil while none answers.
    func status() async throws -> Status? {
        let run = try await greffier("status", "--json")
        return run.code == 0 ? try run.values(Status.self).first : nil
    }

    /// The documents of the queue.
    func documents() async throws -> [DocumentSummary] {
        try await greffier("jobs", "--json", "--limit", "10000").values(DocumentSummary.self)
    }

    /// The register's deadlines.
    func deadlines() async throws -> [ListedDeadline] {
        try await greffier("deadlines", "list", "--json", "--limit", "10000").values(ListedDeadline.self)
    }

    /// The mails in the outbox.
    func mails() async throws -> [Mail] { try await Mail.mails(in: data + "/outbox", scratch: folder, on: host) }

    /// What its register holds.
    func register() async throws -> RegisterContents { try await RegisterContents.read(self, on: host) }

    /// Runs the hand tool to its end.
    func greffier(_ arguments: String..., input: [UInt8]? = nil) async throws -> CommandRun {
        let running = try startGreffier(arguments, input: input)
        return try await CommandRun(of: running)
    }

    /// Starts the hand tool.
    func startGreffier(_ arguments: [String], input: [UInt8]? = nil) throws -> RunningProgram {
        commands += 1
        let file = try input.map { try folder.write("command-\(commands).in", $0) }
        return try RunningProgram(
            ProgramName.greffier.path, arguments + options.prefix(arguments.first == "config" ? 4 : 6),
            output: folder.path("command-\(commands).out"), errors: folder.path("command-\(commands).err"), input: file,
            on: host)
    }

    /// Waits; when it is in vain, the error tells what the queue holds and what the programs said last.
    func waitUntil(_ what: String, _ isTrue: () async throws -> Bool) async throws {
        do {
            try await wait(for: what, until: isTrue)
        } catch let error as NeverCame {
            throw NeverCame(description: error.description + "\n" + (await picture()))
        }
    }

    private func picture() async -> String {
        let unfinished = (try? await documents())?.filter { $0.state != .registered } ?? []
        let lines = unfinished.map {
            "\($0.name): \($0.state) at \($0.stage), \($0.code ?? "") \($0.message?.text ?? "")"
        }
        let register = try? await self.register()
        let logs =
            (ProgramName.cluster.map { $0.rawValue + ".log" } + folder.names(in: ".").filter { $0.hasSuffix(".err") })
            .map { (name: $0, text: folder.text($0)) }.filter { !$0.text.isEmpty }
            .map { "\($0.name): …\($0.text.suffix(1_500))" }
        return (["\(register?.numbers.count ?? 0) acts, announcements \(register?.announcements ?? [])"] + lines + logs)
            .joined(separator: "\n")
    }
}
