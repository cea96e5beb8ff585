import GreffierProtocol
import Testing

@testable import Monitoring

/// A status that tests change in one place.
enum Sample {
    static let now = 1_700_010_000

    static func status() -> Status {
        Status(
            version: "1.2.0", incarnation: 2, startedAt: now - 7_200, mode: "running",
            counts: [
                StageCount(stage: .ingest, state: .waiting, count: 3, oldestSince: now - 40),
                StageCount(stage: .notify, state: .registered, count: 90),
            ],
            workers: [
                WorkerStatus(
                    stage: .ingest, program: "greffier-ingest", version: "1.2.0", host: "mairie-1", process: 42,
                    credit: 8, leased: 1, since: now - 3_600, silentMilliseconds: 300,
                    busyOn: DocumentID(of: [1]), busyMilliseconds: 1_500)
            ],
            paused: [], queuedBytes: 4_096, freeDiskBytes: 64 << 30, workerCount: 1, accepted: 93,
            activity: [
                StageActivity(
                    stage: .ingest, done: 90, failed: 2, returned: 1, lastMinute: 5, lastHour: 90,
                    idleMilliseconds: 800, totalMilliseconds: 9_000, durations: [0, 60, 20, 10, 0, 0, 0, 0, 0, 0, 0])
            ],
            refusals: [RefusalCount(code: "wrong-digest", count: 4)],
            ages: [StageAges(stage: .ingest, documents: [2, 0, 1, 0, 0, 0, 0, 0, 0, 0])])
    }
}

@Suite("What people see of a cluster")
struct StatusTests {
    @Test("A healthy cluster warns of nothing")
    func healthy() {
        #expect(ClusterWarnings.of(ClusterStatus(Sample.status()), now: Sample.now) == [])
    }

    struct Trouble: Sendable, CustomTestStringConvertible {
        let warning: String
        let change: @Sendable (inout Status) -> Void
        var testDescription: String { warning }
    }

    static let troubles = [
        Trouble(warning: "the broker is draining") { $0.mode = "draining" },
        Trouble(warning: "the broker's store fails") { $0.mode = "store-failing" },
        Trouble(warning: "the broker's disk has 500.0 MiB left") { $0.freeDiskBytes = 500 << 20 },
        Trouble(warning: "ingest is paused, 3 documents wait for it: `greffier resume ingest --why …`") {
            $0.paused = [.ingest]
        },
        Trouble(warning: "3 documents wait and no greffier-ingest is connected") {
            $0.workers = []
            $0.workerCount = 0
        },
        Trouble(warning: "no progress at ingest: no job was done for 20 min though 3 documents wait") {
            $0.counts[0].oldestSince = Sample.now - 3_000
            $0.activity?[0].idleMilliseconds = 1_200_000
        },
        Trouble(warning: "no progress at ingest: no job was done for 50 min") {
            $0.counts[0].oldestSince = Sample.now - 3_000
            $0.activity?[0].idleMilliseconds = nil
        },
        Trouble(warning: "4 documents at ingest wait for what a host lacks: `greffier jobs --state delayed`") {
            $0.counts.append(StageCount(stage: .ingest, state: .delayed, count: 5, lacking: 4))
        },
        Trouble(warning: "the broker of mairie-2 /data has been silent for 2 min") {
            $0.brokers = [BrokerStatus(name: "mairie-2 /data", incarnation: 1, silentMilliseconds: 120_000)]
        },
        Trouble(warning: "1 document held for a person") {
            $0.counts.append(StageCount(stage: .validate, state: .held, count: 1))
        },
        Trouble(warning: "greffier-ingest 42 on mairie-1 has held") { $0.workers[0].busyMilliseconds = 1_300_000 },
        Trouble(warning: "greffier-ingest 42 on mairie-1 has been silent for 7 s") {
            $0.workers[0].silentMilliseconds = 7_000
        },
        Trouble(warning: "is version 1.1.0, the broker 1.2.0") { $0.workers[0].version = "1.1.0" },
        Trouble(warning: "300 workers are connected, 1 of them are shown") { $0.workerCount = 300 },
    ]

    @Test("Each trouble is said in one sentence, and nothing else", arguments: troubles)
    func trouble(_ trouble: Trouble) {
        var status = Sample.status()
        trouble.change(&status)
        let warnings = ClusterWarnings.of(ClusterStatus(status), now: Sample.now)
        #expect(warnings.count == 1 && warnings.first?.contains(trouble.warning) == true, "\(warnings)")
    }

    @Test("A stage that has only just got documents is not without progress, however long it was idle before")
    func idleBefore() {
        var status = Sample.status()
        status.activity?[0].idleMilliseconds = 7_000_000
        #expect(ClusterWarnings.of(ClusterStatus(status), now: Sample.now) == [])
    }

    @Test("The table of ages has a row for all and one a stage, with sums")
    func ages() throws {
        var status = Sample.status()
        status.ages?.append(StageAges(stage: .notify, documents: [0, 1, 0, 0, 0, 0, 0, 0, 0, 4]))
        let lines = StatusView(ClusterStatus(status), now: Sample.now).text.split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(lines.contains(["all", "8", "2", "1", "1", "0", "0", "0", "0", "0", "0", "4"]))
        #expect(lines.contains(["notify", "5", "0", "1", "0", "0", "0", "0", "0", "0", "0", "4"]))
        #expect(lines.contains { $0.first == "greffier-ingest" && $0.contains("mairie-1") && $0.contains("1") })
    }

    @Test("The status of an older broker, which knows nothing of ages and rates, is shown too")
    func older() {
        var status = Sample.status()
        (status.activity, status.ages, status.refusals, status.workerCount, status.accepted) = (nil, nil, nil, nil, nil)
        #expect(StatusView(ClusterStatus(status), now: Sample.now).text.contains("greffier-ingest"))
        #expect(ClusterWarnings.of(ClusterStatus(status), now: Sample.now) == [])
    }
}
