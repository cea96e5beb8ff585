import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Deadlines computed anew")
    struct Recomputation {
        /// Published on 18 March 2025: appeals until Monday 19 May.
        @Test(
            "A public holiday that is added moves deadlines that end on it, though the queue has nothing of them any more, and staff are told in the same thread"
        )
        func addedHoliday() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(71)
            let file = try cluster.folder.write(document.fileName, document.bytes)
            #expect(try await cluster.greffier("push", "--wait", file).code == 0)
            try await cluster.waitUntil("the act is announced") { try await !cluster.mails().isEmpty }
            #expect(try await days(of: cluster).contains("2025-05-19"))
            let first = try #require(try await cluster.mails().first)
            try await cluster.stop()
            // As after `retention.documents`: nothing of the document is left but what the register has.
            try FileManager.default.removeItem(atPath: cluster.data + "/queue")

            let holiday = """
                calendar:
                  holidays: ["2025-05-19: journée de deuil national"]

                """
            try cluster.folder.write("greffier.yaml", Cluster.configuration + holiday)
            cluster.now = "2025-03-20T09:00"
            try await cluster.startAndWait()
            try await cluster.waitUntil("the deadline moves") { try await days(of: cluster).contains("2025-05-20") }
            #expect(try await !days(of: cluster).contains("2025-05-19"))
            try await cluster.waitUntil("the change is told") { try await change(in: cluster) != nil }
            let told = try #require(try await change(in: cluster))
            #expect(told.inReplyTo == first.id)
            #expect(told.flowing.contains("20 mai 2025") && told.flowing.contains("19 mai 2025"), "\(told.text)")
            #expect(told.flowing.contains("journée de deuil national"), "\(told.text)")
        }

        private func change(in cluster: Cluster) async throws -> Mail? {
            try await cluster.mails().first { $0.flowing.contains("20 mai 2025") }
        }

        private func days(of cluster: Cluster) async throws -> [String] {
            try await cluster.deadlines().compactMap(\.due)
        }
    }
}
