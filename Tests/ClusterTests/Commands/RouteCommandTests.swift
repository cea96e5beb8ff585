import Foundation
import Testing

extension ClusterTests {
    @Suite("greffier routes")
    struct Routes {
        private static let configuration = """
            routes:
              to: assemblees@grand-val.example
              routes:
                - name: argent
                  match: {kind: [accounts, report, payment]}
                  to: finances@grand-val.example
                  escalate: {to: dgs@grand-val.example, after: 3 d}
            """

        @Test("routes test shows for each act, finding and deadline who gets it, and by which route; --json too")
        func trial() async throws {
            let folder = try TestFolder()
            let file = try folder.write("greffier.yaml", Self.configuration)
            let document = try folder.write(
                "extrait.txt", String(decoding: FictionalDocument(810).bytes, as: UTF8.self))
            let options = [document, "--config", file, "--data", folder.path("d"), "--now", "2025-03-19"]
            let table = try await run(.greffier, ["routes", "test"] + options, folder)
            #expect(table.code == 0, "\(table.errors)")
            #expect(
                table.output.contains("(catch-all)") && table.output.contains("the mail about the document goes to"))
            let json = try await run(.greffier, ["routes", "test", "--json"] + options, folder)
            let lines = json.output.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
            func routes(of line: [String: Any]) -> [String] {
                (line["recipients"] as? [[String: Any]] ?? []).compactMap { $0["route"] as? String }
            }
            #expect(lines.first?["what"] as? String == "act" && lines.first.map(routes(of:)) == [""])
            let due = lines.filter { $0["kind"] as? String == "report" || $0["kind"] as? String == "accounts" }
            #expect(!due.isEmpty && due.allSatisfy { routes(of: $0) == ["argent"] })
            #expect(due.allSatisfy { ($0["escalations"] as? [Any])?.count == 1 })
            #expect(folder.names(in: "d").isEmpty)
        }

        @Test("Routes without a catch-all do not start: one line with the cure, exit code 2; config check shows them")
        func catchAll() async throws {
            let folder = try TestFolder()
            let bare = Self.configuration.replacingOccurrences(of: "  to: assemblees@grand-val.example\n", with: "")
            let file = try folder.write("greffier.yaml", bare)
            let options = ["--config", file, "--data", folder.path("d")]
            for (name, arguments) in [(ProgramName.greffier, ["config", "check"] + options), (.notify, options)] {
                let refused = try await run(name, arguments, folder)
                #expect(refused.code == 2 && refused.errorLines.count == 1, "\(refused.errors)")
                #expect(refused.errors.contains("name who gets it here or in mail.recipients"))
            }
            try folder.write("greffier.yaml", "mail: {recipients: a@b.example}\n" + bare)
            let right = try await run(.greffier, ["config", "check"] + options, folder)
            #expect(right.code == 0, "\(right.errors)")
            #expect(right.output.contains("finances@grand-val.example, of the route argent; escalates to dgs@"))
        }

        private func run(_ name: ProgramName, _ arguments: [String], _ folder: TestFolder) async throws -> CommandRun {
            let unique = folder.path(UUID().uuidString)
            return try await CommandRun(
                of: try RunningProgram(name.path, arguments, output: unique + ".out", errors: unique + ".err"))
        }
    }
}
