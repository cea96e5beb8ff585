import Locks
import Queue
import Storage

/// Hands the machine's operations to the store's thread and its answers to the inbox. Used by the socket's thread.
final class StoreQueue: Sendable {
    private let queue: QueueStore
    private let thread: StoreThread
    private let inbox: EventInbox
    private let notices: NoticeLog
    private let unstored = Lock(0)

    init(_ queue: QueueStore, inbox: EventInbox, notices: NoticeLog) {
        self.queue = queue
        self.notices = notices
        self.inbox = inbox
        thread = StoreThread(store: queue.store) { inbox.wake() }
    }

    /// Bytes that were handed over and are not on the disk yet.
    var unstoredBytes: Int { unstored.withLock { $0 } }

    /// Hands over the operations of one turn, as one unit of work.
    func submit(_ operations: [(Ticket, StoreOperation)], at time: OperationTime) {
        guard !operations.isEmpty else { return }
        let bytes = operations.reduce(0) { $0 + $1.1.bytes }
        unstored.withLock { $0 += bytes }
        thread.submit(bytes: bytes, operations: operations.count) { [queue] transaction in
            try queue.execute(operations.map { $0.1 }, at: time, in: transaction)
        } completion: { [self] result in
            unstored.withLock { $0 -= bytes }
            answer(operations, at: time, result)
        }
    }

    /// Finishes what was handed over and ends the thread.
    func stop() {
        thread.stop()
    }

    private func answer(
        _ operations: [(Ticket, StoreOperation)], at time: OperationTime, _ result: Result<QueueStore.Report, any Error>
    ) {
        switch result {
        case .success(let report):
            if let failure = queue.committed(report) { notices.notErased("\(failure)") }
            var events = zip(operations, report.answers).map { QueueEvent.stored($0.0, .success($1)) }
            events.append(.measured(freeBytes: nil, queuedBytes: report.queuedBytes))
            inbox.post(events, waking: false)
        case .failure(let error):
            let error = error as? StorageError ?? .statement(message: String("\(error)".prefix(300)), sql: "")
            if operations.count > 1, error.concernsOneRecord {
                for operation in operations { submit([operation], at: time) }
            } else {
                inbox.post(operations.map { .stored($0.0, .failure(error)) })
            }
        }
    }
}

extension StorageError {
    /// Whether the same operations one by one would find the one that fails.
    fileprivate var concernsOneRecord: Bool {
        switch self {
        case .statement, .unexpectedValue, .damagedRecord, .unreadableRecord: true
        default: false
        }
    }
}
