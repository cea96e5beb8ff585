import Foundation
import Testing

extension ClusterTests {
    @Suite("Mails over SMTP")
    struct SMTPDelivery {
        @Test("An encrypted, logged-in delivery reaches each recipient once")
        func delivers() async throws {
            let server = try await SMTPServer()
            let cluster = try server.cluster()
            try await server.start()
            try await cluster.startAndWait()
            try await push(FictionalDocument(500), to: cluster)
            try await cluster.waitUntil("both mails") { try await server.mails().count(where: \.announces) == 2 }
            let mails = try await server.mails().filter(\.announces)
            #expect(mails.map(\.recipient).sorted() == ["dgs@val-aubrelle.example", "greffe@val-aubrelle.example"])
            #expect(Set(mails.map(\.id)).count == 2)
            #expect(mails.allSatisfy { $0.flowing.contains(FictionalDocument(500).obligation) })
            #expect(cluster.folder.names(in: "data/outbox").isEmpty)
        }

        @Test("While the server is down documents are registered; the mails come once it is back")
        func comesLater() async throws {
            let server = try await SMTPServer()
            let cluster = try server.cluster()
            try await cluster.startAndWait()
            try await push(FictionalDocument(501), to: cluster)
            try await cluster.waitUntil("the trouble is told") {
                cluster.folder.text("greffier-notify.log").contains("the mail server cannot be reached; mails wait")
            }
            #expect(try await RegisterContents.read(cluster).numbers == [FictionalDocument(501).number])
            #expect(try await server.mails().isEmpty)
            try await server.start()
            // The next attempt comes within two minutes: the clock goes there.
            #expect(try await cluster.stop([.notify]) == [0])
            cluster.now = "2025-03-19T09:30"
            try cluster.start([.notify])
            try await cluster.waitUntil("both mails") { try await server.mails().count(where: \.announces) == 2 }
            #expect(try await Set(server.mails().map(\.id)).count == server.mails().count)
        }

        private func push(_ document: FictionalDocument, to cluster: Cluster) async throws {
            let run = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.output) \(run.errors)")
        }
    }
}
