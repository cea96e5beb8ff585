import Access
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport

/// A cluster on three hosts: two brokers on the first, ingest and validate on the second, notify and the mail server on the
/// third, PostgreSQL on the first or the third; every connection to a broker or the database encrypted, with keys by
/// `greffier keygen`.
final class ThreeHosts {
    /// Where PostgreSQL is.
    enum DatabasePlace {
        case besideBrokers, besideMail
    }

    private let place: DatabasePlace
    let folder: TestFolder
    let network: HostNetwork
    let brokersHost: VirtualHost
    private(set) var workersHost: VirtualHost
    let mailHost: VirtualHost
    let server: PostgreSQLServer
    let mailServer: SMTPServer
    private(set) var programs: [String: RunningProgram] = [:]
    private let now = "2025-03-19T09:00"

    /// Starts all of it.
    init(database place: DatabasePlace = .besideBrokers) async throws {
        self.place = place
        folder = try TestFolder()
        network = try await HostNetwork(scratch: folder)
        brokersHost = try await VirtualHost("host-a", scratch: folder)
        workersHost = try await VirtualHost("host-b", scratch: folder)
        mailHost = try await VirtualHost("host-c", scratch: folder)
        try network.connect(brokersHost, to: workersHost, number: 1)
        try network.connect(brokersHost, to: mailHost, number: 2)
        let databaseHost = place == .besideBrokers ? brokersHost : mailHost
        server = try PostgreSQLServer(entering: databaseHost.enteringNetwork, addresses: "*")
        mailServer = try await SMTPServer(entering: mailHost.entering)
        try await mailServer.start()
        try await makeKeys()
        for (name, port) in [("broker-1", 5555), ("broker-2", 5556)] {
            try start(name, .broker, on: brokersHost, environment: ["GREFFIER_LISTEN": "tcp://*:\(port)"])
        }
        try startWorkers()
        for name in ["notify-1", "notify-2"] { try start(name, .notify, on: mailHost) }
    }

    /// Starts ingest and validate where they belong.
    func startWorkers() throws {
        for name in ["ingest-1", "ingest-2"] { try start(name, .ingest, on: workersHost) }
        try start("validate-1", .validate, on: workersHost)
    }

    /// Starts ingest and validate on the third host, with the keys of the second.
    func startSpareWorkers() throws {
        let keys = ["GREFFIER_KEYS_OWN": folder.path("host-b.key")]
        try start("spare-ingest", .ingest, on: mailHost, environment: keys)
        try start("spare-validate", .validate, on: mailHost, environment: keys)
    }

    /// Takes the second host's cable away and kills all that runs on it.
    func crashWorkersHost() async throws {
        try network.unplug(workersHost)
        try await workersHost.crash()
    }

    /// Starts the second host again, with its cable and its workers.
    func restartWorkersHost() async throws {
        workersHost = try await VirtualHost("host-b", scratch: folder)
        try network.reconnect(workersHost, number: 1)
        try startWorkers()
    }

    /// Starts a push of a folder of documents on a host.
    func push(_ name: String, on host: VirtualHost) throws -> RunningProgram {
        try run(
            .greffier, ["push", folder.path("source-\(name)"), "--wait"], as: "push-\(name)", on: host,
            environment: ["GREFFIER_KEYS_OWN": folder.path("pusher-\(name).key")])
    }

    /// What `greffier status --json` says of a broker.
    private func status(of broker: String) async throws -> CommandRun {
        let log = folder.path("status-\(UUID().uuidString)")
        let program = try RunningProgram(
            ProgramName.greffier.path, ["status", "--json"] + options(of: broker, brokersHost), output: log,
            errors: log + ".err", on: brokersHost)
        defer { for file in [log, log + ".err"] { unlink(file) } }
        let run = try await CommandRun(of: program)
        if run.code == 2 { throw NeverCame(description: "greffier status: \(run.errors)") }
        return run
    }

    /// The workers that a broker sees alive, as HOST/STAGE; none while it does not answer.
    func workers(of broker: String) async throws -> Set<String> {
        let run = try await status(of: broker)
        let workers = run.code == 0 ? try run.values(Status.self).first?.workers ?? [] : []
        return Set(workers.map { "\($0.host)/\($0.stage.rawValue)" })
    }

