import Foundation
import GreffierProtocol
import PostgreSQLTestSupport

/// Two brokers and workers that know both; queue and register are in the database.
final class BrokerPair {
    /// The server that has the database; another one after a failover.
    var server: PostgreSQLServer
    let folder: TestFolder
    private(set) var brokers: [RunningProgram] = []
    private var workers: [RunningProgram] = []
    private let now = "2025-03-19T09:00"

    /// - Parameters:
    ///   - server: where the database is.
    ///   - address: how programs find it.
    init(_ server: PostgreSQLServer, address: String? = nil) throws {
        self.server = server
        folder = try TestFolder()
        let endpoints = ["one", "two"].map { "ipc://\(folder.path("\($0).ipc"))" }
        try folder.write(
            "greffier.yaml",
            Cluster.configuration
                + "store: \"\(address ?? server.url)\"\nbrokers: [\(endpoints.joined(separator: ", "))]\n")
        for (name, endpoint) in zip(["one", "two"], endpoints) {
            brokers.append(try start(.broker, name, ["--endpoint", endpoint]))
        }
        for name in [ProgramName.ingest, .ingest, .validate, .notify, .notify] {
            workers.append(try start(name, "\(name.rawValue)-\(workers.count)", []))
        }
    }

    private func start(_ name: ProgramName, _ data: String, _ options: [String]) throws -> RunningProgram {
        let log = folder.path("\(data).log")
        return try RunningProgram(name.path, common(data) + options, output: log, errors: log)
    }

    private func common(_ data: String) -> [String] {
        ["--config", folder.path("greffier.yaml"), "--data", folder.path(data), "--now", now]
    }

    /// Starts a push of a folder.
    func push(_ files: String, _ source: String) throws -> RunningProgram {
        try RunningProgram(
            ProgramName.greffier.path, ["push", files, "--wait", "--source", source] + common("pusher"),
            output: folder.path("\(source).out"), errors: folder.path("\(source).err"))
    }

    /// What `greffier status` says.
    func status() async throws -> CommandRun {
        let files = folder.path("status-\(UUID().uuidString)")
        defer { for end in ["out", "err"] { unlink("\(files).\(end)") } }
        return try await CommandRun(
            of: try RunningProgram(
                ProgramName.greffier.path, ["status"] + common("pusher"), output: "\(files).out",
                errors: "\(files).err"))
    }

    /// How many rows the database has.
    func count(_ question: String) throws -> Int {
        Int(try server.sql("SELECT COUNT(*) FROM \(question)")) ?? -1
    }

    /// Ends all programs.
    func stop() async throws {
        for worker in workers { _ = try await worker.stop() }
        for broker in brokers where broker.isRunning { _ = try await broker.stop() }
    }

    /// What the programs said last.
    var logs: String {
        folder.names(in: ".").filter { $0.hasSuffix(".log") || $0.hasSuffix(".err") }
            .map { "\($0): …\(folder.text($0).suffix(1_200))" }.joined(separator: "\n")
    }
}
