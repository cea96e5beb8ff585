import Digest
import Foundation
import GreffierProtocol
import Locks
import Queue
import Storage

/// The thread for what takes time and changes nothing: digests of documents, and the free space of the disk.
final class CheckThread: Sendable {
    enum Check: Sendable {
        case digest(Ticket, DocumentID, any StoredBytes)
        case freeSpace
    }

    private struct State {
        var waiting: [Check] = []
        var isClosed = false
    }

    private let state = Lock(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let store: Store
    private let inbox: EventInbox

    init(store: Store, inbox: EventInbox) {
        self.store = store
        self.inbox = inbox
        let thread = Thread { [self] in run() }
        thread.name = "checks"
        thread.stackSize = 1 << 20
        thread.start()
    }

    func add(_ checks: [Check]) {
        state.withLock { $0.waiting.append(contentsOf: checks) }
        arrivals.signal()
    }

    /// Ends the thread and waits for that.
    func close() {
        state.withLock { $0.isClosed = true }
        arrivals.signal()
        ended.wait()
    }

    private func run() {
        defer { ended.signal() }
        while true {
            arrivals.wait()
            let (checks, isClosed) = state.withLock { state -> ([Check], Bool) in
                defer { state.waiting = [] }
                return (state.waiting, state.isClosed)
            }
            if isClosed { return }
            if !checks.isEmpty { inbox.post(checks.compactMap(result)) }
        }
    }

    private func result(_ check: Check) -> QueueEvent? {
        switch check {
        case .digest(let ticket, let id, let bytes):
            .verified(ticket, matches: bytes.withUnsafeBytes { SHA256Digest(of: $0) } == id.digest)
        case .freeSpace:
            (try? store.freeBytes()).flatMap { $0 }.map { .measured(freeBytes: Int($0), queuedBytes: nil) }
        }
    }
}
