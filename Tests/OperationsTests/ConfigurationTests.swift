import Conversion
import Deliberations
import Foundation
import Testing

@testable import Operations

@Suite("Configuration")
struct ConfigurationTests {
    private func configuration(_ yaml: String, environment: [String: String] = [:]) throws -> Configuration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("greffier.yaml")
        try Data(yaml.utf8).write(to: file)
        var settings = Settings()
        settings.read(file: file.path, isRequired: true)
        settings.read(environment: environment)
        return try Configuration(settings)
    }

    private func problems(_ yaml: String, environment: [String: String] = [:]) -> [String] {
        do {
            _ = try configuration(yaml, environment: environment)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test("Holidays and days off are read; what is no day is named with the form it must have")
    func calendar() throws {
        let yaml = """
            calendar:
              zone: alsace-moselle
              holidays: ["2027-03-01: deuil national", "2027-05-14 : pont : général"]
              daysOff: [2026-12-24, 2026-12-28..2026-12-31]
            """
        let calendar = try configuration(yaml).calendar
        #expect(calendar == (try configuration(yaml).mail.calendar))
        let names = ["2026-12-26", "2027-03-01", "2027-05-14", "2027-03-02"].map { text in
            CivilDate(jsonString: text).flatMap(calendar.holidayName)
        }
        #expect(names == ["deuxième jour de Noël", "deuil national", "pont : général", nil])
        let off = ["2026-12-24", "2026-12-27", "2026-12-28", "2026-12-31", "2027-01-04"].map { text in
            CivilDate(jsonString: text).map(calendar.otherDaysOff.contains)
        }
        #expect(off == [true, false, true, true, false])
        for wrong in [
            "holidays: [\"2027-02-30: rien\"]", "holidays: [2027-03-01]", "daysOff: [demain]",
            "daysOff: [2026-12-31..2026-12-24]", "daysOff: [2020-01-01..2026-01-01]",
        ] {
            let found = problems("calendar:\n  \(wrong)")
            #expect(found.count == 1 && found[0].contains("such as"), "\(wrong): \(found)")
        }
    }

    @Test("A store is an address without a password, which comes from a file that nobody else reads")
    func store() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("password").path
        _ = FileManager.default.createFile(
            atPath: file, contents: Data("hidden\n".utf8), attributes: [.posixPermissions: 0o600])
        let yaml = "store: postgres://clerk@db.example/greffier?sslmode=verify-full\nstorePasswordFile: \(file)"
        let found = try configuration(yaml)
        #expect(found.store?.description == "postgres://clerk@db.example/greffier")
        #expect(found.storePassword == "hidden" && !String(reflecting: found.store).contains("hidden"))
        #expect(found.brokers == [found.endpoint])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(problems(yaml).contains { $0.contains("chmod 600") })
        for (wrong, problem) in [
            ("store: postgres://clerk:hidden@db.example/greffier", "storePasswordFile"),
            ("store: mysql://db.example/greffier", "postgres://"), ("storePasswordFile: \(file)", "set `store`"),
            ("store: postgres://db.example", "names no database"),
            ("store: postgres://db.example/greffier?sslmode=disable", "sslmode=verify-full"),
        ] {
            let found = problems(wrong)
            #expect(found.contains { $0.contains(problem) } && !found.joined().contains("hidden"), "\(found)")
        }
    }

    @Test("Beyond this host nothing listens or connects without keys, and half a set of keys is named")
    func keys() throws {
        let key = String(repeating: "a", count: 40)
        let cases: [(yaml: String, problem: String)] = [
            ("endpoint: tcp://0.0.0.0:5555", "greffier keygen"), ("endpoint: tcp://192.0.2.1:5555", "greffier keygen"),
            ("listen: [\"tcp://*:5555\"]", "greffier keygen"), ("listen: [\"tcp://[2001:db8::1]:5555\"]", "keygen"),
            ("keys: {brokerPair: a.key}", "keys.list: is missing"), ("keys: {list: keys.list}", "keys.brokerPair"),
            ("keys: {broker: '\(key)'}", "keys.own: is missing"),
            ("keys: {broker: short, own: a.key}", "40 characters"), ("limits: {result: 1 GiB}", "limits.result"),
        ]
        for (yaml, problem) in cases {
            let found = problems(yaml)
            #expect(found.contains { $0.contains(problem) }, "\(yaml): \(found)")
        }
        let remote = try configuration("endpoint: tcp://192.0.2.1:5555\nkeys: {broker: '\(key)', own: nowhere.key}")
        #expect(throws: ConfigurationError.self) { try remote.clientSecurity() }
        #expect(throws: ConfigurationError.self) { try remote.brokerKeys() }
        let local = try configuration("keys: {broker: '\(key)', own: nowhere.key}")
        #expect(try !local.clientSecurity().isEncrypted && local.brokerKeys() == nil)
        let broker = try configuration("listen: [\"tcp://*:5555\"]\nkeys: {brokerPair: a.key, list: keys.list}")
        #expect(broker.listen.map(\.description) == ["tcp://*:5555"])
    }

    @Test("Values that nobody could work with are refused with what they may be, and the last good ones are not")
    func ranges() throws {
        let cases: [(yaml: String, problem: String)] = [
            ("limits: {document: 2 GiB}", "limits.document: must be from 1 KiB to 131072 KiB"),
            ("limits: {document: 10 B}", "limits.document: must be from"),
            ("limits: {memory: 1 MiB}", "limits.memory: must be from 131072 KiB"),
            ("limits: {result: 1 KiB}", "limits.result: must be from 64 KiB"),
            ("limits: {queue: 1 MiB}", "limits.queue: must be at least limits.document"),
            ("limits: {sourceBytes: 1 MiB}", "limits.sourceBytes: must be at least limits.document"),
            ("limits: {sourceKept: 1 B}", "limits.sourceKept: must be at least limits.document"),
            ("limits: {freeDisk: 1 B}", "limits.freeDisk: must be from"),
            ("limits: {storing: 1 KiB}", "limits.storing: must be from 1024 KiB"),
            ("limits: {workers: 0}", "limits.workers"), ("limits: {workersPerKey: many}", "limits.workersPerKey"),
            ("limits: {jobsPerWorker: 5000}", "limits.jobsPerWorker"), ("limits: {sources: 0}", "limits.sources"),
            ("limits: {submissions: 0}", "limits.submissions"),
            ("limits: {questions: 1}", "limits.questions"), ("limits: {watchers: 0}", "limits.watchers"),
            ("retention: {documents: 1 ms}", "retention.documents: must be from 1 h to 36600 d"),
            ("lease: {heartbeat: 1 ms}", "lease.heartbeat: must be from 50 ms to 1 min"),
            ("lease: {longest: 1 s}", "lease.longest: must be from 1 min to 1 d"),
            ("lease: {longest: 2 d}", "lease.longest: must be from 1 min to 1 d"),
            ("conversion: {time: 26 min}", "conversion.time: must be at most five sixths of lease.longest"),
            ("retry: {first: 2 h}", "retry.first: must not be longer than retry.longest"),
            ("retry: {deaths: 0}", "retry.deaths"),
        ]
        for (yaml, problem) in cases {
            let found = problems(yaml)
            #expect(found.contains { $0.contains(problem) }, "\(yaml): \(found)")
        }
        let good = try configuration(
            """
            limits: {document: 128 MiB, memory: 128 MiB, queue: 512 MiB, sourceKept: 1 GiB}
            lease: {longest: 1 h}
            conversion: {time: 50 min}
            retention: {documents: 1 h}
            """)
        #expect(try configuration("limits: {queue: 64 MiB}").limits.sourceBytes == 64 << 20)
        #expect(good.limits.sourceBytes == 128 << 20 && good.limits.sourceKeptBytes == 1 << 30)
        #expect(good.lease.longestMilliseconds == 3_600_000 && good.retention.documentSeconds == 3_600)
    }

    @Test("Metrics are told to other hosts only if that is wanted by a key of its own")
    func metrics() throws {
        for address in ["0.0.0.0:9464", "192.0.2.1:9464", "\"[::]:9464\"", "\"[2001:db8::1]:9464\""] {
            let found = problems("metrics: {listen: \(address)}")
            #expect(found.count == 1 && found[0].contains("metrics.listen") && found[0].contains("metrics.exposed"))
            #expect(problems("metrics: {listen: \(address), exposed: true}").isEmpty)
        }
        for address in ["127.0.0.1:9464", "127.3.2.1:1", "\"[::1]:9464\""] {
            let listen = try configuration("metrics: {listen: \(address)}").metricsListen
            #expect(listen == address.filter { $0 != "\"" })
        }
        #expect(problems("metrics: {exposed: perhaps}").contains { $0.contains("neither true nor false") })
    }

    @Test("Without a file every key has its default and the endpoint is a socket in the data folder")
    func defaults() throws {
        var settings = Settings()
        settings.set("data", "/srv/greffier", flag: "--data")
        let configuration = try Configuration(settings)
        #expect(configuration.endpoint.description == "ipc:///srv/greffier/broker.ipc")
        #expect(configuration.limits.documentBytes == 64 << 20)
        #expect(configuration.conversion.limits == ConversionLimits() && !configuration.conversion.requiresSandbox)
        #expect(configuration.lease.expiryMilliseconds == 10_000)
        #expect(configuration.mail.smtp == nil)
        #expect(configuration.mail.outboxFolder == "/srv/greffier/outbox")
    }

    @Test("The limits of conversion are set in their units, and the largest document is the same everywhere")
    func conversion() throws {
        let configuration = try configuration(
            """
            limits:
              document: 5 MiB
            conversion:
              sandbox: required
              time: 90 s
              processorTime: 20 s
              memory: 512 MiB
              scannedPages: 0
              archiveBytes: 10 MiB
            """)
        #expect(configuration.conversion.requiresSandbox)
        var limits = ConversionLimits(documentBytes: 5 << 20)
        (limits.clockSeconds, limits.processorSeconds) = (90, 20)
        (limits.memoryBytes, limits.archiveBytes, limits.scannedPages) = (512 << 20, 10 << 20, 0)
        #expect(configuration.conversion.limits == limits)
        #expect(problems("conversion:\n  sandbox: none\n").count == 1)
        for (key, wrong, right) in [
            ("memory", "1 MiB", "256 MiB"), ("memory", "2000 TiB", "8 GiB"), ("text", "10 B", "1 MiB"),
            ("text", "2 TiB", "1 GiB"), ("archiveBytes", "1 KiB", "1 MiB"), ("archiveBytes", "1 TiB", "1 GiB"),
        ] {
            #expect(problems("conversion:\n  \(key): \(wrong)\n").count == 1, "\(key) \(wrong)")
            #expect(problems("conversion:\n  \(key): \(right)\n").isEmpty, "\(key) \(right)")
        }
        #expect(
            problems("conversion:\n  time: 26 min\n").count == 1 && problems("conversion:\n  time: 25 min\n").isEmpty)
    }

    @Test("The environment overrides the file, and a flag overrides both")
    func precedence() throws {
        let yaml = "log:\n  level: warning\nretry:\n  attempts: 3\n"
        #expect(try configuration(yaml).log.level == "warning")
        let both = try configuration(yaml, environment: ["GREFFIER_LOG_LEVEL": "error"])
        #expect(both.log.level == "error")
        #expect(both.retry.attempts == 3)
        var settings = Settings()
        settings.read(environment: ["GREFFIER_LOG_LEVEL": "error"])
        settings.set("log.level", "debug", flag: "--log-level")
        #expect(try Configuration(settings).log.level == "debug")
    }

    @Test("A relative path counts from the folder of the file")
    func relativePaths() throws {
        let configuration = try configuration("data: state\n")
        #expect(configuration.dataFolder.hasSuffix("/state"))
        #expect(!configuration.dataFolder.hasPrefix(FileManager.default.currentDirectoryPath))
    }

    @Test("A list may be a YAML list, one text, or commas in the environment")
    func lists() throws {
        let list = try configuration("mail:\n  recipients:\n    - a@example.org\n    - b@example.org\n")
        #expect(list.mail.recipients == ["a@example.org", "b@example.org"])
        #expect(try configuration("mail: {recipients: a@example.org}").mail.recipients == ["a@example.org"])
        let environment = ["GREFFIER_MAIL_RECIPIENTS": "a@example.org, b@example.org"]
        #expect(try configuration("", environment: environment).mail.recipients.count == 2)
    }

    @Test(
        "What is wrong is named with its place and its cure",
        arguments: [
            ("maill:\n  from: x\n", "greffier.yaml:2: maill.from: no such key: did you mean `mail.from`?"),
            ("data: d\nlimits:\n  document: 12 cats\n", "greffier.yaml:3: limits.document: \"12 cats\""),
            ("lease:\n  expiry: 1 s\n", "greffier.yaml:2: lease.expiry: must be at least twice lease.heartbeat"),
            ("endpoint: tcp://0.0.0.0:5555\n", "greffier.yaml:1: endpoint:"),
            ("log:\n  level: loud\n", "\"loud\" is not one of debug, info, notice, warning, error"),
            ("retry:\n  attempts: 0\n", "is not a whole number from 1 to 100"),
            ("mail:\n  transport: smtp\n", "mail.smtp.host: is missing"),
            ("mail:\n  transport: smtp\n", "mail.from: is missing: mail.transport is smtp"),
            ("just words\n", "expected keys and values"),
            ("a: [b\n", "is not YAML"),
        ])
    func wrong(yaml: String, expected: String) {
        let found = problems(yaml)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test("All problems are told at once")
    func allProblems() {
        #expect(problems("nonsense: 1\nlog: {level: loud}\nretry: {attempts: many}\n").count == 3)
    }

    @Test("A variable that is no key is a problem, but the clock's is not")
    func foreignVariables() {
        #expect(problems("", environment: ["GREFFIER_DATTA": "x"]).count == 1)
        #expect(problems("", environment: ["GREFFIER_NOW": "2025-01-01", "HOME": "/"]).isEmpty)
    }

    @Test("A rule that does not exist is a problem that names its neighbours")
    func unknownRules() {
        let found = problems("rules:\n  off: [vote-balence]\n  severity: [quorum-margin=warning]\n")
        #expect(found.count == 1)
        #expect(found.allSatisfy { "\($0)".contains("did you mean vote-balance?") })
    }

    @Test("Every key has a default that is right, or none")
    func everyDefaultIsRight() throws {
        let names = ConfigurationKey.all.map(\.path)
        #expect(Set(names).count == names.count)
        #expect(Set(ConfigurationKey.all.map(\.environmentName)).count == names.count)
        _ = try Configuration(Settings())
    }
}

@Suite("The wall clock")
struct WallClockTests {
    @Test(
        "A clock can start elsewhere",
        arguments: [
            ("2025-04-23", 1_745_359_200), ("2025-04-23T08:00", 1_745_388_000), ("2025-01-15T08:00:30", 1_736_924_430),
            ("@1745388000", 1_745_388_000),
        ])
    func startsElsewhere(text: String, seconds: Int) throws {
        let clock = try WallClock(text, place: "--now")
        #expect((0...5).contains(clock.now() - seconds))
    }

    @Test("Another process gets the same clock from the environment")
    func forwarded() throws {
        let clock = try WallClock("2031-02-03", place: "--now")
        let other = try WallClock(clock.environmentValue, place: "GREFFIER_NOW")
        #expect(other.offsetSeconds == clock.offsetSeconds)
    }

    @Test(
        "What is no time is refused with an example",
        arguments: ["tomorrow", "2025-13-01", "2025-02-30", "23/04/2025", "@x"])
    func noTime(text: String) {
        #expect(throws: ConfigurationError.self) { try WallClock(text, place: "--now") }
    }
}
