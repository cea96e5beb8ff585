internal import CZeroMQ
internal import Synchronization

/// The connection events of one socket, read on the socket's own thread.
///
/// Take them whenever the poller says so: they wait in memory until then. At most one monitor watches a socket.
public struct Monitor: ~Copyable {
    private let watched: SocketHandle
    let reader: SocketHandle

    private static let count = Atomic<UInt64>(0)

    /// Watches `socket`: open it before binding or connecting, to miss nothing.
    /// - Throws: `ZeroMQError` when no socket is left or the context was shut down.
    public init(_ socket: borrowing Socket) throws(ZeroMQError) {
        let watched = socket.handle
        precondition(!watched.isMonitored, "A socket has at most one monitor.")
        let name = "inproc://monitor-\(Self.count.add(1, ordering: .relaxed).newValue)"
        guard zmq_socket_monitor(watched.use(), name, ZMQ_EVENT_ALL) == 0 else { throw .last(.monitor) }
        watched.isMonitored = true
        do throws(ZeroMQError) {
            reader = try Self.openReader(name, context: watched.context)
        } catch {
            watched.stopMonitoring()
            throw error
        }
        self.watched = watched
    }

    private static func openReader(_ name: String, context: Context) throws(ZeroMQError) -> SocketHandle {
        let reader = try SocketHandle(context: context, type: ZMQ_PAIR)
        do throws(ZeroMQError) {
            try reader.set("linger", ZMQ_LINGER, Int32(0))
            // No limit here: libzmq's I/O threads write events with a blocking send, and a full queue would stop them
            // and with them every connection of the process.
            try reader.set("receiveHighWaterMark", ZMQ_RCVHWM, Int32(0))
            guard zmq_connect(reader.use(), name) == 0 else { throw .last(.monitor) }
        } catch {
            reader.close()
            throw error
        }
        return reader
    }

    deinit {
        if watched.isOpen { watched.stopMonitoring() }
        reader.close()
    }

    /// The next event if there is one, without waiting.
    /// - Throws: `ZeroMQError`, with `isTermination` when the context was shut down.
    public func nextEvent() throws(ZeroMQError) -> ConnectionEvent? {
        while try receiveFrame() {
            let header = UnsafeRawBufferPointer(incoming: reader.incoming)
            guard header.count == 6, zmq_msg_more(reader.incoming) != 0 else { throw .unexpectedAnswer(.monitor) }
            let number = header.loadUnaligned(as: UInt16.self)
            let value = header.loadUnaligned(fromByteOffset: 2, as: Int32.self)
            guard try receiveFrame() else { throw .unexpectedAnswer(.monitor) }
            let endpoint = String(decoding: UnsafeRawBufferPointer(incoming: reader.incoming), as: UTF8.self)
            if let kind = ConnectionEvent.Kind(number: Int32(number), value: value) {
                let hasDescriptor = kind == .accepted || kind == .disconnected
                return ConnectionEvent(kind: kind, endpoint: endpoint, descriptor: hasDescriptor ? value : nil)
            }
        }
        return nil
    }

    private func receiveFrame() throws(ZeroMQError) -> Bool {
        while zmq_msg_recv(reader.incoming, reader.use(), ZMQ_DONTWAIT) < 0 {
            let code = zmq_errno()
            if code == EAGAIN { return false }
            guard code == EINTR else { throw .refused(.monitor, code: code) }
        }
        return true
    }
}

@available(*, unavailable, message: "A monitor stays on its socket's thread.")
extension Monitor: Sendable {}
