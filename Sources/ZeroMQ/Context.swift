internal import CZeroMQ

/// libzmq's engine: its I/O threads and the list of its sockets. One for a process is enough.
///
/// Sockets keep their context alive, so it ends after the last of them. Ending it waits for what the sockets still
/// had to send, at most as long as the longest `SocketOptions.linger`.
///
/// Sendable without the compiler's proof: the pointer never changes, and libzmq documents contexts as thread-safe.
public final class Context: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// Starts an engine.
    /// - Parameters:
    ///   - ioThreads: threads that move bytes; one is enough below a gigabyte a second. 1 to 64.
    ///   - maximumSockets: sockets open at once, monitors counted twice. 1 to 65,535.
    /// - Throws: `ZeroMQError` when a number is out of its range or the system has no memory or descriptors left.
    public init(ioThreads: Int = 1, maximumSockets: Int = 128) throws(ZeroMQError) {
        try ZeroMQError.check(ioThreads, of: "ioThreads", in: 1...64)
        try ZeroMQError.check(maximumSockets, of: "maximumSockets", in: 1...65_535)
        guard let pointer = zmq_ctx_new() else {
            throw .last(.createContext)
        }
        self.pointer = pointer
        guard zmq_ctx_set(pointer, ZMQ_IO_THREADS, Int32(ioThreads)) == 0,
            zmq_ctx_set(pointer, ZMQ_MAX_SOCKETS, Int32(maximumSockets)) == 0
        else {
            throw .last(.createContext)
        }
    }

    /// Makes every operation on this context's sockets end now with `ZeroMQError.isTermination`, waits included.
    ///
    /// May be called from any thread and more than once. The sockets must still be released by their own threads.
    public func shutdown() {
        zmq_ctx_shutdown(pointer)
    }

    deinit {
        // A signal interrupts the wait, never the termination: it is taken up again.
        while zmq_ctx_term(pointer) != 0 && zmq_errno() == EINTR {}
    }

    /// The version of libzmq that runs, as "4.3.4".
    public static var libraryVersion: String {
        var major: Int32 = 0
        var minor: Int32 = 0
        var patch: Int32 = 0
        zmq_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }
}
