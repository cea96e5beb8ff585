internal import Dispatch

/// One value from one thread to another that waits for it. Only the first value counts.
public final class Handover<Value: Sendable>: Sendable {
    private let value = Lock<Value?>(nil)
    private let given = DispatchSemaphore(value: 0)

    /// A handover that nothing was given to yet.
    public init() {}

    /// Gives the value.
    public func give(_ new: Value) {
        let isFirst = value.withLock { value in
            guard value == nil else { return false }
            value = new
            return true
        }
        if isFirst { given.signal() }
    }

    /// Waits for the value. To be called once.
    public func take() -> Value {
        while true {
            given.wait()
            if let taken = value.withLock({ $0 }) { return taken }
        }
    }
}
