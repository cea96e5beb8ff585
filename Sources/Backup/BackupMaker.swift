import Foundation
import Queue
import Register
import Storage

/// Copies the queue and the register of a data folder while the cluster works.
///
/// The queue is copied first, as one transaction sees it, the register after it: what was registered in between is in both
/// or is done again, which changes nothing. Every record is read and checked before the backup gets its name.
public struct BackupMaker {
    private let data: String
    private let version: String
    private let now: Int

    /// How often the queue is copied anew whose broker was started meanwhile, and removed what nothing referred to.
    private static let attempts = 3

    /// - Parameters:
    ///   - data: the data folder.
    ///   - version: of this program.
    ///   - now: seconds since 1970 UTC.
    public init(data: String, version: String, now: Int) {
        self.data = data
        self.version = version
        self.now = now
    }

    /// Makes a backup: a new folder `target` (mode 0700), which has its name only when it is whole.
    /// - Throws: ``BackupError``, `StorageError`, `RegisterError`.
    public func make(_ target: String) throws -> BackupManifest {
        guard access(target, F_OK) != 0 else { throw BackupError.exists(path: target) }
        let unfinished = "\(target).unfinished-\(getpid())"
        try FileCopy.makeFolder(unfinished)
        let copied = Self.records.map { "\(data)/\($0)" }.filter { (path: String) in access(path, F_OK) == 0 }
        let locks = try copied.map { try BackupLock(copying: $0) }
        defer { withExtendedLifetime(locks) {} }
        do {
            let manifest = try fill(unfinished)
            try FileCopy.rename(unfinished, to: target)
            return manifest
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }

    private func fill(_ folder: String) throws -> BackupManifest {
        var manifest = BackupManifest()
        (manifest.version, manifest.madeAt) = (version, now)
        try addQueue(to: folder, &manifest)
        try addRegister(to: folder, &manifest)
        guard manifest.queueSchema != nil || manifest.registerSchema != nil else {
            throw BackupError.nothing(folder: data)
        }
        try FileCopy.copy("\(data)/answers.key", to: "\(folder)/answers.key")
        manifest.files = try Self.files(in: folder).map { try FileCopy.seal($0, in: folder) }
        for path in Self.folders where access("\(folder)/\(path)", F_OK) == 0 {
            try FileCopy.synchronize("\(folder)/\(path)")
        }
        let text = "\(folder)/\(BackupManifest.name)"
        try Data(manifest.jsonBytes()).write(to: URL(fileURLWithPath: text))
        _ = try FileCopy.seal(BackupManifest.name, in: folder)
        try FileCopy.synchronize(folder)
        return manifest
    }

    private func addQueue(to folder: String, _ manifest: inout BackupManifest) throws {
        guard access("\(data)/queue/queue.sqlite", F_OK) == 0 else { return }
        let copy = "\(folder)/queue"
        for attempt in 1... {
            try FileCopy.makeFolder(copy)
            manifest.queueSchema = try copyQueue(to: copy)
            let inspection = try QueueInspection(folder: copy)
            // A record that was removed meanwhile is missing in the copy alone: the next one does not refer to it.
            guard !inspection.isSound, attempt < Self.attempts else {
                manifest.problems += inspection.damages.prefix(20)
                manifest.problems += inspection.inconsistencies
                manifest.problems += inspection.damagedRecords.prefix(100).map { damaged in
                    "the \(damaged.record) of \(damaged.document): \(damaged.reason)"
                }
                return
            }
            try FileManager.default.removeItem(atPath: copy)
        }
    }

    private func copyQueue(to copy: String) throws -> Int {
        try SQLDatabase(path: "\(data)/queue/queue.sqlite", options: .reading).copy(to: "\(copy)/queue.sqlite")
        let rows = try SQLDatabase(path: "\(copy)/queue.sqlite", options: .reading)
        try FileCopy.makeFolder("\(copy)/queue.segments")
        for segment in try rows.segmentFiles() {
            try FileCopy.copy(
                "\(data)/queue/queue.segments/\(segment.name)", to: "\(copy)/queue.segments/\(segment.name)",
                count: segment.bytes)
        }
        return try rows.schemaVersion()
    }

    private func addRegister(to folder: String, _ manifest: inout BackupManifest) throws {
        guard access("\(data)/register/register.sqlite", F_OK) == 0 else { return }
        let copy = "\(folder)/register"
        try FileCopy.makeFolder(copy)
        try SQLDatabase(path: "\(data)/register/register.sqlite", options: .reading).copy(
            to: "\(copy)/register.sqlite")
        try FileCopy.makeFolder("\(copy)/register.bodies")
        // While the lock is held bodies are only ever added: what the rows refer to is in the files by now.
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(data)/register/register.bodies").sorted() {
            try FileCopy.copy("\(data)/register/register.bodies/\(name)", to: "\(copy)/register.bodies/\(name)")
        }
        manifest.registerSchema = try SQLDatabase(path: "\(copy)/register.sqlite", options: .reading).schemaVersion()
        let register = try Register(reading: copy)
        manifest.register = register.id.text
        let inspection = try register.inspect()
        manifest.problems += inspection.damages.prefix(20)
        manifest.problems += inspection.orphans.map { "\($0.value) \($0.key)" }.sorted()
        manifest.problems += inspection.unreadable.prefix(100).map { "the Report or Extract of \($0) is damaged" }
    }

    /// Where records lie, which nobody takes out of their files while they are copied.
    private static let records = ["queue/queue.segments", "register/register.bodies"]

    static let folders = ["queue", "queue/queue.segments", "register", "register/register.bodies"]

    /// The files of a backup but its manifest.
    private static func files(in folder: String) throws -> [String] {
        try ([""] + folders).flatMap { part -> [String] in
            let path = part.isEmpty ? folder : "\(folder)/\(part)"
            guard access(path, F_OK) == 0 else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                .map { part.isEmpty ? $0 : "\(part)/\($0)" }.filter { !folders.contains($0) }
        }
    }
}
