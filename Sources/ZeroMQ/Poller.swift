internal import CZeroMQ

/// Waits until one of several sockets, descriptors or wake-ups has something to do.
///
/// It is used by one thread, the one that opened its sockets. A socket that was closed is forgotten by itself.
public struct Poller: ~Copyable {
    /// Names one thing that is waited for.
    public struct Token: Sendable, Hashable {
        fileprivate let number: Int
    }

    /// What is waited for.
    public struct Interest: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int16
        /// Bits of the two constants.
        public init(rawValue: Int16) { self.rawValue = rawValue }
        /// Something can be received or read.
        public static let readable = Interest(rawValue: Int16(ZMQ_POLLIN))
        /// Something can be sent or written.
        public static let writable = Interest(rawValue: Int16(ZMQ_POLLOUT))
    }

    private enum Source {
        case socket(SocketHandle)
        case wakeUp(WakeUp)
        case descriptor
    }

    private struct Entry {
        let token: Token
        let source: Source
    }

    /// Both arrays have the same order: `items` is what libzmq reads and writes.
    private var entries: [Entry] = []
    private var items: [zmq_pollitem_t] = []
    private var lastNumber = 0

    /// A poller that waits for nothing yet.
    public init() {}

    /// Waits for a socket too.
    public mutating func add(_ socket: borrowing Socket, for interest: Interest = .readable) -> Token {
        add(.socket(socket.handle), pointer: socket.handle.use(), descriptor: -1, interest)
    }

    /// Waits for the events of a monitor too.
    public mutating func add(_ monitor: borrowing Monitor) -> Token {
        add(.socket(monitor.reader), pointer: monitor.reader.use(), descriptor: -1, .readable)
    }

    /// Waits for a wake-up too. Its signals are taken back when the wait ends.
    public mutating func add(_ wakeUp: WakeUp) -> Token {
        add(.wakeUp(wakeUp), pointer: nil, descriptor: wakeUp.descriptor, .readable)
    }

    /// Waits for an open descriptor too; its owner must remove it before closing it. An error or the other side's end
    /// shows as readable.
    public mutating func add(fileDescriptor: Int32, for interest: Interest = .readable) -> Token {
        add(.descriptor, pointer: nil, descriptor: fileDescriptor, interest)
    }

    private mutating func add(
        _ source: Source, pointer: UnsafeMutableRawPointer?, descriptor: Int32, _ interest: Interest
    ) -> Token {
        lastNumber += 1
        let token = Token(number: lastNumber)
        entries.append(Entry(token: token, source: source))
        items.append(zmq_pollitem_t(socket: pointer, fd: descriptor, events: interest.rawValue, revents: 0))
        return token
    }

    /// Changes what is waited for; an empty interest keeps the place and waits for nothing.
    public mutating func setInterest(_ interest: Interest, of token: Token) {
        guard let index = index(of: token) else { return }
        items[index].events = interest.rawValue
    }

    /// Waits for it no longer.
    public mutating func remove(_ token: Token) {
        guard let index = index(of: token) else { return }
        entries.remove(at: index)
        items.remove(at: index)
    }

    /// Waits until something is ready or the time is over. A signal to the process may end the wait early.
    /// - Parameter timeout: the longest wait; `nil` waits without end, zero only looks.
    /// - Returns: whether anything is ready.
    /// - Throws: `ZeroMQError`, with `isTermination` when the context was shut down.
    @discardableResult
    public mutating func wait(timeout: Duration?) throws(ZeroMQError) -> Bool {
        forgetClosedSockets()
        precondition(!items.isEmpty || timeout != nil, "A poller without sources would wait for ever.")
        let milliseconds = timeout.map { max(0, $0.milliseconds) } ?? -1
        let count = zmq_poll(&items, Int32(items.count), milliseconds)
        guard count >= 0 else {
            let code = zmq_errno()
            for index in items.indices { items[index].revents = 0 }
            if code == EINTR { return false }
            throw .refused(.poll, code: code)
        }
        guard count > 0 else { return false }
        clearWakeUps()
        return true
    }

    /// Whether the last wait found something to receive or read.
    public func isReadable(_ token: Token) -> Bool {
        index(of: token).map { items[$0].revents & Int16(ZMQ_POLLIN | ZMQ_POLLERR) != 0 } ?? false
    }

    /// Whether the last wait found room to send or write.
    public func isWritable(_ token: Token) -> Bool {
        index(of: token).map { items[$0].revents & Int16(ZMQ_POLLOUT) != 0 } ?? false
    }

    private func index(of token: Token) -> Int? {
        entries.firstIndex { $0.token == token }
    }

    private mutating func forgetClosedSockets() {
        for index in entries.indices.reversed() {
            guard case .socket(let handle) = entries[index].source else { continue }
            if handle.isOpen {
                _ = handle.use()
            } else {
                entries.remove(at: index)
                items.remove(at: index)
            }
        }
    }

    private func clearWakeUps() {
        for index in entries.indices where items[index].revents != 0 {
            if case .wakeUp(let wakeUp) = entries[index].source { wakeUp.clear() }
        }
    }
}
