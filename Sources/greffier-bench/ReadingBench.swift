import ArgumentParser
import Deliberations
import Examination
import Foundation

struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading",
        abstract: "Extraction, rules and deadlines of documents, one core, without encoding.",
        discussion: "Times are of the processor, so that a busy machine does not count.")

    @Argument(help: "Text documents, or folders of which every .txt and .md file is read.")
    var paths: [String]

    @Option(help: "Rounds; the median counts.")
    var rounds = 201

    @Option(help: "How many of the slowest documents of a set are shown.")
    var slowest = 10

    /// What reading one document took.
    private struct Figure {
        let name: String
        let bytes: Int
        let reading: Double
        let report: Double

        var megabytesPerSecond: Double { Double(bytes) / max(reading, 0.000_001) / 1_000 }

        var line: String {
            "\(name): \(bytes) bytes, read in \(rounded(reading, 3)) ms"
                + " (\(rounded(megabytesPerSecond, 1)) MB/s), rules and deadlines in \(rounded(report, 3)) ms"
        }
    }

    func run() throws {
        var figures: [Figure] = []
        for path in try DocumentSet.files(at: paths) {
            if let figure = try figure(of: path) { figures.append(figure) } else { print("\(path): refused") }
        }
        for figure in figures.sorted(by: { $0.megabytesPerSecond < $1.megabytesPerSecond }).prefix(slowest) {
            print(figure.line)
        }
        let bytes = figures.reduce(0) { $0 + $1.bytes }
        let reading = figures.reduce(0) { $0 + $1.reading }
        guard reading > 0 else { return }
        print("all: \(figures.count) documents, \(bytes) bytes, \(rounded(Double(bytes) / reading / 1_000, 1)) MB/s")
    }

    /// What reading the document at `path` takes; nil if it is refused.
    private func figure(of path: String) throws -> Figure? {
        let producer = Producer(program: "bench", version: "0")
        let reader = DocumentReader(producedBy: producer, limit: 1 << 30)
        let examiner = Examiner(producedBy: producer)
        let document = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard let read = try? reader.read(document, name: path) else { return nil }
        let date = read.extract.session.date
        return Figure(
            name: URL(fileURLWithPath: path).lastPathComponent, bytes: document.count,
            reading: median { _ = try reader.read(document, name: path) },
            report: median { _ = examiner.report(on: read.extract, text: read.text, today: date) })
    }

    private func median(_ body: () throws -> Void) -> Double {
        var samples = Samples()
        for _ in 0..<max(1, rounds) { samples.measureProcessor { try? body() } }
        return samples.median
    }
}

/// The documents that a command line names.
enum DocumentSet {
    /// The files at `paths`: themselves, and what is text in folders, in the order of their names.
    static func files(at paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [path]
            }
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                .filter { $0.hasSuffix(".txt") || $0.hasSuffix(".md") }.map { "\(path)/\($0)" }
        }
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
            for _ in 0..<5 { samples.measureProcessor { _ = try? reader.read(repeated, name: file) } }
            let speed = Double(repeated.count) / samples.median / 1_000
            print("\(megabytes) MB: \(rounded(samples.median, 1)) ms (\(rounded(speed, 1)) MB/s)")
        }
    }
}
