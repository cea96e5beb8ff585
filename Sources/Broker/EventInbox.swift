import Locks
import Queue
import ZeroMQ

/// What other threads have to tell the socket's thread. It cannot outgrow what that thread asked for.
final class EventInbox: Sendable {
    let wakeUp: WakeUp
    private let events = Lock<[QueueEvent]>([])

    init() throws(ZeroMQError) {
        wakeUp = try WakeUp()
    }

    /// Leaves events; the reader is woken by ``wake()`` or by this.
    func post(_ new: [QueueEvent], waking: Bool = true) {
        events.withLock { $0.append(contentsOf: new) }
        if waking { wakeUp.signal() }
    }

    func wake() {
        wakeUp.signal()
    }

    func takeAll() -> [QueueEvent] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}
