import Foundation

/// A mail as a mail program reads it.
struct Mail: Decodable {
    let subject: String
    let id: String
    let inReplyTo: String?
    let recipient: String
    let types: [String]
    let text: String
    let html: String

    /// Whether it announces acts; else it reminds of a deadline.
    var announces: Bool {
        subject.contains("Nouvelle délibération") || subject.contains("délibérations nouvelles")
    }

    /// The plain text as one line: without the marks of quotation, every run of white space a blank.
    var flowing: String {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix { $0 == " " || $0 == ">" } }
        return lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The mails whose files lie in `folder`, in no particular order.
    static func mails(in folder: String, scratch: TestFolder, on host: VirtualHost? = nil) async throws -> [Mail] {
        try await Script.run("read_mails.py", [folder], scratch: scratch, on: host).values(Mail.self)
    }
}

/// What the register's database holds, read beside the programs.
struct RegisterContents: Decodable {
    /// The numbers of the live acts.
    let numbers: [String]
    /// How many documents are registered.
    let documents: Int
    /// The states of the alerts that announce acts.
    let announcements: [String]

    static func read(_ cluster: Cluster, on host: VirtualHost? = nil) async throws -> RegisterContents {
        let run = try await Script.run(
            "read_register.py", [cluster.data + "/register/register.sqlite"], scratch: cluster.folder, on: host)
        guard let contents = try run.values(RegisterContents.self).first else {
            throw NeverCame(description: "the register cannot be read: \(run.errors)")
        }
        return contents
    }
}

/// The Python scripts of the folder Support.
enum Script {
    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Support").appendingPathComponent(name).path
    }

    static func run(
        _ name: String, _ arguments: [String], scratch: TestFolder, on host: VirtualHost? = nil
    ) async throws -> CommandRun {
        let unique = scratch.path("script-\(UUID().uuidString)")
        let program = try RunningProgram(
            "/usr/bin/env", ["python3", path(name)] + arguments, output: unique + ".out", errors: unique + ".err",
            on: host)
        let run = try await CommandRun(of: program)
        guard run.code == 0 else { throw NeverCame(description: "\(name) failed: \(run.errors)") }
        return run
    }
}
