import Foundation
import GreffierProtocol

/// A file on disk at a moment.
public struct DocumentFile: Hashable, Sendable {
    /// Its absolute path.
    public var path: String
    /// How many bytes it has.
    public var size: Int
    /// When it was last written, in milliseconds since 1970 UTC.
    public var modifiedMilliseconds: Int

    /// The regular file at `path` as it is now, or nil if there is none.
    public init?(path: String) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int,
            let modified = attributes[.modificationDate] as? Date
        else { return nil }
        self.path = path
        self.size = size
        modifiedMilliseconds = Int(exactly: (modified.timeIntervalSince1970 * 1_000).rounded()) ?? 0
    }

    /// The file's name without its folder.
    public var name: String { URL(fileURLWithPath: path).lastPathComponent }

    /// Whether the protocol carries a document of this size.
    public var isWithinProtocol: Bool { size <= ProtocolLimits.documentBytes }

    /// Why a file that is not within the protocol is not pushed.
    public var tooLargeReason: String {
        "it has \(size) bytes, and a document at most \(ProtocolLimits.documentBytes): split it"
    }

    /// The bytes, or nil if the file was changed since, or while it was read.
    /// - Throws: an error of Foundation when it cannot be read.
    public func readUnchanged() throws -> [UInt8]? {
        guard DocumentFile(path: path) == self else { return nil }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return DocumentFile(path: path) == self && bytes.count == size ? bytes : nil
    }

    /// Whether nobody has written to it for a while, at the time `now` in milliseconds since 1970 UTC.
    public func isSettled(now: Int, settleMilliseconds: Int) -> Bool {
        now - modifiedMilliseconds >= settleMilliseconds
    }

    /// The regular files under `folder`, hidden ones and those in hidden folders left out, in the order of their paths.
    /// - Parameter isDeep: whether folders within it are looked into.
    public static func files(in folder: String, isDeep: Bool) -> [DocumentFile] {
        let url = URL(fileURLWithPath: folder, isDirectory: true)
        var options: FileManager.DirectoryEnumerationOptions = [.skipsHiddenFiles]
        if !isDeep { options.insert(.skipsSubdirectoryDescendants) }
        let urls = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil, options: options)
        let paths = (urls?.compactMap { ($0 as? URL)?.path } ?? []).sorted()
        return paths.compactMap(DocumentFile.init(path:))
    }
}
