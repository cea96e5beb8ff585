internal import CZeroMQ

/// The C socket behind a `Socket`, known also to the poller and the monitor that watch it, so that neither can ever
/// touch it after it was closed.
final class SocketHandle {
    private var pointer: UnsafeMutableRawPointer?
    private let thread: Int32
    /// Keeps the context from ending while the socket is open.
    let context: Context
    /// Where frames are received before it is known whether they are kept.
    let incoming: UnsafeMutablePointer<zmq_msg_t>
    var isMonitored = false

    init(context: Context, type: Int32) throws(ZeroMQError) {
        guard let pointer = zmq_socket(context.pointer, type) else { throw .last(.createSocket) }
        self.pointer = pointer
        self.context = context
        thread = czmq_thread_id()
        incoming = .allocate(capacity: 1)
        incoming.initialize(to: zmq_msg_t())
        zmq_msg_init(incoming)
    }

    deinit {
        zmq_msg_close(incoming)
        incoming.deallocate()
    }

    var isOpen: Bool { pointer != nil }

    /// The C socket, for one call. Stops the program when the caller is not the thread that opened it: libzmq's
    /// sockets have no locks, and what two threads do to one is undefined (libzmq issues 3200, 3582, 3742).
    func use() -> UnsafeMutableRawPointer {
        requireOwnThread()
        guard let pointer else { fatalError("A ZeroMQ socket was used after it was closed.") }
        return pointer
    }

    func close() {
        requireOwnThread()
        guard let open = pointer else { return }
        stopMonitoring()
        pointer = nil
        zmq_close(open)
    }

    /// Ends the monitor's events while its reader still exists: libzmq writes them with a blocking send, so an I/O
    /// thread that found no reader would wait for ever.
    func stopMonitoring() {
        guard isMonitored, let pointer else { return }
        isMonitored = false
        zmq_socket_monitor(pointer, nil, 0)
    }

    private func requireOwnThread() {
        let caller = czmq_thread_id()
        guard caller != thread else { return }
        fatalError(
            "A ZeroMQ socket was used on thread \(caller), but it was opened on thread \(thread). Open, use and"
                + " release a socket inside one SocketThread body, and post commands to it through a Mailbox.")
    }
}
