import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("A register that another program writes")
    struct BusyRegister {
        private static let holder = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            sys.stdin.read()
            """

        @Test("Documents wait for it, however long, and nothing is counted against them")
        func busy() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let (holder, input, output) = (Process(), Pipe(), Pipe())
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            holder.arguments = ["python3", "-c", Self.holder, cluster.data + "/register/register.sqlite"]
            (holder.standardInput, holder.standardOutput) = (input, output)
            try holder.run()
            #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).contains("held"))
            let document = FictionalDocument(1_311)
            let file = try cluster.folder.write(document.fileName, document.bytes)
            #expect(try await cluster.greffier("push", file).code == 0)
            let id = "\(DocumentID(of: document.bytes))"
            try await cluster.waitUntil("it waits for the register") {
                try await history(id, cluster)?.history.contains { $0.code == "register-busy" } == true
            }
            #expect(try await history(id, cluster)?.document.state == .delayed)
            try input.fileHandleForWriting.close()
            holder.waitUntilExit()
            #expect(try await cluster.greffier("retry", id, "--why", "le registre est libre").code == 0)
            try await cluster.waitUntil("it is registered") {
                try await history(id, cluster)?.document.state == .registered
            }
        }

        private func history(_ id: String, _ cluster: Cluster) async throws -> DocumentHistory? {
            try await cluster.greffier("show", id, "--json").values(DocumentHistory.self).first
        }
    }
}
