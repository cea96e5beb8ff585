import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Commands of operators")
    struct OperatorCommands {
        @Test("hold, release, retry and drop lead a document through its states, and its history names who and why")
        func documentActs() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let id = try await push(FictionalDocument(900), to: cluster)
            let short = String("\(id)".prefix(8))
            let held = try await cluster.greffier("hold", short, "--why", "à relire", "--by", "claire", "--json")
            #expect(try held.values(Known.self).map(\.state) == [.held])
            let listed = try await cluster.greffier("jobs", "--state", "held", "--json")
            #expect(try listed.values(DocumentSummary.self).map(\.id) == [id])
            let released = try await cluster.greffier("release", short, "--why", "relu", "--json")
            #expect(try released.values(Known.self).map(\.state) == [.waiting])
            let wrong = try await cluster.greffier("retry", short, "--why", "essai")
            #expect(wrong.code == 3 && wrong.errors.contains("wrong-state") && wrong.errorLines.count == 1)
            let dropped = try await cluster.greffier("drop", short, "--by", "claire", "--why", "doublon", "--json")
            #expect(try dropped.values(Known.self).map(\.state) == [.dropped])
            let shown = try await cluster.greffier("show", short, "--json")
            let history = try #require(try shown.values(DocumentHistory.self).first)
            #expect(history.document.state == .dropped)
            #expect(history.history.contains { $0.who == "claire" && $0.message == "à relire" })
            #expect(history.history.contains { $0.who == "claire" && $0.message == "doublon" })
            let unknown = try await cluster.greffier("show", "ffffffff")
            #expect(unknown.code == 3 && unknown.errorLines.count == 1 && unknown.errors.contains("unknown-document"))
        }

        @Test("A held document that is released is registered; a dropped one starts again only when asked")
        func startAgain() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let document = FictionalDocument(910)
            let id = try await push(document, to: cluster)
            _ = try await cluster.greffier("drop", "\(id)", "--why", "essai")
            try cluster.start([.ingest, .validate, .notify])
            let file = cluster.folder.path(document.fileName)
            let known = try await cluster.greffier("push", "--wait", "--json", file)
            #expect(try known.code == 3 && known.values(PushedLine.self).map(\.state) == [.dropped])
            let again = try await cluster.greffier("push", "--wait", "--again", "--json", file)
            #expect(try again.code == 0 && again.values(PushedLine.self).map(\.state) == [.registered])
        }

        @Test("A paused stage gets no jobs, across restarts, until it is resumed")
        func pauses() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let paused = try await cluster.greffier("pause", "validate", "--why", "essai", "--json")
            #expect(try paused.values(Status.self).map(\.paused) == [[.validate]])
            let id = try await push(FictionalDocument(920), to: cluster)
            try await cluster.kill(.broker)
            try cluster.start([.broker])
            try await cluster.waitUntil("the document waits for validate") {
                try await cluster.documents().contains { $0.id == id && $0.stage == .validate && $0.state == .waiting }
            }
            #expect(try await cluster.status()?.paused == [.validate])
            let resumed = try await cluster.greffier("resume", "validate", "--why", "réparé", "--json")
            #expect(try resumed.values(Status.self).map(\.paused) == [[]])
            try await cluster.waitUntil("it is registered") {
                try await cluster.documents().allSatisfy { $0.state == .registered }
            }
            let wrong = try await cluster.greffier("pause", "lunch", "--why", "midi")
            #expect(wrong.code == 2)
        }

        @Test("Another register takes the place of a forgotten one, and only of a forgotten one")
        func forgetRegister() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker, .notify])
            let early = try await cluster.greffier("forget-register", "--why", "essai")
            #expect(early.code == 3 && early.errors.contains("wrong-state"))
            try await cluster.stop([.notify])
            try FileManager.default.removeItem(atPath: cluster.data + "/register")
            let forgotten = try await cluster.greffier("forget-register", "--why", "registre restauré", "--json")
            #expect(try forgotten.code == 0 && forgotten.values(Status.self).count == 1)
            try await cluster.startAndWait([.notify])
            #expect(try await cluster.stop([.notify, .broker]) == [0, 0])
        }

        @Test("The tables for people show what the JSON says")
        func tables() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(930)
            let run = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0 && run.output.contains("registered \(document.fileName)"))
            for command in [
                ["status"], ["jobs"], ["show", "\(DocumentID(of: document.bytes))"], ["deadlines", "list"],
            ] {
                let table = try await CommandRun(of: try cluster.startGreffier(command))
                #expect(table.code == 0 && table.errors.isEmpty, "\(command): \(table.errors)")
                let expected = command[0] == "deadlines" ? document.number : "registered"
                #expect(table.output.contains(expected), "\(command): \(table.output)")
            }
        }

        private func push(_ document: FictionalDocument, to cluster: Cluster) async throws -> DocumentID {
            let run = try await cluster.greffier(
                "push", "--json", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.errors)")
            return try #require(try run.values(PushedLine.self).first?.id)
        }
    }
}
