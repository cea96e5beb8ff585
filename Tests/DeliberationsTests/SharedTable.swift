import Foundation

/// A table of the domain reference that lies beside the repository, if it is there.
enum SharedTable {
    /// The rows of a file without its header; nil if the file is absent. Fields after the last that a test needs may
    /// hold quoted commas.
    static func rows(_ name: String) -> [[String]]? {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = package.appendingPathComponent("../shared/domain/data/\(name)")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What a test says of a file that is absent.
    static let absence = "../shared/domain/data is not beside this repository: the tables in the tests stand for it"

    /// Whether the reference is there.
    static var isPresent: Bool { rows("holidays.csv") != nil }
}
