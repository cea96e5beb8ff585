import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Processes that are killed with SIGKILL")
    struct Kills {
        /// One of the processes that are killed.
        private enum Victim: Hashable {
            case pusher(Int)
            case program(ProgramName)
        }

        private static let documents = 100
        private static let sources = 8
        private static let rounds = 3

        @Test(
            "Whoever is killed, every accepted document is registered once and announced once", arguments: [20_250_313])
        func exactlyOnce(seed: UInt64) async throws {
            var random = SeededRandom(seed: seed)
            let cluster = try Cluster()
            let documents = (1...Self.documents).map { FictionalDocument($0) }
            for (index, document) in documents.enumerated() {
                try cluster.folder.write("source-\(index % Self.sources)/\(document.fileName)", document.bytes)
            }
            try await cluster.startAndWait()
            var pushers = try (0..<Self.sources).map { try Self.pusher($0, cluster) }
            let order = (0..<Self.rounds).flatMap { _ in Self.victims(&random) }
            print("seed \(seed): \(order.count) kills, \(Self.documents) documents of \(Self.sources) sources")
            for (index, victim) in order.enumerated() {
                // While the work goes on: each at its share of the whole.
                let share = Self.documents * index / order.count
                try await cluster.waitUntil("\(share) documents are registered") {
                    try await Self.registered(cluster) >= share
                }
                try await Self.killAndRestart(victim, cluster, &pushers)
            }
            for pusher in pushers { #expect(try await pusher.exitCode() == 0) }
            try await cluster.waitUntil("all are registered") { try await Self.registered(cluster) >= Self.documents }
            // The mails that a killed process had claimed are free again once the claim has ended: the clock goes there.
            #expect(try await cluster.stop([.notify]) == [0])
            cluster.now = "2025-03-19T09:30"
            try cluster.start([.notify])
            try await cluster.waitUntil("all are announced") {
                try await RegisterContents.read(cluster).announcements.count { $0 == "sent" } == Self.documents
            }
            try await Self.expectOnce(documents, cluster)
            #expect(try await cluster.stop() == [0, 0, 0, 0])
        }

        @Test("`up` starts what was killed again, and everything pushed meanwhile arrives")
        func supervised() async throws {
            let cluster = try Cluster()
            var up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the workers are ready") { try await cluster.status()?.workers.count == 3 }
            for (index, name) in ProgramName.cluster.enumerated() {
                let victims = ProcessTable.processes(of: name.rawValue, naming: cluster.folder.path)
                #expect(victims.count == 1)
                let document = FictionalDocument(300 + index)
                let file = try cluster.folder.write(document.fileName, document.bytes)
                let push = try cluster.startGreffier(["push", "--wait", file])
                for process in victims { kill(process, SIGKILL) }
                #expect(try await push.exitCode() == 0)
                try await cluster.waitUntil("\(name.rawValue) runs again") {
                    let now = ProcessTable.processes(of: name.rawValue, naming: cluster.folder.path)
                    return now.count == 1 && now != victims
                }
            }
            #expect(try await up.stop() == 0)
            // Past the end of what a killed process had claimed.
            cluster.now = "2025-03-19T09:30"
            up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the mails") { try await cluster.mails().count(where: \.announces) == 4 }
            #expect(try await RegisterContents.read(cluster).numbers.sorted() == (0..<4).map { "2025-\(1_300 + $0)" })
            #expect(try await up.stop() == 0)
            #expect(ProcessTable.processes(naming: cluster.folder.path).isEmpty)
        }

        @Test("When `up` is killed what it started ends in order, and another `up` takes over")
        func supervisorKilled() async throws {
            let cluster = try Cluster()
            let up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the workers are ready") { try await cluster.status()?.workers.count == 3 }
            try await up.kill()
            try await cluster.waitUntil("its programs have ended") {
                ProgramName.cluster.allSatisfy {
                    ProcessTable.processes(of: $0.rawValue, naming: cluster.folder.path).isEmpty
                }
            }
            #expect(cluster.folder.text("command-1.err").contains("everything accepted is kept"))
            let next = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the workers are ready") { try await cluster.status()?.workers.count == 3 }
            #expect(try await next.stop() == 0)
        }

        private static func victims(_ random: inout SeededRandom) -> [Victim] {
            let pusher = Victim.pusher(Int.random(in: 0..<sources, using: &random))
            return (ProgramName.cluster.map(Victim.program) + [pusher]).shuffled(using: &random)
        }

        private static func pusher(_ source: Int, _ cluster: Cluster) throws -> RunningProgram {
            let folder = cluster.folder.path("source-\(source)")
            return try cluster.startGreffier(["push", folder, "--source", "source-\(source)", "--wait"])
        }

        private static func killAndRestart(
            _ victim: Victim, _ cluster: Cluster, _ pushers: inout [RunningProgram]
        ) async throws {
            switch victim {
            case .pusher(let source):
                try await pushers[source].kill()
                pushers[source] = try pusher(source, cluster)
            case .program(let name):
                try await cluster.kill(name)
                try cluster.start([name])
            }
        }

        private static func registered(_ cluster: Cluster) async throws -> Int {
            let counts = try await cluster.status()?.counts ?? []
            return counts.filter { $0.state == .registered }.map(\.count).reduce(0, +)
        }

        private static func expectOnce(_ documents: [FictionalDocument], _ cluster: Cluster) async throws {
            let numbers = documents.map(\.number).sorted()
            let queued = try await cluster.documents()
            #expect(queued.map(\.name).sorted() == documents.map(\.fileName).sorted())
            #expect(queued.allSatisfy { $0.state == .registered })
            let register = try await RegisterContents.read(cluster)
            #expect(register.numbers.sorted() == numbers)
            #expect(register.documents == documents.count)
            let mails = try await cluster.mails()
            #expect(Set(mails.map(\.id)).count == mails.count)
            let announced = mails.filter(\.announces)
            #expect(announced.count == documents.count)
            print("\(queued.count) documents, \(register.numbers.count) acts, \(announced.count) announcements")
            let notOnce = numbers.filter { number in announced.count { $0.subject.contains(number) } != 1 }
            #expect(notOnce == [])
        }
    }
}
