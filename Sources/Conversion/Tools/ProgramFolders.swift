import Glibc

/// The folders in which programs are looked for.
public struct ProgramFolders: Hashable, Sendable {
    private let folders: [String]

    /// Those that Debian's packages and this host's administrator fill. The environment's PATH is not asked: a worker
    /// started from a strange place must not run strange tools.
    public static let standard = ProgramFolders(["/usr/local/bin", "/usr/bin", "/bin"])

    /// These folders, the first first.
    public init(_ folders: [String]) {
        self.folders = folders
    }

    /// The path of the program called `name`, or nil if there is none that this user may run.
    func path(of name: String) -> String? {
        folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
