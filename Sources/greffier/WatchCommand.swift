import ArgumentParser
import Console
import Foundation
import GreffierProtocol
import Operations
import Pushing

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Push each file that appears in a folder, then move it to its done/ or refused/.",
        discussion:
            "A file is pushed once nobody has written to it for a while, and moved only after the broker's receipt.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var options: PushOptions

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "How many seconds nobody may have written to a file.")
    var settle = 2.0

    @Flag(help: "End when the folder is empty instead of waiting for more.")
    var once = false

    func run() async throws {
        try await reportingErrors {
            let settings = try options.settings(common.configuration())
            var watched = try WatchedFolder(path: folder, settleMilliseconds: Int(settle * 1_000))
            var report = PushReport(isJSON: output.json, total: 1)
            repeat {
                if watched.hasSettledFiles() {
                    var pusher = try Pusher(settings)
                    try pusher.push {
                        try watched.next()
                    } finished: { document, outcome in
                        try watched.finished(document, outcome)
                        report.note(document, outcome)
                    }
                }
                if once, watched.isEmpty { return }
                try await Task.sleep(for: .milliseconds(500))
            } while !Task.isCancelled
        }
    }
}

/// A folder whose files are pushed, and where they go afterwards.
struct WatchedFolder {
    private let path: String
    private let settleMilliseconds: Int
    private var ready: [DocumentFile] = []
    private var underWay: [DocumentID: [DocumentFile]] = [:]

    /// Makes `done` and `refused` in the folder at `path`.
    /// - Throws: `ValidationError` when there is no such folder, or an error of Foundation when they cannot be made.
    init(path: String, settleMilliseconds: Int) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("\(path) is no folder: make it, or name another")
        }
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        self.settleMilliseconds = settleMilliseconds
        for name in ["done", "refused"] {
            let folder = URL(fileURLWithPath: self.path).appendingPathComponent(name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
    }

    /// Whether no file is left.
    var isEmpty: Bool { DocumentFile.files(in: path, isDeep: false).isEmpty }

    /// Looks for files that nobody writes to any more.
    mutating func hasSettledFiles() -> Bool {
        let now = Int(Date().timeIntervalSince1970 * 1_000)
        ready = DocumentFile.files(in: path, isDeep: false).filter {
            $0.isSettled(now: now, settleMilliseconds: settleMilliseconds)
        }
        return !ready.isEmpty
    }

    /// The next settled file, or nil.
    mutating func next() throws -> PushedDocument? {
        while !ready.isEmpty {
            let file = ready.removeFirst()
            guard file.isWithinProtocol else {
                try refuse(file, reason: "too-large: \(file.tooLargeReason)")
                continue
            }
            // A file that cannot be read, or is written to again, stays where it is and stops nobody else's.
            guard let bytes = try? file.readUnchanged() else { continue }
            let document = PushedDocument(name: file.name, bytes: bytes)
            underWay[document.id, default: []].append(file)
            return document
        }
        return nil
    }

    /// Moves the document's file away if the broker has it, or never wants it; else it stays and is pushed again.
    mutating func finished(_ document: PushedDocument, _ outcome: PushOutcome) throws {
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

    private func refuse(_ file: DocumentFile, reason: String) throws {
        let target = try move(file, to: "refused")
        try Data("\(reason)\n".utf8).write(to: target.appendingPathExtension("reason.txt"))
    }

    @discardableResult
    private func move(_ file: DocumentFile, to name: String) throws -> URL {
        let folder = URL(fileURLWithPath: path).appendingPathComponent(name)
        var target = folder.appendingPathComponent(file.name)
        var number = 1
        while FileManager.default.fileExists(atPath: target.path) {
            number += 1
            target = folder.appendingPathComponent("\(number)-\(file.name)")
        }
        try FileManager.default.moveItem(at: URL(fileURLWithPath: file.path), to: target)
        return target
    }
}
