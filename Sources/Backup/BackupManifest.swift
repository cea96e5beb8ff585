import Digest
import JSONCodec

/// What a backup is: `manifest.json` in its folder. A folder without it is no backup, or an unfinished one.
public struct BackupManifest: Hashable, Sendable, JSONObject {
    /// The form of the folder; this program writes and reads 1.
    public var format = Self.knownFormat
    /// The version of the program that made it.
    public var version = ""
    /// When its copy of the queue was begun, in seconds since 1970 UTC: what happened later may be missing.
    public var madeAt = 0
    /// The version of the queue's schema, if it has a queue.
    public var queueSchema: Int?
    /// The version of the register's schema, if it has a register.
    public var registerSchema: Int?
    /// The register's id.
    public var register: String?
    /// Every other file of the backup.
    public var files: [File] = []
    /// What was damaged in the store already when it was copied, each as a sentence.
    public var problems: [String] = []

    static let knownFormat = 1
    static let name = "manifest.json"

    /// One file of a backup.
    public struct File: Hashable, Sendable, JSONObject {
        /// Its path in the folder, its parts joined by `/`.
        public var path = ""
        /// Its length.
        public var bytes = 0
        /// Its SHA-256.
        public var sha256 = SHA256Digest(of: [])

        init(path: String, bytes: Int, sha256: SHA256Digest) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
        }

        /// A file of which nothing is known yet.
        public init(blank: JSONBlank) {}

        /// Shows its members to a visitor.
        public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("path", &path)
            visitor.required("bytes", &bytes)
            visitor.required("sha256", &sha256)
        }

        /// Whether the path stays in the folder.
        var isInside: Bool {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        }
    }

    init() {}

    /// A manifest of which nothing is known yet.
    public init(blank: JSONBlank) {}

    /// Shows its members to a visitor.
    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("format", &format)
        visitor.required("version", &version)
        visitor.required("madeAt", &madeAt)
        visitor.optional("queueSchema", &queueSchema)
        visitor.optional("registerSchema", &registerSchema)
        visitor.optional("register", &register)
        visitor.required("files", &files)
        visitor.required("problems", &problems)
    }

    /// How many bytes its files have.
    public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}
