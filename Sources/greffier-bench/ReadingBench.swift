import ArgumentParser
import Deliberations
import Examination
import Foundation

struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading", abstract: "Extraction, rules and deadlines of files, one core, without encoding.")

    @Argument(help: "Text documents.")
    var files: [String]

    @Option(help: "Rounds; the median counts.")
    var rounds = 201

    func run() throws {
        let reader = DocumentReader(producedBy: Producer(program: "bench", version: "0"), limit: 1 << 30)
        let examiner = Examiner(producedBy: Producer(program: "bench", version: "0"))
        var bytes = 0
        var reading = 0.0
        for file in files {
            let document = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            guard let read = try? reader.read(document, name: file) else {
                print("\(file): refused")
                continue
            }
            let extraction = median { _ = try reader.read(document, name: file) }
            let date = read.extract.session.date
            let report = median { _ = examiner.report(on: read.extract, text: read.text, today: date) }
            bytes += document.count
            reading += extraction
            let speed = Double(document.count) / extraction / 1_000
            print(
                "\(URL(fileURLWithPath: file).lastPathComponent): \(document.count) bytes, read in \(rounded(extraction, 3)) ms"
                    + " (\(rounded(speed, 1)) MB/s), rules and deadlines in \(rounded(report, 3)) ms")
        }
        if reading > 0 { print("all: \(rounded(Double(bytes) / reading / 1_000, 1)) MB/s") }
    }

    private func median(_ body: () throws -> Void) -> Double {
        var samples = Samples()
        for _ in 0..<max(1, rounds) { samples.measure { try? body() } }
        return samples.median
    }
}

struct LinearBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linear", abstract: "Extraction of one file repeated to 1, 4 and 16 MB: time must grow with size.")

    @Argument(help: "A text document.")
    var file: String

    func run() throws {
        let reader = DocumentReader(producedBy: Producer(program: "bench", version: "0"), limit: 1 << 30)
        let document = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        for megabytes in [1, 4, 16] {
            let copies = max(1, megabytes * 1_000_000 / max(1, document.count))
            let repeated = Array(repeatElement(document, count: copies).joined())
            var samples = Samples()
            for _ in 0..<5 { samples.measure { _ = try? reader.read(repeated, name: file) } }
            let speed = Double(repeated.count) / samples.median / 1_000
            print("\(megabytes) MB: \(rounded(samples.median, 1)) ms (\(rounded(speed, 1)) MB/s)")
        }
    }
}
