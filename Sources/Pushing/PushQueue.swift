import Foundation
import GreffierProtocol

/// The documents that the command line names, read one at a time.
///
/// A file of a folder that somebody still writes is put off, and given up after a while rather than pushed in half.
public struct PushQueue {
    /// How long nobody may have written to a folder's file.
    private static let settleMilliseconds = 1_500
    /// How long an unsettled file is waited for.
    private static let patienceMilliseconds = 60_000

    private struct Item {
        var file: DocumentFile
        var folder: String?
        /// When it was put off for the first time.
        var putOffAt: Int?
    }

    private var items: [Item] = []
    private var nextItem = 0
    private var putOff: [Item] = []
    private var hasStandardInput = false
    private var journals: [String: PushJournal] = [:]
    private var underWay: [DocumentID: [Item]] = [:]
    private let clock: FileClock
    /// How many documents there are to push.
    public private(set) var count = 0
    /// The files that could not be read, with the reason.
    public private(set) var unreadable: [(path: String, reason: String)] = []

    /// The documents under `paths`: files, folders, and `-` for standard input.
    /// - Parameters:
    ///   - journal: where a folder's journal lies, if not in the folder.
    ///   - clock: tells how old a file is, and waits.
    /// - Throws: an error of Foundation when a journal cannot be read or written.
    public init(paths: [String], journal: String?, clock: FileClock = FileClock()) throws {
        self.clock = clock
        for path in paths {
            if path == "-" {
                hasStandardInput = true
            } else {
                try add(URL(fileURLWithPath: path).standardizedFileURL.path, journal: journal)
            }
        }
        count = items.count + (hasStandardInput ? 1 : 0)
    }

    private mutating func add(_ path: String, journal: String?) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            unreadable.append((path, "there is no such file or folder"))
            return
        }
        if isFolder.boolValue {
            let opened = try PushJournal(path: journal ?? path + "/.greffier-push.jsonl")
            let files = DocumentFile.files(in: path, isDeep: true).filter { !opened.contains($0) }
            items += files.map { Item(file: $0, folder: path) }
            journals[path] = opened
        } else if let file = DocumentFile(path: path) {
            items.append(Item(file: file, folder: nil))
        } else {
            unreadable.append((path, "is no regular file"))
        }
    }

    /// The next document, or nil when there is none left.
    /// - Throws: an error of Foundation when standard input cannot be read.
    public mutating func next() throws -> PushedDocument? {
        if hasStandardInput {
            hasStandardInput = false
            let bytes = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
            return PushedDocument(name: "standard-input", bytes: bytes)
        }
        while nextItem < items.count {
            nextItem += 1
            if let document = read(items[nextItem - 1]) { return document }
        }
        return nextPutOff()
    }

    private mutating func read(_ item: Item) -> PushedDocument? {
        let now = clock.milliseconds()
        let isSettled = item.file.isSettled(now: now, settleMilliseconds: Self.settleMilliseconds)
        guard item.file.isWithinProtocol else {
            unreadable.append((item.file.path, item.file.tooLargeReason))
            return nil
        }
        do {
            guard item.folder == nil || isSettled, let bytes = try item.file.readUnchanged() else {
                var late = item
                late.putOffAt = item.putOffAt ?? now
                putOff.append(late)
                return nil
            }
            let document = PushedDocument(name: item.file.name, bytes: bytes)
            underWay[document.id, default: []].append(item)
            return document
        } catch {
            unreadable.append((item.file.path, "\(error.localizedDescription)"))
            return nil
        }
    }

    private mutating func nextPutOff() -> PushedDocument? {
        while !putOff.isEmpty {
            let round = putOff
            putOff = []
            for (index, item) in round.enumerated() {
                if let document = readAgain(item) {
                    putOff += round[(index + 1)...]
                    return document
                }
            }
            if !putOff.isEmpty { clock.wait(200) }
        }
        return nil
    }

    private mutating func readAgain(_ item: Item) -> PushedDocument? {
        guard let current = DocumentFile(path: item.file.path) else {
            unreadable.append((item.file.path, "it is gone"))
            return nil
        }
        guard clock.milliseconds() - (item.putOffAt ?? 0) <= Self.patienceMilliseconds else {
            unreadable.append((item.file.path, "somebody still writes to it: push it again later"))
            return nil
        }
        return read(Item(file: current, folder: item.folder, putOffAt: item.putOffAt))
    }

    /// Notes in the folders' journals that the broker has the document: each of its copies.
    /// - Throws: an error of Foundation when a journal cannot be written.
    public mutating func finished(_ document: PushedDocument, _ outcome: PushOutcome) throws {
        let finished = underWay.removeValue(forKey: document.id) ?? []
        guard outcome.isReceipt else { return }
        for item in finished {
            guard let folder = item.folder else { continue }
            try journals[folder]?.note(item.file, id: document.id.jsonString, outcome: outcome.word)
        }
    }
}
