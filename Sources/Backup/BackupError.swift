/// Why a backup cannot be made or restored, each with what a person can do about it.
public enum BackupError: Error, Hashable, Sendable {
    /// The data folder has neither queue nor register.
    case nothing(folder: String)
    /// There is something already where the backup is to be.
    case exists(path: String)
    /// The folder into which to restore is not empty.
    case notEmpty(folder: String)
    /// There is no backup there, or only the beginning of one.
    case noBackup(folder: String, reason: String)
    /// A newer program made it.
    case newer(folder: String, version: String)
    /// A file is not what the manifest says.
    case changed(path: String, reason: String)
    /// The operating system refused something.
    case inputOutput(operation: String, path: String, reason: String)
}

extension BackupError: CustomStringConvertible {
    /// One English sentence for an operator: what failed and the cure.
    public var description: String {
        switch self {
        case .nothing(let folder):
            "\(folder) has neither queue nor register: name the data folder with --data"
        case .exists(let path): "\(path) is there already: choose a new name, a backup never overwrites anything"
        case .notEmpty(let folder):
            "\(folder) is not empty: restore into a new folder, then start the programs with --data on that one"
        case .noBackup(let folder, let reason):
            "\(folder) is no whole backup (\(reason)): choose another one; nothing was restored"
        case .newer(let folder, let version):
            "\(folder) was made by Greffier \(version): install that version, then restore; nothing was restored"
        case .changed(let path, let reason):
            "\(path) is not what was backed up (\(reason)): choose another backup; nothing was restored"
        case .inputOutput(let operation, let path, let reason):
            "\(operation) failed on \(path): \(reason); check the disk and its permissions"
        }
    }
}
