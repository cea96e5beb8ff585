import AlertingSetup
import Client
import Console
import Conversion
import Foundation
import GreffierProtocol
import Operations
import Queue
import Register
import Storage

/// Everything that `greffier doctor` looks at.
struct Checkup {
    let common: CommonOptions
    let configuration: Configuration

    /// - Throws: `ConfigurationError`: without a configuration nothing can be looked at.
    init(_ common: CommonOptions) throws {
        self.common = common
        configuration = try common.configuration()
    }

    /// What was found, in the order in which a person would look.
    func diagnoses() async -> [Diagnosis] {
        [await mail(), dataFolder(), secrets(), disk()] + queue() + register() + [clock()] + brokers() + [tools()]
    }

    private func dataFolder() -> Diagnosis {
        let folder = configuration.dataFolder
        guard let found = try? FileManager.default.attributesOfItem(atPath: folder) else {
            return .wrong(
                "data", "\(folder) is not there", cure: "start greffier-broker or `greffier up`, which make it")
        }
        let mode = found[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            return .wrong("data", "others may look into \(folder)", cure: "chmod 700 \(folder)")
        }
        guard access(folder, W_OK) == 0 else {
            return .warning("data", "you may not write to \(folder)", cure: "run this as the user of the programs")
        }
        return .right("data", folder)
    }

    private func disk() -> Diagnosis {
        var status = statvfs()
        guard statvfs(configuration.dataFolder, &status) == 0 else {
            return .skipped("disk", "the data folder's disk cannot be asked")
        }
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        let finding = "\(Units.bytes(free)) free, \(Units.bytes(configuration.limits.freeDiskBytes)) are kept"
        if free < configuration.limits.freeDiskBytes {
            return .wrong("disk", finding, cure: "make room: until then the broker refuses new documents")
        }
        if free < 4 * configuration.limits.freeDiskBytes {
            return .warning("disk", finding, cure: "make room soon")
        }
        return .right("disk", finding)
    }

    private func queue() -> [Diagnosis] {
        let folder = configuration.queueFolder
        guard configuration.store != nil || FileManager.default.fileExists(atPath: folder + "/queue.sqlite") else {
            return [.skipped("queue", "none on this host")]
        }
        do {
            let inspection =
                try configuration.store.map { try QueueInspection(database: $0) } ?? QueueInspection(folder: folder)
            if inspection.isSound {
                return [
                    .right("queue", "\(inspection.documents) documents with \(inspection.records) records, all as kept")
                ]
            }
            return Self.diagnoses(inspection, folder)
        } catch StorageError.damagedDatabase(let path, let message) {
            return [.wrong("queue", "\(path) is damaged: \(message)", cure: Self.cureOfDatabase)]
        } catch {
            guard configuration.store == nil else {
                return [.wrong("queue", "\(error)", cure: "start PostgreSQL, or correct `store` and its password")]
            }
            return [.wrong("queue", "\(folder) cannot be read: \(error)", cure: "run this as the user of the broker")]
        }
    }

    private static let cureOfDatabase =
        "stop the broker, keep a copy of the folder, restore a backup, then push again what was sent since"

    private static func diagnoses(_ inspection: QueueInspection, _ folder: String) -> [Diagnosis] {
        let damages = inspection.damages.prefix(1).map { damage in
            Diagnosis.wrong(
                "queue", "\(folder)/queue.sqlite is damaged: \(damage)", cure: cureOfDatabase)
        }
        let inconsistencies = inspection.inconsistencies.map { finding in
            Diagnosis.wrong("queue", finding, cure: "this is a defect of the program: keep a copy and report it")
        }
        let records = inspection.damagedRecords.prefix(20).map { damaged in
            Diagnosis.wrong(
                "queue",
                "the \(damaged.record) of \(damaged.document) (\(damaged.name), \(damaged.state.rawValue)): \(damaged.reason)",
                cure: cure(damaged))
        }
        let more = inspection.damagedRecords.count - records.count
        return damages + inconsistencies + records
            + (more > 0
                ? [.wrong("queue", "\(more) more records are damaged", cure: "check the disk, then restore a backup")]
                : [])
    }

    private static func cure(_ damaged: QueueInspection.DamagedRecord) -> String {
        switch damaged.state {
        case .registered:
            "check the disk; the register has what it needs of this document, keep the file that was pushed"
        case .refused, .dropped, .held: "check the disk, then push the document again with --again"
        case .waiting, .leased, .delayed:
            "check the disk; the document will be held: then push it again with --again, or restore a backup"
        }
    }

    private func register() -> [Diagnosis] {
        let place = configuration.registerPlace
        if case .folder(let folder) = place,
            !FileManager.default.fileExists(atPath: folder + "/register.sqlite")
        {
            return [.skipped("register", "none on this host")]
        }
        do {
            let inspection = try Register(reading: place).inspect()
            if inspection.isSound { return [.right("register", "\(inspection.documents) documents, all readable")] }
            return Self.diagnoses(inspection)
        } catch {
            return [.wrong("register", "\(error)", cure: "restore a backup, or ask who keeps Greffier")]
        }
    }

    private static func diagnoses(_ inspection: RegisterInspection) -> [Diagnosis] {
        let damages = inspection.damages.prefix(1).map { damage in
            Diagnosis.wrong(
                "register", "the database is damaged: \(damage)", cure: "stop greffier-notify and restore a backup")
        }
        let orphans = inspection.orphans.sorted { $0.key < $1.key }.map { what, count in
            Diagnosis.wrong(
                "register", "\(count) \(what)", cure: "this is a defect of the program: keep a copy and report it")
        }
        let unreadable = inspection.unreadable.prefix(10).map { document in
            Diagnosis.wrong(
                "register", "the Report or Extract of \(document) is damaged",
                cure: "push its document again with --again, or restore a backup")
        }
        return damages + orphans + unreadable
    }

    private func tools() -> Diagnosis {
        let missing = ToolRunner.standard.missingTools
        guard !missing.isEmpty else { return .right("tools", "all there") }
        let packages = Set(missing.map(\.debianPackage)).sorted().joined(separator: " ")
        return .warning(
            "tools", "not read on this host: \(Set(missing.map(\.purpose)).sorted().joined(separator: ", "))",
            cure: "apt-get install \(packages)")
    }
}
