import Digest
import Foundation
import GreffierProtocol
import Queue
import Storage
import Testing

@testable import Backup

@Suite("Backup and restore of a queue and a register's files")
final class BackupTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/backup-\(UUID().uuidString)"
    private var data: String { folder + "/data" }
    private var backup: String { folder + "/backup" }

    init() throws {
        try FileManager.default.createDirectory(
            atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private let time = OperationTime(wallSeconds: 1_700_000_000, queueMilliseconds: 0)

    private func submit(_ number: Int, to queue: QueueStore) throws -> StoreAnswer? {
        let bytes = Array("délibération fictive n° \(number)".utf8)
        let submit = Submit(id: DocumentID(of: bytes), name: "n\(number).txt", source: "mairie", size: bytes.count)
        return try queue.store.write {
            try queue.execute([.accept(submit, body: ByteArray(bytes))], at: time, in: $0)
        }.answers.first
    }

    private func maker() -> BackupMaker { BackupMaker(data: data, version: "test", now: 7) }

    @Test("A backup is made while the queue is open, and a queue restored from it knows what had been accepted")
    func roundTrip() throws {
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"))
        for number in 1...40 { _ = try submit(number, to: queue) }
        try Data("secret".utf8).write(to: URL(fileURLWithPath: data + "/answers.key"))
        let manifest = try maker().make(backup)
        _ = try submit(41, to: queue)
        #expect(try manifest.queueSchema == queue.store.database.schemaVersion())
        #expect(manifest.registerSchema == nil && manifest.problems.isEmpty)
        #expect(manifest.files.map(\.path).contains("answers.key") && manifest.madeAt == 7)
        let mode = try FileManager.default.attributesOfItem(atPath: backup + "/queue/queue.sqlite")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let target = folder + "/new"
        let restorer = try BackupRestorer(backup)
        #expect(restorer.manifest == manifest)
        try restorer.restore(to: target)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target).sorted() == ["answers.key", "queue"])
        #expect(try QueueInspection(folder: target + "/queue").isSound)
        let restored = try QueueStore(folder: DataFolder(path: target + "/queue"))
        #expect(try restored.open().problems.isEmpty)
        guard case .known(.waiting)? = try submit(40, to: restored), case .accepted? = try submit(41, to: restored)
        else {
            Issue.record("the restored queue knows another set of documents")
            return
        }
    }

    @Test("What was accepted in one batch over the end of a segment is whole in the backup")
    func rollover() throws {
        var segments = SegmentOptions()
        (segments.segmentBytes, segments.reservedBytes) = (4_096, 1_024)
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"), segments: segments)
        let operations = (1...200).map { number in
            let bytes = Array("délibération fictive n° \(number)".utf8)
            return StoreOperation.accept(
                Submit(id: DocumentID(of: bytes), name: "n", source: "mairie", size: bytes.count),
                body: ByteArray(bytes))
        }
        _ = try queue.store.write { try queue.execute(operations, at: time, in: $0) }
        #expect(try maker().make(backup).problems.isEmpty)
        let inspection = try QueueInspection(folder: backup + "/queue")
        #expect(inspection.isSound && inspection.records == 200)
    }

    @Test("A backup is whole that is made while documents are erased one after the other")
    func erasures() throws {
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"))
        for number in 1...400 { _ = try submit(number, to: queue) }
        let erased = DispatchSemaphore(value: 0)
        Thread { [time] in
            for number in 1...400 {
                let act = DocumentAct(id: DocumentID(of: Array("délibération fictive n° \(number)".utf8)), by: "Paule")
                _ = try? queue.store.write { try queue.execute([.act(.erase, act)], at: time, in: $0) }
            }
            erased.signal()
        }.start()
        let manifest = try maker().make(backup)
        erased.wait()
        #expect(manifest.problems.isEmpty)
        #expect(try QueueInspection(folder: backup + "/queue").isSound)
        #expect(try QueueInspection(folder: data + "/queue").isSound)
    }

    @Test("A backup never overwrites, and is not restored over anything")
    func occupied() throws {
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"))
        _ = try submit(1, to: queue)
        _ = try maker().make(backup)
        #expect(throws: BackupError.exists(path: backup)) { try self.maker().make(self.backup) }
        #expect(throws: BackupError.notEmpty(folder: data)) { try BackupRestorer(self.backup).restore(to: self.data) }
        #expect(throws: BackupError.nothing(folder: folder)) {
            try BackupMaker(data: self.folder, version: "test", now: 0).make(self.folder + "/other")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["backup", "data"])
    }

    @Test(
        "A backup in which a byte, a file or the manifest is another is refused before anything is restored",
        arguments: ["queue/queue.sqlite", "queue/queue.segments/000000000001.segment", "manifest.json"], [true, false])
    func damage(_ path: String, _ isRemoved: Bool) throws {
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"))
        _ = try submit(1, to: queue)
        _ = try maker().make(backup)
        let url = URL(fileURLWithPath: "\(backup)/\(path)")
        if isRemoved {
            try FileManager.default.removeItem(at: url)
        } else {
            var bytes = try Data(contentsOf: url)
            bytes[bytes.count / 2] ^= 0x80
            try bytes.write(to: url)
        }
        #expect(throws: BackupError.self) { try BackupRestorer(self.backup).restore(to: self.folder + "/new") }
        #expect(!FileManager.default.fileExists(atPath: folder + "/new"))
    }

    @Test("A manifest whose paths lead out of the folder, or of a newer form, is refused")
    func foreignManifest() throws {
        try FileManager.default.createDirectory(atPath: backup, withIntermediateDirectories: false)
        var manifest = BackupManifest()
        manifest.files = [.init(path: "../data/x", bytes: 0, sha256: SHA256Digest(of: []))]
        func write() throws {
            try Data(manifest.jsonBytes()).write(to: URL(fileURLWithPath: backup + "/manifest.json"))
        }
        try write()
        #expect(throws: BackupError.self) { try BackupRestorer(self.backup) }
        manifest.files = []
        manifest.format = 2
        manifest.version = "9"
        try write()
        #expect(throws: BackupError.newer(folder: backup, version: "9")) { try BackupRestorer(self.backup) }
    }

    @Test("What is damaged already is backed up all the same, and said")
    func damagedSource() throws {
        let queue = try QueueStore(folder: DataFolder(path: data + "/queue"))
        _ = try submit(1, to: queue)
        _ = try submit(2, to: queue)
        let path = data + "/queue/queue.segments/000000000001.segment"
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: 20)
        try file.write(contentsOf: [0])
        try file.close()
        let manifest = try maker().make(backup)
        #expect(manifest.problems.count == 1 && manifest.problems[0].contains("the body of"))
        try BackupRestorer(backup).restore(to: folder + "/new")
    }
}
