import Foundation
import JSONCodec

/// What a directory push has done, one JSON line a file, so that a second run goes on where the first stopped.
public struct PushJournal {
    /// A file that the broker has.
    struct Entry: JSONObject, Codable {
        var path: String
        var size: Int
        var modifiedMilliseconds: Int
        var id: String
        var outcome: String

        init(path: String, size: Int, modifiedMilliseconds: Int, id: String, outcome: String) {
            self.path = path
            self.size = size
            self.modifiedMilliseconds = modifiedMilliseconds
            self.id = id
            self.outcome = outcome
        }

        init(blank: JSONBlank) {
            self.init(path: "", size: 0, modifiedMilliseconds: 0, id: "", outcome: "")
        }

        mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("path", &path)
            visitor.required("size", &size)
            visitor.required("modifiedMilliseconds", &modifiedMilliseconds)
            visitor.required("id", &id)
            visitor.required("outcome", &outcome)
        }
    }

    private var done: [String: Entry] = [:]
    private let handle: FileHandle

    /// Opens the journal at `path`, or begins one. A last line that a crash cut off is ignored.
    /// - Throws: an error of Foundation when the file cannot be read or written.
    public init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        }
        handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let lines = [UInt8](try handle.readToEnd() ?? Data()).split(separator: UInt8(ascii: "\n"))
        for line in lines {
            guard let entry = try? Entry(json: Array(line)) else { continue }
            done[entry.path] = entry
        }
        // A cut line gets an end of its own, so that the next entry stands on a line for itself.
        if let last = lines.last, (try? Entry(json: Array(last))) == nil {
            try handle.write(contentsOf: Data("\n".utf8))
        }
    }

    /// Whether the broker has this very version of the file.
    public func contains(_ file: DocumentFile) -> Bool {
        guard let entry = done[file.path] else { return false }
        return entry.size == file.size && entry.modifiedMilliseconds == file.modifiedMilliseconds
    }

    /// Notes that the broker has the file.
    /// - Throws: an error of Foundation when the journal cannot be written.
    public mutating func note(_ file: DocumentFile, id: String, outcome: String) throws {
        let entry = Entry(
            path: file.path, size: file.size, modifiedMilliseconds: file.modifiedMilliseconds, id: id, outcome: outcome)
        done[file.path] = entry
        try handle.write(contentsOf: Data(entry.jsonBytes() + [UInt8(ascii: "\n")]))
    }
}
