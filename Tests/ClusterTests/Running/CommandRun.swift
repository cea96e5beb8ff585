import Foundation
import GreffierProtocol

/// What a command said, and how it ended.
struct CommandRun {
    let code: Int32
    let output: String
    let errors: String

    /// Waits for the end of `program`.
    init(of program: RunningProgram) async throws {
        code = try await program.exitCode()
        output = Self.text(program.output)
        errors = Self.text(program.errors)
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    /// The lines of standard output, each a JSON object.
    func values<Value: Decodable>(_: Value.Type) throws -> [Value] {
        try output.split(separator: "\n").map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }

    /// The members of the one JSON object on standard output.
    func object() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }

    /// The lines on standard error.
    var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// A line of `push --json`.
struct PushedLine: Decodable {
    let name: String
    let id: DocumentID?
    let outcome: String
    let state: DocumentState?
    let code: String?
    let message: String?
}

/// A line of `deadlines list --json`.
struct ListedDeadline: Decodable {
    let id: Int
    let act: Int
    let number: String?
    let state: String
    let due: String?
    let what: String
    let rule: String
    let startEvent: String?
    let quote: String?
    let nextReminder: String?
    let nextReminderAt: Int?
}

/// The JSON object that says why a document is refused.
struct RefusalLine: Decodable {
    let refused: String
    let missing: String?
    let message: String
}
