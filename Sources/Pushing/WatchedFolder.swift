import Foundation
import GreffierProtocol

/// A folder whose files are pushed, and where they go afterwards.
public struct WatchedFolder {
    private let path: String
    private let settleMilliseconds: Int
    private var ready: [DocumentFile] = []
    private var underWay: [DocumentID: [DocumentFile]] = [:]
    private let clock: FileClock
    private let readFile: @Sendable (DocumentFile) throws -> [UInt8]?
    /// The files that cannot be read, with the reason; they stay where they are and are tried again.
    public private(set) var unreadable: [String: String] = [:]

    /// Makes `done` and `refused` in the folder at `path`.
    /// - Parameters:
    ///   - settleMilliseconds: how long nobody may have written to a file.
    ///   - clock: tells how old a file is.
    ///   - readFile: reads a file, nil when it was changed.
    /// - Throws: an error of Foundation when they cannot be made.
    public init(
        path: String, settleMilliseconds: Int, clock: FileClock = FileClock(),
        readFile: @escaping @Sendable (DocumentFile) throws -> [UInt8]? = { try $0.readUnchanged() }
    ) throws {
        self.clock = clock
        self.readFile = readFile
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        self.settleMilliseconds = settleMilliseconds
        for name in ["done", "refused"] {
            let folder = URL(fileURLWithPath: self.path).appendingPathComponent(name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
    }

    /// Whether no file is left but such as cannot be read.
    public var hasNothingLeft: Bool {
        DocumentFile.files(in: path, isDeep: false).allSatisfy { unreadable[$0.path] != nil }
    }

    /// Looks for files that nobody writes to any more.
    public mutating func hasSettledFiles() -> Bool {
        let now = clock.milliseconds()
        ready = DocumentFile.files(in: path, isDeep: false).filter {
            $0.isSettled(now: now, settleMilliseconds: settleMilliseconds)
        }
        return !ready.isEmpty
    }

    /// The next settled file, or nil.
    /// - Throws: an error of Foundation when a file that is too large cannot be moved.
    public mutating func next() throws -> PushedDocument? {
        while !ready.isEmpty {
            let file = ready.removeFirst()
            guard file.isWithinProtocol else {
                try refuse(file, reason: "too-large: \(file.tooLargeReason)")
                continue
            }
            // A file that cannot be read, or is written to again, stays where it is and stops nobody else's.
            guard let bytes = read(file) else { continue }
            let document = PushedDocument(name: file.name, bytes: bytes)
            underWay[document.id, default: []].append(file)
            return document
        }
        return nil
    }

    /// Moves the document's file away if the broker has it, or never wants it; else it stays and is pushed again.
    /// - Throws: an error of Foundation when it cannot be moved.
    public mutating func finished(_ document: PushedDocument, _ outcome: PushOutcome) throws {
        let files = underWay.removeValue(forKey: document.id) ?? []
        for file in files {
            switch outcome {
            case .accepted, .known, .ended: try move(file, to: "done")
            case .refused(let refused):
                try refuse(file, reason: "\(refused.code.rawValue): \(refused.message)")
            case .busy, .unreachable: break
            }
        }
    }

    private mutating func read(_ file: DocumentFile) -> [UInt8]? {
        do {
            let bytes = try readFile(file)
            unreadable[file.path] = nil
            return bytes
        } catch {
            unreadable[file.path] = error.localizedDescription
            return nil
        }
    }

    private func refuse(_ file: DocumentFile, reason: String) throws {
        guard let target = try move(file, to: "refused") else { return }
        try Data("\(reason)\n".utf8).write(to: target.appendingPathExtension("reason.txt"))
    }

    /// Moves a file; nil when somebody has taken it away, which is theirs to do.
    @discardableResult
    private func move(_ file: DocumentFile, to name: String) throws -> URL? {
        let folder = URL(fileURLWithPath: path).appendingPathComponent(name)
        var target = folder.appendingPathComponent(file.name)
        var number = 1
        while FileManager.default.fileExists(atPath: target.path) {
            number += 1
            target = folder.appendingPathComponent("\(number)-\(file.name)")
        }
        do {
            try FileManager.default.moveItem(at: URL(fileURLWithPath: file.path), to: target)
        } catch {
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            throw error
        }
        return target
    }
}
