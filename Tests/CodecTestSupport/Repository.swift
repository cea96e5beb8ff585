import Foundation

/// The files of the repository that the tests are about.
public enum Repository {
    /// The top level.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file of `protocol/`.
    /// - Throws: an error of the file system.
    public static func protocolPage(_ name: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent("protocol/\(name)"), encoding: .utf8)
    }

    /// The names of the files in a folder of `protocol/`, sorted.
    /// - Throws: an error of the file system.
    public static func protocolFiles(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("protocol/\(folder)").path)
            .filter { $0.hasSuffix(".json") }.sorted()
    }

    /// Whether files made from the code are written anew: `GREFFIER_RECORD=1 swift test`.
    public static var records: Bool { ProcessInfo.processInfo.environment["GREFFIER_RECORD"] == "1" }

    /// Compares a file of `protocol/` with what the code makes of it, or writes it anew when ``records``.
    /// - Returns: what to do about a difference; nil when there is none.
    /// - Throws: an error of the file system.
    public static func difference(of name: String, from made: String) throws -> String? {
        if records {
            try Data(made.utf8).write(to: root.appendingPathComponent("protocol/\(name)"))
            return nil
        }
        guard let kept = try? protocolPage(name) else {
            return "protocol/\(name) is missing: run the tests once with GREFFIER_RECORD=1 and commit it"
        }
        return kept == made
            ? nil
            : "protocol/\(name) is not what the code makes: run the tests once with GREFFIER_RECORD=1 and look at git diff"
    }
}
