import Foundation

/// A table of the domain reference that lies beside the repository, if it is there.
public enum SharedTable {
    /// The rows of a file without its header; nil if the file is absent.
    public static func rows(_ name: String) -> [[String]]? {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = package.appendingPathComponent("../shared/domain/data/\(name)")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(whereSeparator: \.isNewline).dropFirst().map(fields)
    }

    /// The fields of a line, of which some are between quotation marks because they hold commas.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// What a test says of a file that is absent.
    public static let absence =
        "../shared/domain/data is not beside this repository: the tables in the tests stand for it"

    /// Whether the reference is there.
    public static var isPresent: Bool { rows("holidays.csv") != nil }
}
