import Foundation
import Testing

extension ClusterTests {
    @Suite("greffier watch")
    struct WatchCommand {
        @Test("Files move to done/ or, with the reason beside them, to refused/; those that come later too")
        func moves() async throws {
            let cluster = try Cluster(configuration: "limits:\n  document: 64 KiB\n")
            try await cluster.startAndWait([.broker])
            let document = FictionalDocument(700)
            try cluster.folder.write("in/\(document.fileName)", document.bytes)
            try cluster.folder.write("in/vide.txt", [])
            try cluster.folder.write("in/trop.txt", [UInt8](repeating: 65, count: 100_000))
            let watch = try cluster.startGreffier(["watch", "--settle", "0.2", cluster.folder.path("in")])
            try await cluster.waitUntil("the folder is empty") { Self.waiting(cluster).isEmpty }
            #expect(cluster.folder.names(in: "in/done") == [document.fileName])
            #expect(
                cluster.folder.names(in: "in/refused")
                    == ["trop.txt", "trop.txt.reason.txt", "vide.txt", "vide.txt.reason.txt"])
            #expect(cluster.folder.text("in/refused/trop.txt.reason.txt").hasPrefix("too-large: "))
            #expect(cluster.folder.text("in/refused/vide.txt.reason.txt").hasPrefix("empty: "))
            let later = FictionalDocument(701)
            try cluster.folder.write("in/\(document.fileName)", later.bytes)
            try await cluster.waitUntil("the later file has gone") { Self.waiting(cluster).isEmpty }
            #expect(cluster.folder.names(in: "in/done") == ["2-\(document.fileName)", document.fileName])
            #expect(try await cluster.documents().count == 2)
            #expect(try await watch.stop() != 1)
        }

        @Test("While no broker answers the files stay, and they go once one does")
        func waitsForBroker() async throws {
            let cluster = try Cluster()
            let document = FictionalDocument(710)
            try cluster.folder.write("in/\(document.fileName)", document.bytes)
            let watch = try cluster.startGreffier(["watch", "--once", "--settle", "0.1", cluster.folder.path("in")])
            try await cluster.waitUntil("the first attempt has failed") {
                cluster.folder.text("command-1.err").contains("unreachable")
            }
            #expect(Self.waiting(cluster) == [document.fileName])
            try cluster.start([.broker])
            #expect(try await watch.exitCode() == 0)
            #expect(cluster.folder.names(in: "in/done") == [document.fileName])
        }

        @Test("A folder that does not exist is bad usage")
        func noFolder() async throws {
            let cluster = try Cluster()
            let run = try await cluster.greffier("watch", "/no/such/folder")
            #expect(run.code == 2 && run.errors.contains("/no/such/folder is no folder"))
        }

        private static func waiting(_ cluster: Cluster) -> [String] {
            cluster.folder.names(in: "in").filter { $0.hasSuffix(".txt") }
        }
    }
}
