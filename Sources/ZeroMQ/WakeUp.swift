internal import CZeroMQ
internal import Glibc

/// Ends a poller's wait from another thread. Signals that come before the poller sees the first are one.
///
/// What was written before `signal()` is visible to the poller's thread after the wait that it ends.
public final class WakeUp: Sendable {
    let descriptor: Int32

    /// Opens its descriptor, an eventfd(2).
    /// - Throws: `ZeroMQError` when the process has too many open files.
    public init() throws(ZeroMQError) {
        descriptor = czmq_eventfd_create()
        guard descriptor >= 0 else { throw .refused(.createWakeUp, code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Ends the wait that is under way or the next one. May be called from any thread; never waits.
    public func signal() {
        var one: UInt64 = 1
        // Fails only when the counter is full, and then the poller is woken anyway.
        while write(descriptor, &one, MemoryLayout<UInt64>.size) < 0 && errno == EINTR {}
    }

    /// Takes back all signals so far. The poller does this; call it before looking at what was signalled.
    func clear() {
        var count: UInt64 = 0
        while read(descriptor, &count, MemoryLayout<UInt64>.size) < 0 && errno == EINTR {}
    }
}
