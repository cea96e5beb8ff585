import Foundation
import Testing

@testable import Storage

@Suite("The data folder")
struct DataFolderTests {
    let temporary = TemporaryFolder()

    @Test("It is created private")
    func created() throws {
        let folder = try DataFolder(path: temporary.path("data"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(try folder.freeBytes() > 0)
    }

    @Test("A folder that others may enter is refused with the cure")
    func openToOthers() throws {
        let path = temporary.path("open")
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        #expect {
            _ = try DataFolder(path: path)
        } throws: { "\($0)".contains("chmod 700") }
    }

    @Test("A second opening is refused with the first one's process, until the first lets go")
    func second() throws {
        do {
            let first = try DataFolder(path: temporary.path)
            #expect {
                _ = try DataFolder(path: temporary.path)
            } throws: { error in
                error as? StorageError
                    == .folderInUse(
                        path: temporary.path, holder: "process \(ProcessInfo.processInfo.processIdentifier)")
            }
            _ = first.path
        }
        _ = try DataFolder(path: temporary.path)
    }

    @Test("A file in its place, or a missing parent, is refused by name", arguments: ["file", "absent/data", ""])
    func unsuitable(name: String) throws {
        _ = FileManager.default.createFile(atPath: temporary.path("file"), contents: Data())
        #expect(throws: StorageError.self) { _ = try DataFolder(path: name.isEmpty ? "" : temporary.path(name)) }
    }
}
