internal import CZeroMQ

/// One part of a message: bytes that never change, in the memory that libzmq received them into.
///
/// A frame may be kept, read and released by any thread, longer than its socket and context, and sent again without
/// copying. A small frame that was received keeps up to 8 KiB of libzmq's buffer alive: copy its bytes instead of
/// keeping many for long.
///
/// Sendable without the compiler's proof: the C message is written only by the initialisers, which end by turning it
/// into one that libzmq shares by an atomic count; after that reading and copying it change nothing else.
public final class Frame: @unchecked Sendable {
    private let message: UnsafeMutablePointer<zmq_msg_t>

    /// A frame with a copy of `bytes`.
    public convenience init(_ bytes: [UInt8]) {
        self.init { OutgoingFrame.copy(bytes[...], into: $0) }
    }

    /// Takes over a message that was just received and leaves an empty one in its place.
    convenience init(taking received: UnsafeMutablePointer<zmq_msg_t>) {
        self.init { message in
            zmq_msg_init(message)
            zmq_msg_move(message, received)
        }
    }

    private init(_ fill: (UnsafeMutablePointer<zmq_msg_t>) -> Void) {
        message = .allocate(capacity: 1)
        message.initialize(to: zmq_msg_t())
        fill(message)
        // The first copy of a message marks its source as shared, without any lock. Done here, before another thread
        // can see the frame, later copies only count.
        withUnsafeTemporaryAllocation(of: zmq_msg_t.self, capacity: 1) { copy in
            guard let copy = copy.baseAddress else { return }
            zmq_msg_init(copy)
            zmq_msg_copy(copy, message)
            zmq_msg_close(copy)
        }
    }

    deinit {
        zmq_msg_close(message)
        message.deallocate()
    }

    /// The number of bytes.
    public var count: Int { zmq_msg_size(message) }

    /// Lends the bytes to `body`, without copying and checked against leaving it.
    public func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(buffer.bytes)
    }

    /// Lends the bytes to C functions; the pointer must not be used after `body` ends.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(buffer)
    }

    /// The bytes in an array of their own.
    public func copyBytes() -> [UInt8] {
        [UInt8](buffer)
    }

    /// Makes `message`, which must not be initialised, share these bytes.
    func share(with copy: UnsafeMutablePointer<zmq_msg_t>) {
        zmq_msg_init(copy)
        zmq_msg_copy(copy, message)
    }

    private var buffer: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
    }
}
