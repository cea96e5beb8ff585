import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Commands that show what happens and who did what")
    struct SeeingCommands {
        @Test("An act on a document wants its reason; `acts` tells who did what with documents and stages, and why")
        func acts() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let id = try await push(FictionalDocument(1_400), to: cluster)
            for act in ["hold", "release", "retry", "drop"] {
                let silent = try await cluster.greffier(act, "\(id)")
                #expect(silent.code == 2 && silent.errors.contains("--why"), "\(act): \(silent.errors)")
                let blank = try await cluster.greffier(act, "\(id)", "--why", " ")
                #expect(blank.code == 2 && blank.errors.contains("say why"), "\(act): \(blank.errors)")
            }
            #expect(try await cluster.documents().map(\.state) == [.waiting])
            let done: [[String]] = [
                ["hold", "\(id)", "--why", "à relire"], ["release", "\(id)", "--why", "relu"],
                ["hold", "\(id)", "--why", "encore"], ["retry", "\(id)", "--why", "corrigé"],
                ["drop", "\(id)", "--why", "doublon"], ["pause", "notify", "--why", "panne du courrier"],
                ["resume", "notify", "--why", "réparé"],
            ]
            for act in done {
                let run = try await CommandRun(of: try cluster.startGreffier(act + ["--by", "claire"]))
                #expect(run.code == 0, "\(act): \(run.errors)")
            }
            let listed = try await cluster.greffier("acts", "--json").values(ActEntry.self)
            #expect(listed.allSatisfy { $0.by == "claire" })
            let told = Array(listed.map { $0.why?.text ?? "" }.reversed())
            #expect(told == done.map { $0.last ?? "" }, "\(listed)")
            let table = try await cluster.greffier("acts", "--limit", "2")
            #expect(table.code == 0 && table.output.contains("réparé") && !table.output.contains("doublon"))
        }

        @Test("show has the findings, the deadlines and the mails of a document beside its history")
        func shown() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1_410)
            _ = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            let id = try #require(try await cluster.documents().first?.id)
            func members() async throws -> [String: Any] {
                try await cluster.greffier("show", "\(id)", "--json").object()
            }
            try await cluster.waitUntil("the mail is there") {
                try await (members()["alerts"] as? [Any])?.isEmpty == false
            }
            let shown = try await members()
            #expect(shown["history"] is [Any] && shown["findings"] is [Any])
            #expect((shown["deadlines"] as? [Any])?.isEmpty == false)
            let text = try await cluster.greffier("show", "\(id)").output
            for title in ["deadlines", "mails"] { #expect(text.contains("\n\(title)\n"), "\(text)") }
        }

        @Test("replay counts first, and with its reason sends registered documents through again, with no second mail")
        func replay() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let pushed = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write("one.txt", FictionalDocument(1_410).bytes))
            #expect(pushed.code == 0, "\(pushed.errors)")
            try await cluster.waitUntil("the mail") { try await cluster.mails().count(where: \.announces) == 1 }
            let day = ["replay", "--from", "2025-03-19", "--stage", "validate"]
            let silent = try await CommandRun(of: try cluster.startGreffier(day))
            #expect(silent.code == 2 && silent.errors.contains("--why"), "\(silent.errors)")
            let counted = try await CommandRun(of: try cluster.startGreffier(day + ["--dry-run"]))
            #expect(counted.code == 0 && counted.output.hasPrefix("1 document "), "\(counted.output) \(counted.errors)")
            let none = try await cluster.greffier("replay", "--from", "2025-03-20", "--stage", "validate", "--dry-run")
            #expect(none.output.hasPrefix("0 documents"))
            let again = try await CommandRun(
                of: try cluster.startGreffier(day + ["--why", "nouvelles règles", "--json"]))
            #expect(try again.values(Replayed.self).map(\.documents) == [1])
            try await cluster.waitUntil("it is registered again") {
                let document = try await cluster.documents().first
                return document?.state == .registered && document?.generation == 2
            }
            #expect(try await cluster.mails().count(where: \.announces) == 1)
            #expect(try await cluster.greffier("acts", "--json").output.contains("nouvelles règles"))
        }

        @Test("metrics --serve answers Prometheus with what promtool takes, and ends at SIGTERM")
        func metrics() async throws {
            let port = try FreePort.any()
            let cluster = try Cluster(configuration: "metrics:\n  listen: 127.0.0.1:\(port)\n")
            try await cluster.startAndWait()
            _ = try await push(FictionalDocument(1_420), to: cluster)
            let served = try cluster.startGreffier(["metrics", "--serve"])
            let fetch =
                "python3 -c 'import sys, urllib.request as u; "
                + "sys.stdout.write(u.urlopen(\"http://127.0.0.1:\(port)/metrics\", timeout=10).read().decode())'"
            var page = ""
            try await cluster.waitUntil("the registered document is counted") {
                page = (try? Shell.run(fetch)) ?? ""
                return page.contains { $0 == "\n" }
                    && page.split(separator: "\n").contains { $0.hasPrefix("greffier_") && $0.contains("registered") }
            }
            #expect(page.contains("# TYPE greffier_") && page.hasSuffix("\n"))
            let once = try await cluster.greffier("metrics")
            #expect(once.code == 0 && once.output.contains("# TYPE greffier_"))
            let file = try cluster.folder.write("metrics.txt", page)
            if (try? Shell.run("command -v promtool")) != nil {
                try Shell.run("promtool check metrics <\(file)")
            } else {
                print("SKIPPED: promtool is missing (Debian package prometheus)")
            }
            try await cluster.stop([.broker])
            #expect(try Shell.run(fetch).contains("greffier_"), "without a broker it says so, and goes on")
            #expect(try await served.stop() == 0)
        }

        @Test("top draws on a terminal; in a pipe it ends at once and names what to write there")
        func top() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let piped = try await cluster.greffier("top")
            #expect(piped.code == 2 && piped.errors.contains("greffier status"), "\(piped.code) \(piped.errors)")
            #expect(piped.output.isEmpty)
            guard (try? Shell.run("command -v script")) != nil else {
                print("SKIPPED: top on a terminal; script is missing (Debian package bsdutils)")
                return
            }
            let command = ([ProgramName.greffier.path, "top", "--every", "1"] + cluster.options).joined(separator: " ")
            let log = cluster.folder.path("top.txt")
            let terminal = try RunningProgram(
                "/usr/bin/env", ["script", "-q", "-f", "-c", command, "/dev/null"], output: log, errors: log)
            try await cluster.waitUntil("it has drawn twice") {
                cluster.folder.text("top.txt").components(separatedBy: "Ctrl-C ends").count > 2
            }
            try await terminal.kill()
        }

        private func push(_ document: FictionalDocument, to cluster: Cluster) async throws -> DocumentID {
            let run = try await cluster.greffier(
                "push", "--json", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.errors)")
            return try #require(try run.values(PushedLine.self).first?.id)
        }
    }
}