    /// For how many seconds the database has not answered, as a broker says.
    func databaseSilence(of broker: String) async throws -> Int {
        try await status(of: broker).errors.firstMatch(of: /not answered for (\d+) s/).flatMap { Int($0.1) } ?? 0
    }

    /// The workers that any broker sees alive.
    func workers() async throws -> Set<String> {
        try await workers(of: "broker-1").union(workers(of: "broker-2"))
    }

    /// How many rows the database has.
    func count(_ question: String) throws -> Int { Int(try server.sql("SELECT COUNT(*) FROM \(question)")) ?? -1 }

    /// Asks all programs that run to end; their exit codes.
    func stop() async throws -> [String: Int32] {
        var codes: [String: Int32] = [:]
        let order = programs.keys.sorted { ($0.hasPrefix("broker") ? 1 : 0, $0) < ($1.hasPrefix("broker") ? 1 : 0, $1) }
        for name in order {
            guard let program = programs[name], program.isRunning else { continue }
            codes[name] = try await program.stop()
        }
        return codes
    }

    /// What the programs said last.
    var logs: String {
        let names = folder.names(in: ".").filter { $0.hasSuffix(".log") && !$0.hasPrefix("host-") }
        return names.map { (name: $0, text: folder.text($0)) }.filter { !$0.text.isEmpty }
            .map { "\($0.name): …\($0.text.suffix(1_200))" }.joined(separator: "\n")
    }

    private func start(
        _ name: String, _ program: ProgramName, on host: VirtualHost, environment: [String: String] = [:]
    ) throws {
        programs[name] = try run(program, [], as: name, on: host, environment: environment)
    }

    private func run(
        _ program: ProgramName, _ arguments: [String], as name: String, on host: VirtualHost,
        environment: [String: String]
    ) throws -> RunningProgram {
        let log = folder.path("\(name).log")
        return try RunningProgram(
            program.path, arguments + options(of: name, host), output: log, errors: log, environment: environment,
            on: host)
    }

    private func options(of name: String, _ host: VirtualHost) -> [String] {
        ["--config", folder.path("\(host.name).yaml"), "--data", folder.path("data-\(name)"), "--now", now]
    }
}

extension ThreeHosts {
    /// Makes the keys, the brokers' list of them, and each host's configuration.
    private func makeKeys() async throws {
        _ = try await keygen(["--name", "broker", "--out", folder.path("broker.key")])
        let holders = [
            ("host-b", "work:ingest,work:validate"), ("host-c", "work:notify"), ("pusher-a", "push"),
            ("pusher-b", "push"), ("pusher-c", "push"),
        ]
        var list = ""
        for (name, roles) in holders {
            list += try await keygen(["--role", roles, "--name", name, "--out", folder.path("\(name).key")])
        }
        try folder.write("keys.list", list)
        let broker = try KeyFile.read(folder.path("broker.key")).publicKey
        let centre = "keys: {brokerPair: broker.key, list: keys.list}\n"
        let stores = [
            "store: \"\(server.url)\"\n",
            "store: postgres://greffier@10.77.2.\(place == .besideBrokers ? 1 : 2)/postgres?sslmode=require\n",
        ]
        try write(brokersHost, centre + (place == .besideBrokers ? stores[0] : stores[1]))
        try write(workersHost, brokers(1) + "keys: {own: host-b.key, broker: '\(broker)'}\n")
        let store = place == .besideBrokers ? stores[1] : stores[0]
        let mail = mailServer.configuration(for: ["greffe@val-aubrelle.example"])
        try write(mailHost, brokers(2) + "keys: {own: host-c.key, broker: '\(broker)'}\n" + store + mail)
    }

    private func brokers(_ network: Int) -> String {
        "brokers: [tcp://10.77.\(network).1:5555, tcp://10.77.\(network).1:5556]\n"
    }

    private func write(_ host: VirtualHost, _ text: String) throws {
        try folder.write("\(host.name).yaml", Cluster.configuration + text)
    }

    private func keygen(_ arguments: [String]) async throws -> String {
        let unique = folder.path("keygen-\(UUID().uuidString)")
        let run = try await CommandRun(
            of: try RunningProgram(
                ProgramName.greffier.path, ["keygen"] + arguments, output: unique + ".out", errors: unique + ".err"))
        guard run.code == 0 else { throw NeverCame(description: "keygen: \(run.errors)") }
        return run.output
    }
}
