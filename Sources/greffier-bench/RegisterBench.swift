import ArgumentParser
import Deadlines
import Deliberations
import Examination
import Foundation
import GreffierProtocol
import Pushing
import Register

struct RegisterBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "The register alone: distinct copies of a document registered in batches, as greffier-notify does.")

    @Argument(help: "A text document with an act number; each copy gets a number of its own.")
    var file: String

    @Option(help: "Documents.")
    var documents = 2_048

    @Option(help: "Documents a transaction.")
    var batch = 64

    @Flag(help: "Register them as archives.")
    var archive = false

    func run() throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        let register = try Register(folder: folder.path + "/data")
        var copies = try DocumentCopies(file: file)
        var figures = Figures()
        while figures.documents < documents {
            let raw = try (0..<min(batch, documents - figures.documents)).map { _ in try RawCopy(copies.next()) }
            let start = ThreadClock.milliseconds
            let read = try raw.map { try $0.registration(isArchive: archive) }
            let middle = ThreadClock.milliseconds
            _ = try register.register(read, now: UTCInstant(secondsSince1970: 1_728_370_000))
            figures.add(read.count, reading: middle - start, registering: ThreadClock.milliseconds - middle)
        }
        figures.print(databaseBytes: Self.size(folder.path + "/data/register.sqlite"))
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    private struct Figures {
        var documents = 0
        private var reading = 0.0
        private var registering = 0.0

        mutating func add(_ count: Int, reading: Double, registering: Double) {
            documents += count
            self.reading += reading
            self.registering += registering
        }

        func print(databaseBytes: Int) {
            let count = Double(max(1, documents))
            Swift.print(
                "\(documents) documents: \(rounded(reading / count, 3)) ms of processor time to read a Report,"
                    + " \(rounded(registering / count, 3)) ms to register it;"
                    + " \(rounded(Double(databaseBytes) / count / 1_000, 1)) kB of rows a document")
        }
    }
}

/// What notify gets of one document.
private struct RawCopy {
    private static let producer = Producer(program: "bench", version: "0")

    let document: DocumentID
    let name: String
    let report: [UInt8]
    let extract: [UInt8]

    init(_ pushed: PushedDocument) throws {
        let reading = try DocumentReader(producedBy: Self.producer, limit: 1 << 30).read(
            pushed.bytes, name: pushed.name)
        let date = reading.extract.session.date
        let report = Examiner(producedBy: Self.producer).report(on: reading.extract, text: reading.text, today: date)
        document = DocumentID(of: pushed.bytes)
        name = pushed.name
        self.report = report.jsonBytes()
        extract = reading.extract.jsonBytes()
    }

    func registration(isArchive: Bool) throws -> Registration {
        try Registration(
            document: document, generation: 1,
            description: DocumentDescription(
                name: name, source: "bench", archive: isArchive, acceptedAt: 1_728_370_000),
            report: report, extract: extract)
    }
}

/// The processor time that this thread has used.
private enum ThreadClock {
    static var milliseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}
