import Foundation
import GreffierProtocol
import Testing

/// How large the tests of faults are.
enum FaultSize {
    /// GREFFIER_FAULTS: how many times the power is lost.
    static let rounds = ProcessInfo.processInfo.environment["GREFFIER_FAULTS"].flatMap { Int($0) } ?? 3
}

extension ClusterTests {
    @Suite(
        "A disk that fails", .enabled(if: FaultyDisk.obstacle == nil, "\(FaultyDisk.obstacle ?? "")"))
    struct DiskFaults {
        @Test("When power is lost at any moment, what was accepted is there and ends registered and announced once")
        func powerLoss() async throws {
            var random = SeededRandom(seed: 20_261_123)
            let faulty = try await FaultyCluster(megabytes: 128 + 12 * FaultSize.rounds)
            let cluster = faulty.cluster
            var accepted: Set<DocumentID> = []
            for round in 0..<FaultSize.rounds {
                try await cluster.startAndWait()
                let push = try faulty.startPush((0..<30).map { FictionalDocument(3_000 + 30 * round + $0) })
                let share = Int.random(in: 3..<30, using: &random)
                try await cluster.waitUntil("\(share) receipts") { try faulty.accepted(push).count >= share }
                usleep(UInt32.random(in: 0..<300_000, using: &random))
                try faulty.disk.losePower()
                accepted.formUnion(try faulty.accepted(push))
                try await push.kill()
                try await faulty.killAll()
                try faulty.disk.restart()
            }
            print("\(FaultSize.rounds) losses of power, \(accepted.count) documents accepted before them")
            // Past the end of what a killed process had claimed.
            cluster.now = "2025-03-19T09:30"
            try await cluster.startAndWait()
            try await faulty.expectKept(accepted)
        }

        @Test(
            "On a full disk nothing new is accepted, what was accepted stays, and all goes on by itself once there is room"
        )
        func full() async throws {
            let faulty = try await FaultyCluster(megabytes: 32)
            let cluster = faulty.cluster
            try await cluster.startAndWait()
            _ = try await cluster.greffier("pause", "validate", "--why", "essai")
            let push = try faulty.startPush((0..<20).map { FictionalDocument(4_000 + $0) })
            #expect(try await push.exitCode() == 0)
            try faulty.disk.fill()
            // Until it looks again, what fits into its files is still accepted.
            try await cluster.waitUntil("the broker says so") {
                cluster.folder.text("greffier-broker.log").contains("the disk is nearly full")
            }
            let refused = try await cluster.greffier(
                "push", "--deadline", "2", try cluster.folder.write("one.txt", FictionalDocument(4_030).bytes))
            #expect(refused.code == 5 && refused.errors.contains("disk"), "\(refused.code) \(refused.errors)")
            let doctor = try await cluster.greffier("doctor")
            #expect(doctor.code != 0 && doctor.output.contains("make room"), "\(doctor.output)")
            _ = try await cluster.greffier("resume", "validate", "--why", "essai")
            try faulty.disk.free()
            try await cluster.waitUntil("the pusher is let in again") {
                try await cluster.greffier("push", "--deadline", "5", cluster.folder.path("one.txt")).code == 0
            }
            _ = try await cluster.greffier("resume", "validate", "--why", "essai")
            try await faulty.expectKept(faulty.accepted(push).union([DocumentID(of: FictionalDocument(4_030).bytes)]))
            for name in ProgramName.cluster { #expect(try cluster.program(name).isRunning, "\(name.rawValue)") }
        }

        @Test(
            "On a disk that became read-only nothing is accepted, the broker ends with the cause, and a new start goes on"
        )
        func readOnly() async throws {
            let faulty = try await FaultyCluster()
            let cluster = faulty.cluster
            try await cluster.startAndWait()
            let push = try faulty.startPush((0..<30).map { FictionalDocument(5_000 + $0) })
            try await cluster.waitUntil("five receipts") { try faulty.accepted(push).count >= 5 }
            let before = try faulty.accepted(push)
            try faulty.disk.becomeReadOnly()
            let late = try await cluster.greffier(
                "push", "--json", "--deadline", "2",
                try cluster.folder.write("late.txt", FictionalDocument(5_090).bytes))
            #expect(late.code != 0 && !late.output.contains("accepted"), "\(late.output) \(late.errors)")
            let broker = try cluster.program(.broker)
            #expect(try await broker.exitCode() != 0)
            let log = cluster.folder.text("greffier-broker.log")
            #expect(log.contains("the store fails") && log.contains("check the disk"), "\(log.suffix(800))")
            let accepted = try faulty.accepted(push)
            try await push.kill()
            try await faulty.killAll()
            try faulty.disk.restart()
            cluster.now = "2025-03-19T09:30"
            try await cluster.startAndWait()
            // In the very moment of the error ext4 may call synchronised what it has given up: it answers 0 for a transaction
            // that another program's fsync has seen fail. Only what was accepted before can be asked for.
            let lost = accepted.subtracting(try await cluster.documents().map(\.id))
            if !lost.isEmpty { print("\(lost.count) documents accepted in the moment of the error are lost") }
            try await faulty.expectKept(before)
        }

        @Test("doctor names synchronised data that the disk lost: the end of a segment, and a page of a database")
        func lostPages() async throws {
            let faulty = try await FaultyCluster()
            let cluster = faulty.cluster
            try await cluster.startAndWait()
            let push = try faulty.startPush((0..<10).map { FictionalDocument(5_200 + $0) })
            #expect(try await push.exitCode() == 0)
            try await faulty.expectKept(faulty.accepted(push))
            #expect(try await cluster.stop() == [0, 0, 0, 0])
            let host = try #require(cluster.host)
            let segment = cluster.data + "/queue/queue.segments/000000000001.segment"
            try host.run("cp \(segment) \(segment).kept; truncate -s 20000 \(segment)")
            let cut = try await cluster.greffier("doctor")
            #expect(cut.code != 0 && cut.output.contains("extrait-2025-"), "\(cut.output)")
            try host.run("mv \(segment).kept \(segment)")
            for store in ["queue/queue.sqlite", "register/register.sqlite"] {
                let path = "\(cluster.data)/\(store)"
                let checkpoint =
                    "import sqlite3; sqlite3.connect(\"\(path)\").execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")"
                try cluster.folder.write("checkpoint.py", checkpoint)
                try host.run("python3 \(cluster.folder.path("checkpoint.py"))")
                try host.run(
                    "cp \(path) \(path).kept; dd if=/dev/urandom of=\(path) bs=4096 seek=2 count=8 conv=notrunc 2>&1")
                let doctor = try await cluster.greffier("doctor")
                #expect(doctor.code != 0 && doctor.output.contains("a backup"), "\(store): \(doctor.output)")
                try host.run("mv \(path).kept \(path)")
            }
        }
    }
}
