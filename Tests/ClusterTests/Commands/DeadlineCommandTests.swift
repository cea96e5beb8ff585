import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Commands on deadlines")
    struct DeadlineCommands {
        @Test("Done, snooze, set-date, assign and reopen work while greffier-notify registers and mails")
        func acts() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let first = try await CommandRun(of: try push([FictionalDocument(950)], to: cluster))
            #expect(first.code == 0, "\(first.errors)")
            let deadlines = try await cluster.deadlines()
            let dated = try #require(deadlines.first { $0.due != nil && $0.state == "scheduled" })
            let open = try #require(deadlines.first { $0.due == nil && $0.state == "open" })
            let pushing = try push((951..<1_000).map { FictionalDocument($0) }, to: cluster)
            let done = try await cluster.greffier(
                "deadlines", "done", "\(dated.id)", "--by", "claire", "--note", "reçu", "--json")
            #expect(done.code == 0, "\(done.errors)")
            #expect(try done.object()["state"] as? String == "closed")
            #expect(try done.object()["handledBy"] as? String == "claire")
            let twice = try await cluster.greffier("deadlines", "done", "\(dated.id)")
            #expect(twice.code == 1 && twice.errorLines.count == 1)
            let reopened = try await cluster.greffier("deadlines", "reopen", "\(dated.id)", "--json")
            #expect(try reopened.object()["state"] as? String == "scheduled")
            let snoozed = try await cluster.greffier(
                "deadlines", "snooze", "\(dated.id)", "2025-12-01", "--by", "claire")
            #expect(snoozed.output.contains("snooze until 2025-12-01 by claire 2025-03-19"))
            let set = try await cluster.greffier(
                "deadlines", "set-date", "\(open.id)", "2026-06-30", "--due", "--how", "signature + 3 mois", "--json")
            #expect(try set.object()["due"] as? String == "2026-06-30")
            #expect(try set.object()["how"] as? String == "signature + 3 mois")
            let assigned = try await cluster.greffier("deadlines", "assign", "\(open.id)", "finances", "--json")
            #expect(try assigned.object()["assignee"] as? String == "finances")
            #expect(try await CommandRun(of: pushing).code == 0)
            #expect(try await cluster.deadlines().count > deadlines.count)
        }

        @Test("The day of an event dates every deadline of the act that waits for it, and a replay keeps the dates")
        func start() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            #expect(try await CommandRun(of: try push([FictionalDocument(970)], to: cluster)).code == 0)
            let waiting = try await cluster.deadlines().filter { $0.startEvent == "signature de la convention" }
            #expect(Set(waiting.map(\.rule)) == ["convention-signature", "donnees-essentielles"])
            let data = try #require(waiting.first { $0.rule == "donnees-essentielles" })
            let early = try await cluster.greffier("deadlines", "set-date", "\(data.id)", "2024-03-31")
            #expect(early.code == 1 && early.errors.contains("cannot lie before 2025-03-13"))
            let set = try await cluster.greffier(
                "deadlines", "set-date", "\(data.id)", "2025-03-31", "--by", "claire", "--json")
            #expect(set.code == 0, "\(set.errors)")
            let started = try set.values(ListedDeadline.self)
            #expect(started.map(\.rule) == ["donnees-essentielles", "convention-signature"])
            #expect(started.map(\.due) == ["2025-06-30", "2025-03-31"])
            #expect(started.map(\.state) == ["scheduled", "closed"])
            let replay = try await cluster.greffier(
                "replay", "--from", "2025-01-01", "--stage", "validate", "--why", "essai")
            #expect(replay.code == 0, "\(replay.errors)")
            try await cluster.waitUntil("the document is registered again") {
                let document = try await cluster.documents().first
                return document?.state == .registered && document?.generation == 2
            }
            let kept = try await cluster.deadlines().first { $0.rule == "donnees-essentielles" }
            #expect(kept?.due == "2025-06-30" && kept?.id == data.id)
        }

        @Test("A wrong day is bad usage, an unknown deadline and a host without a register are errors with a cure")
        func refusals() async throws {
            let cluster = try Cluster()
            let missing = try await cluster.greffier("deadlines", "done", "1")
            #expect(missing.code == 1 && missing.errors.contains("there is no register at"))
            #expect(!FileManager.default.fileExists(atPath: cluster.data + "/register"))
            let usage = try await cluster.greffier("deadlines", "snooze", "1", "demain")
            #expect(usage.code == 2)
            let how = try await cluster.greffier("deadlines", "set-date", "1", "2025-12-01", "--how", "signature")
            #expect(how.code == 2 && how.errors.contains("--how goes with --due"))
        }

        private func push(_ documents: [FictionalDocument], to cluster: Cluster) throws -> RunningProgram {
            let files = try documents.map { try cluster.folder.write($0.fileName, $0.bytes) }
            return try cluster.startGreffier(["push", "--wait", "--json"] + files)
        }
    }
}
