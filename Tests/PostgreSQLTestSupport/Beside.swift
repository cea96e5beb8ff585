import Foundation
import Locks

/// Work on a thread of its own: it blocks, which the threads of tasks must not.
public final class Beside: Sendable {
    private let outcome = Handover<Result<Void, any Error>>()

    /// Begins it.
    public init(_ work: @escaping @Sendable () throws -> Void) {
        Thread { [outcome] in outcome.give(Result { try work() }) }.start()
    }

    /// Waits for its end, and throws what it threw.
    public func wait() throws { try outcome.take().get() }
}
