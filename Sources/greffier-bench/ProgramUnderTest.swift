import Foundation

/// A program of Greffier, run on a folder of its own.
final class ProgramUnderTest {
    private let child = Process()

    /// Starts the program that lies beside this one.
    init(_ name: String, _ arguments: [String], environment: [String: String] = [:], log: FileHandle) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        child.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name)
        child.arguments = arguments
        child.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        child.standardError = log
        child.standardOutput = log
        try child.run()
    }

    /// What the system says of it.
    var figures: ProcessFigures { ProcessFigures(process: child.processIdentifier) }

    /// Tells it to end and waits until it has.
    func stop() {
        child.terminate()
        child.waitUntilExit()
    }
}

/// A folder for a run, removed at its end.
struct RunFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("greffier-bench-\(getpid())").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func log() throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path + "/log", contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/log"))
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
