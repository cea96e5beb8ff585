import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite(
        "Synchronisations that fail or take long, and clocks that jump",
        .enabled(if: Preload.obstacle == nil, "\(Preload.obstacle ?? "")"))
    struct PreloadedFaults {
        @Test(
            "After a failed fsync nothing is accepted until the broker is started again, and nothing accepted is lost")
        func failedSynchronisation() async throws {
            let (cluster, faults) = try Self.cluster()
            try await cluster.startAndWait()
            try await Self.push(6_000..<6_010, cluster)
            try faults.failSynchronisations(with: EIO)
            let late = try await cluster.greffier(
                "push", "--json", "--deadline", "2",
                try cluster.folder.write("late.txt", FictionalDocument(6_090).bytes))
            #expect(late.code != 0 && !late.output.contains("accepted"), "\(late.output) \(late.errors)")
            #expect(try await cluster.program(.broker).exitCode() != 0)
            #expect(cluster.folder.text("greffier-broker.log").contains("the store fails"))
            try faults.failSynchronisations(with: nil)
            for name in [ProgramName.ingest, .validate, .notify] { try await cluster.kill(name) }
            cluster.now = "2025-03-19T09:30"
            try await cluster.startAndWait()
            try await Self.push([6_090], cluster)
            try await Self.expectOnce(Array(6_000..<6_010) + [6_090], cluster)
        }

        @Test("On a slow disk everything takes longer, and no worker is taken for dead")
        func slowSynchronisation() async throws {
            let (cluster, faults) = try Self.cluster()
            try await cluster.startAndWait()
            try faults.delaySynchronisations(milliseconds: 400)
            try await Self.push(6_100..<6_120, cluster)
            try await Self.expectOnce(Array(6_100..<6_120), cluster)
            #expect(!cluster.folder.text("greffier-broker.log").contains("silent"))
            #expect(!cluster.folder.text("greffier-ingest.log").contains("silent"))
        }

        @Test("Jumps of the clock of the day, hours both ways, change neither leases nor what is sent")
        func clockJumps() async throws {
            let (cluster, faults) = try Self.cluster()
            try await cluster.startAndWait()
            for (round, hours) in [Int64(0), 5, -7, 30, 0].enumerated() {
                try faults.setClock(ahead: hours)
                try await Self.push(6_200 + 5 * round..<6_205 + 5 * round, cluster)
            }
            try await Self.expectOnce(Array(6_200..<6_225), cluster)
            let log = ProgramName.cluster.map { cluster.folder.text("\($0.rawValue).log") }.joined()
            #expect(!log.contains("silent") && !log.contains("stale-token"), "\(log.suffix(2_000))")
        }

        private static func cluster() throws -> (Cluster, Preload) {
            let cluster = try Cluster()
            let faults = try Preload(in: cluster.folder)
            cluster.environment = faults.environment
            return (cluster, faults)
        }

        private static func push(_ indices: some Sequence<Int>, _ cluster: Cluster) async throws {
            let documents = indices.map { FictionalDocument($0) }
            let folder = "push-\(UUID().uuidString.prefix(8))"
            for document in documents { try cluster.folder.write("\(folder)/\(document.fileName)", document.bytes) }
            let run = try await cluster.greffier("push", cluster.folder.path(folder))
            #expect(run.code == 0, "\(run.output) \(run.errors)")
        }

        private static func expectOnce(_ indices: [Int], _ cluster: Cluster) async throws {
            try await cluster.waitUntil("everything is registered") {
                let documents = try await cluster.documents()
                return documents.count == indices.count && documents.allSatisfy { $0.state == .registered }
            }
            try await cluster.waitUntil("everything is announced") {
                try await cluster.mails().count(where: \.announces) >= indices.count
            }
            let numbers = indices.map { FictionalDocument($0).number }.sorted()
            #expect(try await cluster.register().numbers.sorted() == numbers)
            let subjects = try await cluster.mails().filter(\.announces).map(\.subject)
            #expect(numbers.filter { number in subjects.count { $0.contains(number) } != 1 } == [])
        }
    }

    @Suite("A worker that sleeps longer than its lease")
    struct SleepingWorkers {
        @Test("Its jobs go to another; what it says when it wakes up is not used")
        func stopped() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let sleeper = try cluster.program(.ingest)
            sleeper.sendSignal(SIGSTOP)
            for number in 6_300..<6_310 {
                let document = FictionalDocument(number)
                try cluster.folder.write("source/\(document.fileName)", document.bytes)
            }
            let push = try await cluster.greffier("push", cluster.folder.path("source"))
            #expect(push.code == 0, "\(push.errors)")
            try await cluster.waitUntil("it has a lease") {
                try await cluster.documents().contains { $0.state == .leased }
            }
            try cluster.start([.ingest])
            try await cluster.waitUntil("another has done its work") {
                try await cluster.documents().allSatisfy { $0.state == .registered }
            }
            sleeper.sendSignal(SIGCONT)
            try await cluster.waitUntil("it is told that its lease has ended") {
                let log = cluster.folder.text("greffier-ingest.log")
                return log.contains("stale-token") || log.contains("the broker is silent; connecting anew")
            }
            #expect(try await sleeper.stop() == 0)
            try await cluster.waitUntil("the mails") { try await cluster.mails().count(where: \.announces) == 10 }
            #expect(try await Set(cluster.register().numbers).count == 10)
            #expect(try await cluster.documents().allSatisfy { $0.state == .registered })
        }
    }
}
