internal import Locks

/// Commands for the thread that owns the sockets, from any other thread or task.
///
/// They come out in the order in which they were posted. It holds a limited number and refuses more instead of
/// growing or making the poster wait.
public final class Mailbox<Element: Sendable>: Sendable {
    /// What became of a posted element.
    public enum PostOutcome: Sendable, Hashable {
        /// The owner will find it.
        case posted
        /// As many as the capacity are waiting: slow down and try again.
        case full
        /// The owner takes no more: it has ended.
        case closed
    }

    private struct State {
        var waiting: [Element] = []
        var isClosed = false
    }

    /// Ends the owner's wait whenever there is something to take; the owner adds it to its poller.
    public let wakeUp: WakeUp
    /// The most elements that wait at once.
    public let capacity: Int
    private let state = Lock(State())

    /// An empty mailbox for at most `capacity` elements, at least 1.
    /// - Throws: `ZeroMQError` when the capacity is not positive or the process has too many open files.
    public init(capacity: Int) throws(ZeroMQError) {
        try ZeroMQError.check(capacity, of: "capacity", in: 1...Int.max)
        self.capacity = capacity
        wakeUp = try WakeUp()
    }

    /// Leaves an element for the owner and wakes it.
    public func post(_ element: Element) -> PostOutcome {
        let (outcome, isFirst) = state.withLock { state -> (PostOutcome, Bool) in
            if state.isClosed { return (.closed, false) }
            guard state.waiting.count < capacity else { return (.full, false) }
            state.waiting.append(element)
            return (.posted, state.waiting.count == 1)
        }
        // The others wake nobody: the owner takes all at once, so it still has to come for the first.
        if isFirst { wakeUp.signal() }
        return outcome
    }

    /// Takes all elements, oldest first.
    public func takeAll() -> [Element] {
        state.withLock { state in
            let taken = state.waiting
            state.waiting = []
            return taken
        }
    }

    /// Takes no more elements and answers those that were left, so that the owner can still answer for them.
    public func close() -> [Element] {
        state.withLock { state in
            let taken = state.waiting
            state.waiting = []
            state.isClosed = true
            return taken
        }
    }
}
