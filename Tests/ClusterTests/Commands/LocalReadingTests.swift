import Foundation
import Testing

extension ClusterTests {
    @Suite("greffier extract and greffier check")
    struct LocalReading {
        @Test("extract prints the Extract as one JSON object")
        func extract() async throws {
            let document = FictionalDocument(800)
            let run = try await run("extract", document.bytes)
            #expect(run.code == 0 && run.errors.isEmpty && run.output.split(separator: "\n").count == 1)
            let extract = try run.object()
            #expect(extract["schema"] as? String == "greffier.extract/1")
            #expect(extract["kind"] as? String == "extract")
            let deliberations = extract["deliberations"] as? [[String: Any]]
            #expect(deliberations?.map { $0["number"] as? String } == [document.number])
            #expect((extract["provenance"] as? [String: Any])?["/deliberations/0/number"] != nil)
        }

        @Test("check --json prints the Extract, the findings and the deadlines; its exit code is 0 whatever it found")
        func check() async throws {
            let run = try await run("check", FictionalDocument(801).bytes, "--json", "--today", "2025-03-19")
            #expect(run.code == 0 && run.output.split(separator: "\n").count == 1)
            let result = try run.object()
            #expect(Set(result.keys) == ["extract", "findings", "indeterminate", "notApplicable", "deadlines"])
            let findings = try #require(result["findings"] as? [[String: Any]])
            #expect(!findings.isEmpty)
            #expect(findings.allSatisfy { $0["rule"] is String && $0["severity"] is String && $0["message"] is String })
            let deadlines = try #require(result["deadlines"] as? [[String: Any]])
            #expect(deadlines.contains { $0["due"] as? String == "2026-03-31" })
        }

        @Test("check prints a French report for people")
        func report() async throws {
            let document = FictionalDocument(802)
            let run = try await run("check", document.bytes, "--today", "2025-03-19")
            #expect(run.code == 0)
            #expect(run.output.contains("Délibération n° \(document.number)") && run.output.contains("Échéances"))
            #expect(run.output.contains(document.obligation))
        }

        @Test(
            "What is no deliberation is refused with the reason as JSON and exit code 3",
            arguments: [
                ("empty-document", []), ("blank-document", Array("  \n\t\n".utf8)),
                ("binary-document", Array(0...255)),
                ("damaged-document", Array("%PDF-1.7\n%âãÏÓ\n1 0 obj\n".utf8)),
                ("unsupported-format", Array("{\\rtf1\\ansi Du pain.}".utf8)),
                ("not-a-deliberation", Array("Du pain, du lait et six oeufs pour samedi.\n".utf8)),
            ] as [(String, [UInt8])])
        func refusals(code: String, bytes: [UInt8]) async throws {
            for command in ["extract", "check"] {
                let run = try await run(command, bytes)
                #expect(run.code == 3 && run.output.isEmpty)
                #expect(run.errorLines.count == 1)
                let refusal = try JSONDecoder().decode(RefusalLine.self, from: Data(run.errors.utf8))
                #expect(refusal.refused == code && !refusal.message.isEmpty)
                #expect((refusal.missing != nil) == (code == "not-a-deliberation"))
            }
        }

        @Test("Windows-1252 is read with a warning")
        func windows1252() async throws {
            let document = FictionalDocument(803)
            let bytes = try #require(document.text.data(using: .windowsCP1252))
            let run = try await run("extract", Array(bytes))
            #expect(run.code == 0, "\(run.errors)")
            let extract = try run.object()
            #expect((extract["deliberations"] as? [[String: Any]])?.first?["number"] as? String == document.number)
            #expect(
                (extract["authority"] as? [String: Any])?["name"] as? String
                    == "Communauté de communes du Val d’Aubrelle")
            let warnings = try #require(extract["warnings"] as? [[String: Any]])
            #expect(!warnings.isEmpty)
        }

        @Test("A file that is not there is refused by its name")
        func absent() async throws {
            let folder = try TestFolder()
            let run = try await CommandRun(
                of: try RunningProgram(
                    ProgramName.greffier.path, ["extract", "/no/such/file"], output: folder.path("out"),
                    errors: folder.path("err")))
            #expect(run.code == 3 && run.errors.contains("/no/such/file"))
        }

        private func run(_ command: String, _ bytes: [UInt8], _ options: String...) async throws -> CommandRun {
            let folder = try TestFolder()
            let file = try folder.write("document.txt", bytes)
            let program = try RunningProgram(
                ProgramName.greffier.path, [command, file] + options, output: folder.path("out"),
                errors: folder.path("err"))
            return try await CommandRun(of: program)
        }
    }
}
