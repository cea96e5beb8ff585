internal import CZeroMQ

/// A ZeroMQ socket, owned by one place in the code and by the thread that opened it.
///
/// Another thread that uses or releases it stops the program with a sentence that says so. It is closed when its
/// owner lets it go; what was sent may still leave for `SocketOptions.linger`.
public struct Socket: ~Copyable {
    let handle: SocketHandle
    /// What it does.
    public let kind: SocketKind

    /// Opens a socket on the calling thread and sets every option.
    /// - Throws: `ZeroMQError` when an option is out of its range, the context was shut down, or no socket is left.
    public init(_ kind: SocketKind, in context: Context, options: SocketOptions = SocketOptions()) throws(ZeroMQError) {
        let type =
            switch kind {
            case .router: ZMQ_ROUTER
            case .dealer: ZMQ_DEALER
            case .pair: ZMQ_PAIR
            }
        let handle = try SocketHandle(context: context, type: type)
        do throws(ZeroMQError) {
            try options.apply(to: handle, kind: kind)
        } catch {
            handle.close()
            throw error
        }
        self.handle = handle
        self.kind = kind
    }

    deinit {
        handle.close()
    }

    /// Listens at `endpoint`.
    ///
    /// An `ipc` path that another process listens on is taken over without an error: libzmq removes the file first.
    /// Whoever must be alone there needs a lock file beside it.
    /// - Throws: `ZeroMQError`, most often because another program has the port or the folder is missing.
    public func bind(_ endpoint: Endpoint) throws(ZeroMQError) {
        guard zmq_bind(handle.use(), endpoint.description) == 0 else { throw .last(.bind, endpoint: endpoint) }
    }

    /// Connects to `endpoint`, now or as soon as somebody listens there, and again whenever the connection is lost.
    /// - Throws: `ZeroMQError` when the endpoint is no place to connect to.
    public func connect(_ endpoint: Endpoint) throws(ZeroMQError) {
        guard zmq_connect(handle.use(), endpoint.description) == 0 else { throw .last(.connect, endpoint: endpoint) }
    }

    /// The endpoint bound or connected last, with the port that `tcp://…:*` was given; `nil` before any.
    /// - Throws: `ZeroMQError` when the context was shut down.
    public func lastEndpoint() throws(ZeroMQError) -> Endpoint? {
        var buffer = [UInt8](repeating: 0, count: 512)
        var size = buffer.count
        guard zmq_getsockopt(handle.use(), ZMQ_LAST_ENDPOINT, &buffer, &size) == 0 else {
            throw .last(.readOption("lastEndpoint"))
        }
        let text = String(decoding: buffer.prefix(while: { $0 != 0 }), as: UTF8.self)
        return text.isEmpty ? nil : try Endpoint(text)
    }

    /// The options in force as libzmq reports them.
    /// - Throws: `ZeroMQError` when the context was shut down.
    public func optionsInForce() throws(ZeroMQError) -> SocketOptions {
        try SocketOptions(readFrom: handle)
    }

    /// Lets nothing of what was sent leave any more once the socket is closed, whatever its `SocketOptions.linger`.
    /// - Throws: `ZeroMQError` when the context was shut down.
    public func discardUnsent() throws(ZeroMQError) {
        try handle.set("linger", ZMQ_LINGER, Int32(0))
    }

    /// Closes the socket here and now.
    public consuming func close() {}
}

@available(*, unavailable, message: "A socket stays on the thread that opened it.")
extension Socket: Sendable {}
