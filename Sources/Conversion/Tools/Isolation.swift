/// How the tools are kept from this host: no network, little to see, few rights.
public enum Isolation: String, Sendable, CaseIterable {
    /// By bubblewrap: no network, no processes or files but the tool's own and the document's, another user.
    case bubblewrap
    /// By `unshare`: no network; the files of this user can be seen.
    case networkOnly
    /// Not at all: this host lacks bubblewrap and lets nobody make name spaces. Limits hold, and new rights are refused.
    case none

    /// What the operator should know, or nil if all is well.
    public var warning: String? {
        switch self {
        case .bubblewrap: nil
        case .networkOnly:
            "the tools that read PDFs and others run without network but can see files; "
                + "install the Debian package bubblewrap"
        case .none:
            "the tools that read PDFs and others run with limits but without a sandbox; "
                + "install the Debian package bubblewrap and allow user name spaces (sysctl kernel.unprivileged_userns_clone)"
        }
    }

    /// The best that this host allows: each is tried by running `true` in it.
    static func best(in programs: ProgramFolders) -> Isolation {
        guard let probe = programs.path(of: "true") else { return .none }
        return [Isolation.bubblewrap, .networkOnly].first { $0.works(with: probe, in: programs) } ?? .none
    }

    private func works(with probe: String, in programs: ProgramFolders) -> Bool {
        guard let prefix = command(showing: "/tmp", in: programs), let program = prefix.first else { return false }
        let process = BoundedProcess(
            program: program, arguments: prefix.dropFirst() + [probe], environment: ToolRunner.environment,
            outputLimit: 1_024, deadline: .now + .seconds(10))
        return (try? process.run().ending) == .exited(0)
    }

    /// The words before a tool's own, or nil if their program is not here. The tool sees `folder` under ``ToolRunner/folder``
    /// in the sandbox, and under its own path outside of one.
    func command(showing folder: String, in programs: ProgramFolders) -> [String]? {
        switch self {
        case .bubblewrap:
            programs.path(of: ExternalTool.bubblewrap.rawValue).map { [$0] + Self.view + Self.show(folder) }
        case .networkOnly: programs.path(of: "unshare").map { [$0, "--user", "--map-root-user", "--net", "--ipc"] }
        case .none: []
        }
    }

    private static func show(_ folder: String) -> [String] {
        ["--ro-bind", folder, ToolRunner.folderInSandbox, "--chdir", ToolRunner.folderInSandbox]
    }

    /// Programs, libraries and their data, nothing of the host's own.
    private static let view: [String] = [
        "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL",
        "--die-with-parent", "--new-session",
        "--ro-bind", "/usr", "/usr",
        "--ro-bind-try", "/bin", "/bin", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64",
        "--ro-bind-try", "/etc/fonts", "/etc/fonts", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
    ]
}
