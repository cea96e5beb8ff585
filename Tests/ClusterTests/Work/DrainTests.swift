import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Programs that are told to end")
    struct Drains {
        @Test(
            "A program that gets SIGTERM while it works ends with 0, and nothing is lost",
            arguments: ProgramName.cluster)
        func endsWhileBusy(name: ProgramName) async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let documents = (0..<40).map { FictionalDocument(1_400 + $0) }
            for document in documents { try cluster.folder.write("in/\(document.fileName)", document.bytes) }
            let push = try cluster.startGreffier(["push", "--wait", cluster.folder.path("in")])
            try await cluster.waitUntil("work is under way") {
                try await cluster.status()?.counts.contains { $0.state == .registered && $0.count > 0 } == true
            }
            #expect(try await cluster.stop([name]) == [0])
            try cluster.start([name])
            #expect(try await push.exitCode() == 0)
            let register = try await RegisterContents.read(cluster)
            #expect(register.numbers.sorted() == documents.map(\.number).sorted())
            #expect(try await cluster.documents().allSatisfy { $0.state == .registered })
            try await cluster.waitUntil("all are announced") {
                try await RegisterContents.read(cluster).announcements.count { $0 == "sent" } == documents.count
            }
            let announced = try await cluster.mails().filter(\.announces)
            #expect(announced.count == documents.count && Set(announced.map(\.id)).count == documents.count)
        }

        @Test("`up` that gets SIGTERM while it works ends everything with 0, and goes on where it stopped")
        func upEnds() async throws {
            let cluster = try Cluster()
            var up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the workers are ready") { try await cluster.status()?.workers.count == 3 }
            for index in 0..<40 {
                let document = FictionalDocument(1_500 + index)
                try cluster.folder.write("in/\(document.fileName)", document.bytes)
            }
            let push = try await cluster.greffier("push", cluster.folder.path("in"))
            #expect(push.code == 0)
            #expect(try await up.stop() == 0)
            #expect(ProcessTable.processes(naming: cluster.data).isEmpty)
            up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("all are registered") {
                try await cluster.documents().count { $0.state == .registered } == 40
            }
            #expect(try await RegisterContents.read(cluster).numbers.count == 40)
            #expect(try await up.stop() == 0)
        }

        @Test("A push that is interrupted keeps its journal, and the next run ends the work")
        func pushEnds() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            for index in 0..<60 {
                let document = FictionalDocument(1_600 + index)
                try cluster.folder.write("in/\(document.fileName)", document.bytes)
            }
            let push = try cluster.startGreffier(["push", cluster.folder.path("in")])
            try await cluster.waitUntil("some are pushed") { try await !cluster.documents().isEmpty }
            push.sendSignal(SIGTERM)
            _ = try await push.exitCode()
            let again = try await cluster.greffier("push", "--json", cluster.folder.path("in"))
            #expect(again.code == 0)
            #expect(try await cluster.documents().count == 60)
            let idle = try await cluster.greffier("push", "--json", cluster.folder.path("in"))
            #expect(idle.code == 0 && idle.output.isEmpty)
        }
    }
}
