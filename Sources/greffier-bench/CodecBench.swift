import ArgumentParser
import Deliberations
import Examination
import Foundation
import JSONCodec

struct CodecBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codec",
        abstract: "Writing and reading a file's Extract and Report as JSON, beside Foundation's coder.")

    @Argument(help: "A text document.")
    var file: String

    @Option(help: "Rounds; the median counts.")
    var rounds = 101

    @Flag(help: "Leave Foundation's coder out, for a profile of ours.")
    var oursOnly = false

    func run() throws {
        let producer = Producer(program: "bench", version: "0")
        let reader = DocumentReader(producedBy: producer, limit: 1 << 30)
        let document = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let reading = try reader.read(document, name: file)
        let report = Examiner(producedBy: producer).report(
            on: reading.extract, text: reading.text, today: reading.extract.session.date)
        try compare("Extract", reading.extract)
        try compare("Report", report)
    }

    private func compare<Value: JSONObject & Codable>(_ name: String, _ value: Value) throws {
        let bytes = value.jsonBytes()
        let data = Data(bytes)
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        var samples = [Samples](repeating: Samples(), count: 4)
        for _ in 0..<max(1, rounds) {
            samples[0].measure { _ = value.jsonBytes(reserving: bytes.count) }
            try samples[1].measure { _ = try Value(json: bytes) }
            if oursOnly { continue }
            try samples[2].measure { _ = try encoder.encode(value) }
            try samples[3].measure { _ = try decoder.decode(Value.self, from: data) }
        }
        let medians = samples.map { rounded($0.median, 3) }
        print(
            "\(name), \(bytes.count) bytes: write \(medians[0]) ms, read \(medians[1]) ms;"
                + " Foundation: write \(medians[2]) ms, read \(medians[3]) ms")
    }
}
