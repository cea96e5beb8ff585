import Foundation

/// What the documentation comments of our sources say of types and their members.
public enum DocumentComments {
    /// The comments by `Type` and `Type.member`, of all Swift files in a folder of `Sources`.
    /// - Throws: an error of the file system.
    public static func all(in folder: String) throws -> [String: String] {
        let root = Repository.root.appendingPathComponent("Sources/\(folder)")
        var comments: [String: String] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: root.path) where file.hasSuffix(".swift") {
            let source = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
            comments.merge(read(source)) { first, _ in first }
        }
        return comments
    }

    private static func read(_ source: String) -> [String: String] {
        var comments: [String: String] = [:]
        var types: [(indentation: Int, name: String)] = []
        var comment: [Substring] = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let code = line.drop { $0 == " " }
            let indentation = line.count - code.count
            if code.hasPrefix("///") {
                comment.append(code.dropFirst(3).drop { $0 == " " })
                continue
            }
            defer { comment = [] }
            if let name = word(of: code, after: ["struct ", "enum "]) {
                types.removeAll { $0.indentation >= indentation }
                types.append((indentation, name))
                comments[name] = text(comment)
            } else if let name = word(of: code, after: ["var ", "let "]),
                let type = types.last(where: { $0.indentation == indentation - 4 })
            {
                comments["\(type.name).\(name)"] = text(comment)
            }
        }
        return comments
    }

    private static func word(of code: Substring, after keywords: [String]) -> String? {
        let declaration = code.hasPrefix("public ") ? code.dropFirst("public ".count) : code
        guard let keyword = keywords.first(where: declaration.hasPrefix) else { return nil }
        let name = declaration.dropFirst(keyword.count).drop { $0 == "`" }
        return String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    private static func text(_ comment: [Substring]) -> String? {
        let paragraph = comment.prefix { !$0.isEmpty }.joined(separator: " ")
        return paragraph.isEmpty ? nil : paragraph.replacingOccurrences(of: "``", with: "`")
    }
}
