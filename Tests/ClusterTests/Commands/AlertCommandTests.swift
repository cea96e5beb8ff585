import Foundation
import Testing

extension ClusterTests {
    @Suite("Commands on alerts")
    struct AlertCommands {
        /// A line of `alerts list --json`.
        private struct ListedAlert: Decodable {
            let id: Int
            let kind: String
            let recipient: String
            let state: String
            let messageID: String
            let reply: String
        }

        @Test("A refused recipient's alert is told in the log, waits for a person, and is resent as the same message")
        func resend() async throws {
            let server = try await SMTPServer()
            let cluster = try server.cluster()
            try await server.start(refusing: "dgs@val-aubrelle.example")
            try await cluster.startAndWait()
            try await push(FictionalDocument(520), to: cluster)
            try await cluster.waitUntil("an alert fails") { try await !failedNews(cluster).isEmpty }
            let failed = try #require(try await failedNews(cluster).first)
            #expect(failed.recipient == "dgs@val-aubrelle.example" && failed.reply.hasPrefix("550"))
            try await cluster.waitUntil("the log tells it") {
                let log = cluster.folder.text("greffier-notify.log")
                return log.contains("an alert failed") && log.contains("alert=\(failed.id) code=550")
                    && log.contains("failed alerts wait for a person")
            }
            #expect(!cluster.folder.text("greffier-notify.log").contains(FictionalDocument(520).obligation))
            #expect(try await cluster.greffier("status").output.contains("for a person: see `greffier alerts list"))
            #expect(try await cluster.greffier("alerts", "list").output.contains("dgs@val-aubrelle.example"))
            try await server.restart()
            let resent = try await cluster.greffier(
                "alerts", "resend", "\(failed.id)", "--by", "claire", "--why", "adresse rétablie", "--json")
            #expect(try resent.values(ListedAlert.self).map(\.state) == ["pending"])
            try await cluster.waitUntil("the mail") {
                try await server.mails().contains { $0.recipient == failed.recipient }
            }
            let mails = try await server.mails().filter { $0.recipient == failed.recipient }
            #expect(mails.map(\.id) == ["<\(failed.messageID)>"])
        }

        @Test("An alert that waits is cancelled for good; what was sent is left alone, with exit code 1 and the cure")
        func cancel() async throws {
            let server = try await SMTPServer()
            let cluster = try server.cluster()
            try await cluster.startAndWait()
            try await push(FictionalDocument(521), to: cluster)
            try await cluster.waitUntil("alerts wait") { try await alerts(cluster, "pending").count >= 2 }
            #expect(try await cluster.stop([.notify]) == [0])
            let ids = try await alerts(cluster, "pending").map { "\($0.id)" }
            let missing = try await cluster.greffier("alerts", "cancel", ids[0])
            #expect(missing.code == 2 && missing.errors.contains("--why"))
            let cancelled = try await cluster.greffier("alerts", "cancel", ids[0], "--why", "doublon")
            #expect(cancelled.code == 0 && cancelled.output == "\(ids[0]) cancelled\n", "\(cancelled.errors)")
            let again = try await cluster.greffier("alerts", "resend", ids[0])
            #expect(again.code == 1 && again.errors.contains("alert \(ids[0]) is cancelled"), "\(again.errors)")
            let unknown = try await cluster.greffier("alerts", "cancel", "999", "--why", "x")
            #expect(unknown.code == 1 && unknown.errors.contains("there is no alert 999"))
        }

        private func failedNews(_ cluster: Cluster) async throws -> [ListedAlert] {
            try await alerts(cluster, "failed").filter { $0.kind == "new-acts" }
        }

        private func alerts(_ cluster: Cluster, _ state: String) async throws -> [ListedAlert] {
            try await cluster.greffier("alerts", "list", "--state", state, "--json").values(ListedAlert.self)
        }

        private func push(_ document: FictionalDocument, to cluster: Cluster) async throws {
            let run = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.output) \(run.errors)")
        }
    }
}
