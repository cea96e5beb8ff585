/// How the tools are kept from this host: no network, little to see, few rights.
public enum Isolation: String, Sendable, CaseIterable {
    /// By bubblewrap: no network, no processes or files but the tool's own and the document's, another user.
    case bubblewrap
    /// By `unshare`: no network, no processes but the tool's own; the files of this user can be seen.
    case networkOnly
    /// Not at all: this host lacks bubblewrap and lets nobody make name spaces. Limits hold, and new rights are refused.
    case none

    /// The words before a tool's own, or nil if their program is not here. The tool sees `folder` under ``ToolRunner/folder``
    /// in the sandbox, and under its own path outside of one.
    ///
    /// - Parameter isOld: Whether bubblewrap is older than 0.8, which knows less.
    func command(
        showing folder: String, memoryBytes: Int, in programs: ProgramFolders, isOld: Bool = false
    ) -> [String]? {
        switch self {
        case .bubblewrap:
            programs.path(of: ExternalTool.bubblewrap.rawValue).map {
                [$0] + Self.view + (isOld ? [] : ["--disable-userns", "--size", "\(memoryBytes)"])
                    + Self.scratch + Self.show(folder) + Self.fewProcesses(programs)
            }
        case .networkOnly:
            programs.path(of: "unshare").map {
                // Whatever it starts ends with the first of its processes.
                [$0, "--user", "--map-root-user", "--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"]
            }
        case .none: []
        }
    }

    private static func show(_ folder: String) -> [String] {
        ["--ro-bind", folder, ToolRunner.folderInSandbox, "--chdir", ToolRunner.folderInSandbox]
    }

    /// The only place where a tool may write lies in memory, and has as much as the tool itself may have: the size before
    /// it is its own.
    private static let scratch = ["--tmpfs", "/tmp"]

    /// Inside of the sandbox, whose user name space has a count of its own; outside, those of this user would count.
    private static func fewProcesses(_ programs: ProgramFolders) -> [String] {
        [programs.path(of: "prlimit") ?? "/usr/bin/prlimit", "--nproc=\(mostProcesses)", "--"]
    }

    /// pandoc starts a thread for each processor; the others have one.
    private static let mostProcesses = 256

    /// Programs, libraries and their data, nothing of the host's own.
    private static let view: [String] = [
        "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--die-with-parent", "--new-session",
        "--ro-bind", "/usr", "/usr",
        "--ro-bind-try", "/bin", "/bin", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64",
        "--ro-bind-try", "/etc/fonts", "/etc/fonts", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
        "--proc", "/proc", "--dev", "/dev",
    ]
}
