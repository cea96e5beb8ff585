import ArgumentParser
import Console
import Conversion
import Deliberations
import Examination
import Foundation
import JSONCodec
import Operations

struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Read one file and print its Extract as JSON; no cluster is needed.",
        discussion: "A document that is refused: exit code 3 and a JSON object with the reason on standard error.")

    @OptionGroup var document: LocalDocument

    func run() async throws {
        try await reportingErrors {
            Output.json(try document.read().extract)
        }
    }
}

/// A file on this host, or standard input, to be read without a cluster.
struct LocalDocument: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("A file, or - for standard input.", valueName: "file"))
    var path: String

    /// What the document says.
    /// - Throws: `ExitCode` 3 after the reason was printed, when it is refused; ``LocalFailure`` when this host cannot read it.
    func read() throws -> DocumentReader.Reading {
        let producer = Producer(program: "greffier", version: ProgramVersion.current)
        let name = path == "-" ? "standard-input" : URL(fileURLWithPath: path).lastPathComponent
        let reader = DocumentReader(
            producedBy: producer, converter: Converter(try common.configuration().conversion))
        do throws(ReadingError) {
            let reading = try reader.read(try bytes(), name: name)
            if let warning = isolationWarning(for: reading) { Output.error("warning: \(warning)") }
            return reading
        } catch {
            if error.isOfHost { throw LocalFailure(description: "\(error)") }
            let refusal = Refusal(refused: error.code, missing: error.missing, message: "\(error)")
            Output.error(String(decoding: refusal.jsonBytes(), as: UTF8.self))
            throw ExitStatus.refused
        }
    }

    /// What to say of the sandbox if the document needed a tool.
    private func isolationWarning(for reading: DocumentReader.Reading) -> String? {
        let format = DocumentFormat(rawValue: reading.extract.document.mediaType)
        return format.map(\.isText) == true ? nil : ToolRunner.standard.isolationWarning
    }

    private func bytes() throws(ReadingError) -> [UInt8] {
        do {
            if path == "-" { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unavailable(path: path, reason: error.localizedDescription)
        }
    }
}

/// What keeps this host from reading a document that is not at fault.
struct LocalFailure: Error, CustomStringConvertible {
    let description: String
}

/// Why a document is refused, as JSON.
struct Refusal: JSONObject {
    var refused: String
    var missing: String?
    var message: String

    init(refused: String, missing: String?, message: String) {
        self.refused = refused
        self.missing = missing
        self.message = message
    }

    init(blank: JSONBlank) {
        self.init(refused: "", missing: nil, message: "")
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("refused", &refused)
        visitor.optional("missing", &missing)
        visitor.required("message", &message)
    }
}
