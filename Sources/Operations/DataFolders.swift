import Foundation

extension Configuration {
    /// The broker's part of the data folder.
    public var queueFolder: String { dataFolder + "/queue" }

    /// The register's part of the data folder.
    public var registerFolder: String { dataFolder + "/register" }

    /// Makes the data folder, readable by its owner only.
    /// - Throws: ``ConfigurationError`` when it cannot be made, or others may look into it.
    public func prepareDataFolder() throws {
        do {
            let parent = URL(fileURLWithPath: dataFolder).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw cannotBeMade(error.localizedDescription)
        }
        // With its mode from the first moment on: programs that start together look at what another has just made.
        if mkdir(dataFolder, 0o700) != 0 && errno != EEXIST { throw cannotBeMade(String(cString: strerror(errno))) }
        let found = try? FileManager.default.attributesOfItem(atPath: dataFolder)
        guard let mode = found?[.posixPermissions] as? Int, found?[.type] as? FileAttributeType == .typeDirectory else {
            throw problem("is no folder that can be read: choose another")
        }
        if mode & 0o077 != 0 {
            throw problem("others may look into it: run `chmod 700 \(dataFolder)`, or choose another folder")
        }
    }

    private func cannotBeMade(_ reason: String) -> ConfigurationError {
        problem("cannot be made: choose a folder whose parent you may write to (\(reason))")
    }

    private func problem(_ message: String) -> ConfigurationError {
        ConfigurationError(problems: [.init(place: dataFolder, key: "data", message: message)])
    }
}
