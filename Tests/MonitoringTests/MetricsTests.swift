import Foundation
import FoundationNetworking
import GreffierProtocol
import Testing

@testable import Monitoring

@Suite("Metrics for Prometheus")
struct MetricsTests {
    static func text(_ status: Status? = Sample.status()) -> String {
        ClusterMetrics(
            answers: [BrokerAnswer(endpoint: "ipc:///b", status: status)], alertsWaiting: 2, version: "1.2.0"
        ).text(now: Sample.now)
    }

    @Test(
        "A sample stands with its labels and value",
        arguments: [
            "greffier_up 1", "greffier_broker_up{broker=\"ipc:///b\"} 1",
            "greffier_documents_lacking{stage=\"ingest\"} 0", "greffier_alerts_waiting 2",
            "greffier_documents{stage=\"ingest\",state=\"waiting\"} 3",
            "greffier_documents{stage=\"validate\",state=\"held\"} 0",
            "greffier_oldest_document_seconds{stage=\"ingest\",state=\"waiting\"} 40",
            "greffier_jobs_done_total{broker=\"ipc:///b\",stage=\"ingest\"} 90",
            "greffier_refusals_total{broker=\"ipc:///b\",code=\"wrong-digest\"} 4",
            "greffier_workers{stage=\"ingest\"} 1", "greffier_workers{stage=\"notify\"} 0",
            "greffier_worker_info{stage=\"ingest\",host=\"mairie-1\",version=\"1.2.0\"} 1",
            "greffier_longest_held_seconds{stage=\"ingest\"} 1.5", "greffier_stage_paused{stage=\"ingest\"} 0",
            "greffier_job_duration_seconds_bucket{broker=\"ipc:///b\",stage=\"ingest\",le=\"0.05\"} 60",
            "greffier_job_duration_seconds_bucket{broker=\"ipc:///b\",stage=\"ingest\",le=\"0.1\"} 80",
            "greffier_job_duration_seconds_bucket{broker=\"ipc:///b\",stage=\"ingest\",le=\"+Inf\"} 90",
            "greffier_job_duration_seconds_sum{broker=\"ipc:///b\",stage=\"ingest\"} 9",
            "greffier_job_duration_seconds_count{broker=\"ipc:///b\",stage=\"ingest\"} 90",
        ])
    func sample(_ line: String) {
        #expect(Self.text().split(separator: "\n").contains(Substring(line)))
    }

    @Test("Each family has one HELP and one TYPE before its samples, and counters say so in their names")
    func families() throws {
        var seen: Set<Substring> = []
        var family: (name: Substring, type: Substring) = ("", "")
        var helped: Substring?
        for line in Self.text().split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# HELP ") {
                #expect(seen.insert(words[2]).inserted && words.count > 3)
                helped = words[2]
            } else if line.hasPrefix("# TYPE ") {
                #expect(words[2] == helped)
                family = (words[2], words[3])
                #expect((family.type == "counter") == family.name.hasSuffix("_total"))
            } else {
                #expect(line.hasPrefix(family.name), "\(line)")
            }
        }
        #expect(seen.count > 15)
    }

    @Test("Without a broker it is said that there is none, and nothing is made up")
    func down() {
        let text = Self.text(nil)
        #expect(text.contains("greffier_up 0\n") && text.contains("greffier_broker_up{broker=\"ipc:///b\"} 0\n"))
        #expect(!text.contains("greffier_documents"))
    }

    @Test("Label values are escaped")
    func escaping() {
        var metrics = MetricsText()
        metrics.add("x", .gauge, "a\nb", [([("l", "a\"b\\c\nd")], 1)])
        #expect(metrics.text == "# HELP x a\\nb\n# TYPE x gauge\nx{l=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test(
        "An address is numbers and a port",
        arguments: [
            ("127.0.0.1:9464", "127.0.0.1:9464"), ("[::1]:0", "[::1]:0"), ("localhost:9464", nil), ("127.0.0.1", nil),
            ("127.0.0.1:70000", nil), ("", nil), ("300.0.0.1:1", nil),
        ] as [(String, String?)])
    func addresses(text: String, read: String?) {
        #expect(MetricsAddress(text)?.description == read)
    }

    @Test("The endpoint answers what it is asked for, and refuses the rest by the status of HTTP")
    func endpoint() async throws {
        let address = try #require(MetricsAddress("127.0.0.1:0"))
        let endpoint = try MetricsEndpoint(address) { "greffier_up 1\n" }
        let ended = AsyncStream<Void>.makeStream()
        Thread {
            endpoint.run()
            ended.continuation.finish()
        }.start()
        let (body, answer) = try await fetch("GET", "/metrics", endpoint.address)
        #expect(body == "greffier_up 1\n" && answer.statusCode == 200)
        #expect(answer.value(forHTTPHeaderField: "Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(try await fetch("GET", "/other", endpoint.address).1.statusCode == 404)
        #expect(try await fetch("POST", "/metrics", endpoint.address).1.statusCode == 405)
        endpoint.stop()
        for await _ in ended.stream {}
    }

    @Test(
        "What is no HTTP gets 400",
        arguments: ["\r\n\r\n", "GET\r\n\r\n", "GET /metrics FTP/1\r\n\r\n", "\u{0}\u{1}\n\n"])
    func noise(_ request: String) throws {
        let endpoint = try MetricsEndpoint(try #require(MetricsAddress("127.0.0.1:0"))) { "" }
        #expect(endpoint.answer(to: request).hasPrefix("HTTP/1.1 400 "))
    }

    @Test("An address that is taken is refused with the cure")
    func taken() throws {
        let first = try MetricsEndpoint(try #require(MetricsAddress("127.0.0.1:0"))) { "" }
        let error = #expect(throws: MetricsError.self) { try MetricsEndpoint(first.address) { "" } }
        #expect("\(try #require(error))".contains("metrics.listen"))
    }

    private func fetch(
        _ method: String, _ path: String, _ address: MetricsAddress
    ) async throws -> (String, HTTPURLResponse) {
        var request = URLRequest(url: try #require(URL(string: "http://\(address)\(path)")))
        request.httpMethod = method
        let (data, response) = try await URLSession.shared.data(for: request)
        return (String(decoding: data, as: UTF8.self), try #require(response as? HTTPURLResponse))
    }
}
