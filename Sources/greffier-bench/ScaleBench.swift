import ArgumentParser
import Client
import Foundation
import GreffierProtocol
import Pushing
import Register
import ZeroMQ

struct ScaleBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "What people and programs ask of a full register and a full queue, beside empty ones, on each engine."
    )

    @Option(help: "Documents in the register.")
    var documents = 1_000_000

    @Option(help: "Documents waiting in the queue.")
    var waiting = 100_000

    @Option(help: "Documents in the empty register and queue: the one that is shown.")
    var few = 1

    @Option(help: "Measure PostgreSQL too: postgres://…, an empty database, which is emptied again.")
    var store: String?

    @Option(help: "How often each question is asked.")
    var rounds = 101

    func run() throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        for store in try BenchStore.both(store) {
            print("\(store.name):")
            defer { try? store.clear() }
            let few = try measuredRegister(folder.path + "/few", in: store, documents: self.few)
            let many = try measuredRegister(folder.path + "/many", in: store, documents: documents)
            print(Self.table("register of", (self.few, few), (documents, many)))
            let short = try measuredQueue(folder, name: "short", in: store, waiting: self.few)
            let long = try measuredQueue(folder, name: "long", in: store, waiting: waiting)
            print(Self.table("waiting", (self.few, short), (waiting, long)))
        }
    }

    private typealias Question = (name: String, samples: Samples)

    private func measuredRegister(_ folder: String, in store: BenchStore, documents: Int) throws -> [Question] {
        try store.clear()
        let clock = ContinuousClock()
        var scaled: ScaledRegister?
        let filling = try clock.measure { scaled = try ScaledRegister(store.register(folder), documents: documents) }
        guard var scaled else { return [] }
        let bytes = Self.bytes(below: folder)
        let size = bytes > 0 ? ", \(rounded(Double(bytes) / Double(documents) / 1_000, 1)) kB a document" : ""
        print("register of \(documents): filled in \(rounded(filling / .seconds(1), 0)) s\(size)")
        return [
            ("register one document", try measured { try scaled.registerOne() }),
            ("search a word of few acts", try measured { _ = try scaled.search("singulier7") }),
            ("search a word of many acts", try measured { _ = try scaled.search("voirie") }),
            ("search two words of many acts", try measured { _ = try scaled.search("voirie marché") }),
            ("deadlines of the next 30 days", try measured { _ = try scaled.listDeadlines() }),
            ("what is due in the next minute", try measured { _ = try scaled.nextWake() }),
            ("make the alerts of a minute", try measured { _ = try scaled.makeAlerts() }),
        ]
    }

    private func measuredQueue(
        _ folder: RunFolder, name: String, in store: BenchStore, waiting: Int
    ) throws -> [Question] {
        try store.clear()
        let log = try folder.log()
        let data = "\(folder.path)/\(name)-\(store.name)"
        let broker = try ProgramUnderTest(
            "greffier-broker", ["--data", data, "--log-level", "warning"], environment: store.environment, log: log)
        defer { broker.stop() }
        let endpoint = try Endpoint("ipc://\(data)/broker.ipc")
        try BenchPusher(endpoint: endpoint, bytes: 3_000).push(waiting, seed: "waiting-")
        let questions = try BrokerQuestions(endpoint)
        let known = DocumentID(of: BenchPusher(endpoint: endpoint, bytes: 3_000).document(1, seed: "waiting-").bytes)
        var pushed = 0
        return [
            (
                "push one document",
                try measured {
                    pushed += 1
                    try BenchPusher(endpoint: endpoint, bytes: 3_000).push(1, seed: "one-\(pushed)-")
                }
            ),
            ("STATUS", try measured { _ = try questions.ask(.status(StatusRequest())) }),
            ("STATUS with ages", try measured { _ = try questions.ask(.status(StatusRequest(ages: true))) }),
            ("LIST a page", try measured { _ = try questions.ask(.list(ListRequest(state: .waiting))) }),
            ("SHOW a document", try measured { _ = try questions.ask(.show(ShowRequest(id: known))) }),
        ]
    }

    private func measured(_ body: () throws -> Void) throws -> Samples {
        var samples = Samples()
        for _ in 0..<max(1, rounds) { try samples.measure(body) }
        return samples
    }

    private static func table(
        _ what: String, _ few: (count: Int, questions: [Question]), _ many: (count: Int, questions: [Question])
    ) -> String {
        func cells(_ samples: Samples) -> String {
            "\(rounded(samples.median, 2)) (\(rounded(samples.milliseconds(percentile: 99), 2))) ms"
        }
        return zip(few.questions, many.questions).map { short, long in
            "\(short.name): \(what) \(few.count) \(cells(short.samples)), \(what) \(many.count) \(cells(long.samples))"
        }.joined(separator: "\n") + "\n(medians, and 99 % in brackets)"
    }

    private static func bytes(below folder: String) -> Int {
        let files = FileManager.default.enumerator(atPath: folder)
        var sum = 0
        while files?.nextObject() != nil { sum += files?.fileAttributes?[.size] as? Int ?? 0 }
        return sum
    }
}
