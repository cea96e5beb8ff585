import Foundation
import JSONCodec

/// Puts a backup into an empty data folder.
public struct BackupRestorer {
    private let folder: String
    /// What the backup is.
    public let manifest: BackupManifest

    /// Reads and checks a backup: every file is there with the length and the digest that the manifest says.
    /// - Throws: ``BackupError``.
    public init(_ folder: String) throws {
        self.folder = folder
        guard let text = FileManager.default.contents(atPath: "\(folder)/\(BackupManifest.name)") else {
            throw BackupError.noBackup(folder: folder, reason: "it has no \(BackupManifest.name)")
        }
        do {
            manifest = try BackupManifest(json: Array(text))
        } catch {
            throw BackupError.noBackup(folder: folder, reason: "\(BackupManifest.name): \(error)")
        }
        guard manifest.format <= BackupManifest.knownFormat else {
            throw BackupError.newer(folder: folder, version: manifest.version)
        }
        for file in manifest.files { try check(file, in: folder) }
    }

    private func check(_ file: BackupManifest.File, in folder: String) throws {
        let path = "\(folder)/\(file.path)"
        guard file.isInside else { throw BackupError.changed(path: path, reason: "its path leads out of the folder") }
        guard access(path, F_OK) == 0 else { throw BackupError.changed(path: path, reason: "it is missing") }
        let found = try FileCopy.describe(file.path, in: folder)
        guard found.bytes == file.bytes else {
            throw BackupError.changed(path: path, reason: "\(found.bytes) bytes instead of \(file.bytes)")
        }
        guard found.sha256 == file.sha256 else { throw BackupError.changed(path: path, reason: "its SHA-256") }
    }

    /// Copies everything into a data folder that is empty or not there yet, and checks the copy. The folder is filled under
    /// a temporary name first: a broker finds all of the queue or nothing.
    /// - Throws: ``BackupError``.
    public func restore(to data: String) throws {
        if mkdir(data, 0o700) != 0 {
            guard errno == EEXIST else { throw FileCopy.failure("mkdir", data) }
            let names = try? FileManager.default.contentsOfDirectory(atPath: data)
            guard names?.isEmpty == true else { throw BackupError.notEmpty(folder: data) }
            guard chmod(data, 0o700) == 0 else { throw FileCopy.failure("chmod", data) }
        }
        let unfinished = "\(data)/restore.unfinished"
        try FileCopy.makeFolder(unfinished)
        do {
            try fill(unfinished)
            for name in ["answers.key", "register", "queue"] where access("\(unfinished)/\(name)", F_OK) == 0 {
                try FileCopy.rename("\(unfinished)/\(name)", to: "\(data)/\(name)")
            }
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
        guard rmdir(unfinished) == 0 else { throw FileCopy.failure("rmdir", unfinished) }
    }

    private func fill(_ unfinished: String) throws {
        let folders = BackupMaker.folders.filter { folder in
            manifest.files.contains { $0.path.hasPrefix("\(folder)/") } || access("\(self.folder)/\(folder)", F_OK) == 0
        }
        for folder in folders { try FileCopy.makeFolder("\(unfinished)/\(folder)") }
        for file in manifest.files {
            try FileCopy.copy("\(folder)/\(file.path)", to: "\(unfinished)/\(file.path)")
            try check(file, in: unfinished)
        }
        for folder in folders { try FileCopy.synchronize("\(unfinished)/\(folder)") }
    }
}
