import Client
import GreffierProtocol
import Testing
import ZeroMQ

@testable import Monitoring

@Suite("What people see of a cluster with several brokers")
struct SeveralBrokersTests {
    /// Two brokers of one store: each has workers of its own.
    static func answers() -> [BrokerAnswer] {
        var first = Sample.status()
        first.brokers = [
            BrokerStatus(name: "mairie-1 /data", version: "1.2.0", incarnation: 2, silentMilliseconds: 200),
            BrokerStatus(name: "mairie-2 /data", version: "1.2.0", incarnation: 3, silentMilliseconds: 400),
        ]
        var second = first
        second.incarnation = 3
        second.startedAt = Sample.now - 600
        second.workers = [
            WorkerStatus(
                stage: .notify, program: "greffier-notify", version: "1.2.0", host: "mairie-2", process: 7, credit: 8,
                leased: 0, since: Sample.now - 60, silentMilliseconds: 100)
        ]
        second.activity = [
            StageActivity(
                stage: .ingest, done: 10, failed: 1, returned: 0, lastMinute: 1, lastHour: 10, idleMilliseconds: 90,
                totalMilliseconds: 1_000, durations: [10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], refused: 1, workers: 0)
        ]
        first.activity?[0].workers = 1
        return [
            BrokerAnswer(endpoint: "tcp://mairie-1:5555", status: first),
            BrokerAnswer(endpoint: "tcp://mairie-2:5555", status: second),
        ]
    }

    @Test("What the store counts is said once; workers and work of all brokers are added up")
    func merged() throws {
        let status = try #require(ClusterStatus(Self.answers())).status
        #expect(status.counts == Sample.status().counts && status.queuedBytes == 4_096)
        #expect(status.workers.map(\.program) == ["greffier-ingest", "greffier-notify"] && status.workerCount == 2)
        let ingest = try #require(status.activity?.first)
        #expect(ingest.done == 100 && ingest.idleMilliseconds == 90 && ingest.durations.prefix(2) == [10, 60])
        #expect(ingest.workers == 1 && status.accepted == 186)
        #expect(status.refusals == [RefusalCount(code: "wrong-digest", count: 8)])
    }

    @Test("A healthy pair warns of nothing: each stage's workers are found, whichever broker has them")
    func healthy() throws {
        let cluster = try #require(ClusterStatus(Self.answers()))
        #expect(ClusterWarnings.of(cluster, now: Sample.now) == [])
        let text = StatusView(cluster, now: Sample.now).text
        for words in ["tcp://mairie-1:5555", "tcp://mairie-2:5555", "mairie-2 /data"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("One that does not answer is told of once, and the rest of the answer stands")
    func away() throws {
        var answers = Self.answers()
        let endpoint = try Endpoint("tcp://127.0.0.1:5555")
        answers[1] = BrokerAnswer(
            endpoint: "tcp://mairie-2:5555", status: nil, error: .unreachable(endpoint, milliseconds: 1_000))
        answers[0].status?.brokers?[1].silentMilliseconds = 90_000
        let cluster = try #require(ClusterStatus(answers))
        let warnings = ClusterWarnings.of(cluster, now: Sample.now)
        #expect(warnings.count == 1 && warnings.first?.contains("tcp://mairie-2:5555") == true, "\(warnings)")
        let lines = StatusView(cluster, now: Sample.now).text.split(separator: "\n")
        #expect(lines.contains { $0.contains("tcp://mairie-2:5555") && $0.contains("no answer") })
        #expect(lines.contains { $0.contains("mairie-2 /data") && $0.contains("90 s ago") || $0.contains("1 min") })
        #expect(!answers[1].isHeard && ClusterStatus([answers[1]]) == nil)
    }

    @Test("Two versions are said, as are brokers that drain")
    func versions() throws {
        var answers = Self.answers()
        answers[1].status?.version = "1.3.0"
        answers[1].status?.mode = "draining"
        let warnings = ClusterWarnings.of(try #require(ClusterStatus(answers)), now: Sample.now)
        #expect(warnings.contains { $0.contains("1.2.0 and 1.3.0") }, "\(warnings)")
        #expect(warnings.contains { $0.contains("the broker at tcp://mairie-2:5555 is draining") }, "\(warnings)")
    }

    @Test("Metrics count the store once and each broker's work under its name")
    func metrics() {
        let text = ClusterMetrics(answers: Self.answers(), alertsWaiting: nil, version: "1.2.0").text(now: Sample.now)
        let lines = text.split(separator: "\n")
        for line in [
            "greffier_documents{stage=\"ingest\",state=\"waiting\"} 3", "greffier_up 1",
            "greffier_broker_up{broker=\"tcp://mairie-2:5555\"} 1",
            "greffier_jobs_done_total{broker=\"tcp://mairie-1:5555\",stage=\"ingest\"} 90",
            "greffier_jobs_done_total{broker=\"tcp://mairie-2:5555\",stage=\"ingest\"} 10",
            "greffier_broker_silent_seconds{name=\"mairie-2 /data\"} 0.4",
        ] {
            #expect(lines.count { $0 == Substring(line) } == 1, "\(line)")
        }
    }

    @Test("A disk that nobody can measure is no number of bytes")
    func unmeasured() {
        var status = Sample.status()
        status.freeDiskBytes = Int.max
        #expect(!StatusView(ClusterStatus(status), now: Sample.now).text.contains("free disk"))
        let answer = BrokerAnswer(endpoint: "ipc:///b", status: status)
        let text = ClusterMetrics(answers: [answer], alertsWaiting: nil, version: "1").text(now: Sample.now)
        #expect(!text.contains("greffier_disk_free_bytes"))
    }
}
