import Access
import ArgumentParser
import Console
import Foundation
import Operations
import ZeroMQ

struct KeygenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a pair of keys for a program of another host, or for the broker.",
        discussion:
            """
            The pair is written to a new file of mode 0600. With --role the line for the broker's list of keys is printed on
            standard output; without it the lines for the configuration, as the broker's own pair needs them.
            """)

    @Option(help: "What its owner may do: push, work:ingest, work:validate, work:notify, operate; several by commas.")
    var role: String?

    @Option(help: "What its owner is called: letters, digits, . _ and -.")
    var name: String?

    @Option(help: "The file (default: the name and .key, here).")
    var out: String?

    func run() async throws {
        try await reportingErrors {
            let roles = try role.map(Self.roles) ?? []
            let name = name ?? (roles.isEmpty ? "broker" : NSUserName())
            guard Principal.isName(name) else { throw ValidationError("--name \(name): \(LineProblem.noName)") }
            let path = out ?? "\(name).key"
            let pair = try CurveKeyPair()
            let use = roles.isEmpty ? "the broker" : roles.map(\.description).joined(separator: ",")
            try KeyFile.write(pair, to: path, comment: "Keys of \(name) (\(use)), made by greffier keygen.")
            Output.error("the pair of keys is in \(path); keep it there, readable by its user only")
            if let principal = Principal(name: name, roles: Set(roles)) {
                Output.line(AccessList.line(principal, pair.publicKey))
            } else {
                Output.line("# greffier.yaml of the broker's host:\nkeys:\n  brokerPair: \(path)\n  list: keys.list")
                Output.line("# greffier.yaml of the others:\nkeys:\n  broker: '\(pair.publicKey)'\n  own: …")
            }
        }
    }

    private static func roles(_ text: String) throws -> [Role] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            guard let role = Role(word) else {
                throw ValidationError("--role \(word): \(LineProblem.unknownRole(String(word)))")
            }
            return role
        }
    }
}
