import Foundation

/// A folder with a short path, as a socket's path has at most 107 bytes. At its end what still runs there is killed, and
/// it is removed.
final class TestFolder {
    let path: String

    init() throws {
        path = "/tmp/gt-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        ProcessTable.processes(naming: path).forEach { _ = kill($0, SIGKILL) }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of what is called `name` in it.
    func path(_ name: String) -> String { path + "/" + name }

    /// Makes a folder in it.
    func folder(_ name: String) throws -> String {
        let made = path(name)
        try FileManager.default.createDirectory(
            atPath: made, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return made
    }

    /// Writes a file in it.
    @discardableResult
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }

    /// Writes a text file in it.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }

    /// The names in one of its folders, without hidden ones; none if there is no such folder.
    func names(in name: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The text of a file in it; empty if there is none.
    func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }
}

/// The processes of this host, as /proc shows them.
enum ProcessTable {
    /// The processes whose command line names `path`, this one excepted.
    static func processes(naming path: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { $0 != getpid() && commandLine($0).contains(path) }
    }

    /// The processes of the program `name` whose command line names `path`.
    static func processes(of name: String, naming path: String) -> [pid_t] {
        processes(naming: path).filter { commandLine($0).split(separator: " ").first?.hasSuffix("/" + name) == true }
    }

    /// The first child of a process.
    static func child(of process: pid_t) -> pid_t? {
        let children = FileManager.default.contents(atPath: "/proc/\(process)/task/\(process)/children") ?? Data()
        return String(decoding: children, as: UTF8.self).split(separator: " ").first.flatMap { pid_t($0) }
    }

    private static func commandLine(_ process: pid_t) -> String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
        return String(decoding: bytes.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}
