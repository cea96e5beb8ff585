import Foundation
import Testing

@testable import Pushing

@Suite("The journal of a folder's push")
struct JournalTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("A second run knows what the first has pushed, until a file changes")
    func resumes() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("a.txt").path
            try Data("un".utf8).write(to: URL(fileURLWithPath: path))
            let file = try #require(DocumentFile(path: path))
            let journal = folder.appendingPathComponent(".journal").path
            var first = try PushJournal(path: journal)
            #expect(!first.contains(file))
            try first.note(file, id: "x", outcome: "accepted")
            #expect(try PushJournal(path: journal).contains(file))
            try Data("deux mots".utf8).write(to: URL(fileURLWithPath: path))
            let changed = try #require(DocumentFile(path: path))
            #expect(try !PushJournal(path: journal).contains(changed))
        }
    }

    @Test("A last line that a crash cut off is ignored, and the next entry is not lost with it")
    func cutLine() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("a.txt").path
            try Data("un".utf8).write(to: URL(fileURLWithPath: path))
            let file = try #require(DocumentFile(path: path))
            let journal = folder.appendingPathComponent(".journal")
            try Data("{\"path\":\"/x\",\"si".utf8).write(to: journal)
            var opened = try PushJournal(path: journal.path)
            try opened.note(file, id: "x", outcome: "accepted")
            #expect(try PushJournal(path: journal.path).contains(file))
        }
    }

    @Test("A file that was changed since it was seen is not read")
    func changedFile() throws {
        try withFolder { folder in
            let url = folder.appendingPathComponent("a.txt")
            try Data("un".utf8).write(to: url)
            let file = try #require(DocumentFile(path: url.path))
            #expect(try file.readUnchanged() == Array("un".utf8))
            try Data("un de plus".utf8).write(to: url)
            #expect(try file.readUnchanged() == nil)
        }
    }

    @Test("Hidden files are no documents, and folders within are looked into only when asked")
    func listing() throws {
        try withFolder { folder in
            let inner = folder.appendingPathComponent("b")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            for name in ["z.txt", ".hidden", "b/c.txt"] {
                try Data("x".utf8).write(to: folder.appendingPathComponent(name))
            }
            #expect(DocumentFile.files(in: folder.path, isDeep: false).map(\.name) == ["z.txt"])
            #expect(DocumentFile.files(in: folder.path, isDeep: true).map(\.name) == ["c.txt", "z.txt"])
        }
    }
}
