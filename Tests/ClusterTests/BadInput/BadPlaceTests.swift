import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Bad places")
    struct BadPlaces {
        @Test("A second broker on the same folder ends with one sentence; the first works on")
        func secondBroker() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let log = cluster.folder.path("second.log")
            let second = try RunningProgram(ProgramName.broker.path, cluster.options, output: log, errors: log)
            #expect(try await second.exitCode() != 0)
            let lines = cluster.folder.text("second.log").split(separator: "\n")
            #expect(lines.count == 1 && lines.first?.contains("queue") == true, "\(lines)")
            let document = FictionalDocument(1_200)
            let run = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0)
        }

        @Test("A notify on another register is refused with one sentence; the first works on")
        func secondRegister() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let log = cluster.folder.path("second.log")
            let endpoint = try cluster.endpoint.description
            let second = try RunningProgram(
                ProgramName.notify.path, ["--data", cluster.folder.path("other"), "--endpoint", endpoint],
                output: log, errors: log)
            #expect(try await second.exitCode() != 0)
            #expect(cluster.folder.text("second.log").contains("register"))
            #expect(try await cluster.status()?.workers.count == 3)
        }

        @Test("On a full disk pushers are told to come again; what was accepted is registered once there is room")
        func fullDisk() async throws {
            let cluster = try Cluster(configuration: "limits:\n  freeDisk: 1 MiB\n")
            let data = try cluster.folder.folder("data")
            guard try await Self.command(["mount", "-t", "tmpfs", "-o", "size=12m,mode=0700", "gt", data]) else {
                print("SKIPPED: a full disk; mounting a small one needs root")
                return
            }
            do {
                try await fill(cluster)
            } catch {
                _ = try await Self.command(["umount", "-l", data])
                throw error
            }
            for name in ProgramName.cluster { try await cluster.kill(name) }
            #expect(try await Self.command(["umount", "-l", data]))
        }

        private func fill(_ cluster: Cluster) async throws {
            try await cluster.startAndWait([.broker])
            for index in 0..<24 {
                let document = FictionalDocument(1_300 + index)
                let padding = String(repeating: "\n", count: 600_000)
                try cluster.folder.write("in/\(document.fileName)", document.text + padding)
            }
            let folder = cluster.folder.path("in")
            let run = try await cluster.greffier("push", "--json", "--deadline", "1", folder)
            #expect(run.code == 5, "\(run.output)")
            let busy = try run.values(PushedLine.self).filter { $0.outcome == "busy" }
            #expect(busy.allSatisfy { $0.message?.contains("disk") == true }, "\(busy)")
            let accepted = try await cluster.documents()
            #expect(!accepted.isEmpty && accepted.count < 24)
            try cluster.start([.ingest, .validate, .notify])
            let grown = try await Self.command(["mount", "-o", "remount,size=256m", cluster.data])
            #expect(grown)
            let again = try await cluster.greffier("push", "--json", "--wait", folder)
            #expect(again.code == 0, "\(again.output)")
            try await cluster.waitUntil("all are registered") {
                try await cluster.documents().count { $0.state == .registered } == 24
            }
        }

        private static func command(_ arguments: [String]) async throws -> Bool {
            let folder = try TestFolder()
            let program = try RunningProgram(
                "/usr/bin/env", arguments, output: folder.path("out"), errors: folder.path("err"))
            return try await program.exitCode() == 0
        }
    }
}
