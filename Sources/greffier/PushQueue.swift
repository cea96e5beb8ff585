import Foundation
import GreffierProtocol
import Pushing

/// The documents that the command line names, read one at a time.
///
/// A file of a folder that somebody still writes is put off, and given up after a while rather than pushed in half.
struct PushQueue {
    /// How long nobody may have written to a folder's file.
    private static let settleMilliseconds = 1_500
    /// How long an unsettled file is waited for.
    private static let patienceMilliseconds = 60_000

    private struct Item {
        var file: DocumentFile
        var folder: String?
    }

    private var items: [Item] = []
    private var nextItem = 0
    private var putOff: [Item] = []
    private var hasStandardInput = false
    private var journals: [String: PushJournal] = [:]
    private var underWay: [DocumentID: [Item]] = [:]
    private let start = Date()
    /// How many documents there are to push.
    private(set) var count = 0
    /// The files that could not be read, with the reason.
    private(set) var unreadable: [(path: String, reason: String)] = []

    /// The documents under `paths`.
    init(paths: [String], journal: String?) throws {
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
    mutating func next() throws -> PushedDocument? {
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
        let now = Int(Date().timeIntervalSince1970 * 1_000)
        let isSettled = item.file.isSettled(now: now, settleMilliseconds: Self.settleMilliseconds)
        guard item.file.isWithinProtocol else {
            unreadable.append((item.file.path, item.file.tooLargeReason))
            return nil
        }
        do {
            guard item.folder == nil || isSettled, let bytes = try item.file.readUnchanged() else {
                putOff.append(item)
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
            let isPatienceOver = Date().timeIntervalSince(start) * 1_000 > Double(Self.patienceMilliseconds)
            for item in putOff {
                putOff.removeFirst()
                guard let current = DocumentFile(path: item.file.path), !isPatienceOver else {
                    unreadable.append((item.file.path, "somebody still writes to it: push it again later"))
                    continue
                }
                if let document = read(Item(file: current, folder: item.folder)) { return document }
            }
            if !putOff.isEmpty { Thread.sleep(forTimeInterval: 0.2) }
        }
        return nil
    }

    /// Notes in the folders' journals that the broker has the document: each of its copies.
    mutating func finished(_ document: PushedDocument, _ outcome: PushOutcome) throws {
        let finished = underWay.removeValue(forKey: document.id) ?? []
        guard outcome.isReceipt else { return }
        for item in finished {
            guard let folder = item.folder else { continue }
            try journals[folder]?.note(item.file, id: document.id.jsonString, outcome: outcome.word)
        }
    }
}
