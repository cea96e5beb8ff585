internal import CZeroMQ

/// One part of a message to be sent.
public enum OutgoingFrame: Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// A part of an array.
    case slice(ArraySlice<UInt8>)
    /// A text fixed in the program, such as a verb.
    case text(StaticString)
    /// A frame that was received before, sent again without copying.
    case frame(Frame)

    /// The number of bytes.
    public var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .slice(let slice): slice.count
        case .text(let text): text.utf8CodeUnitCount
        case .frame(let frame): frame.count
        }
    }

    /// Makes `message`, which must not be initialised, carry these bytes.
    func fill(_ message: UnsafeMutablePointer<zmq_msg_t>) {
        switch self {
        case .bytes(let bytes):
            if bytes.count > LentArray.threshold {
                LentArray.lend(bytes, to: message)
            } else {
                Self.copy(bytes[...], into: message)
            }
        case .slice(let slice):
            Self.copy(slice, into: message)
        case .text(let text):
            text.withUTF8Buffer { Self.copy(UnsafeRawBufferPointer($0), into: message) }
        case .frame(let frame):
            frame.share(with: message)
        }
    }

    static func copy(_ bytes: ArraySlice<UInt8>, into message: UnsafeMutablePointer<zmq_msg_t>) {
        bytes.withUnsafeBytes { copy($0, into: message) }
    }

    private static func copy(_ bytes: UnsafeRawBufferPointer, into message: UnsafeMutablePointer<zmq_msg_t>) {
        guard zmq_msg_init_size(message, bytes.count) == 0 else {
            fatalError("No memory for a message of \(bytes.count) bytes.")
        }
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        zmq_msg_data(message).copyMemory(from: source, byteCount: bytes.count)
    }
}

/// An array whose memory libzmq reads until it has sent it, instead of a copy.
///
/// An array of bytes on Linux is one heap object that neither moves nor changes while somebody holds a reference: a
/// writer elsewhere gets a copy of its own. The reference held here is released by libzmq, on any thread.
private final class LentArray: Sendable {
    /// Up to so many bytes a copy is cheaper than a reference that another thread releases.
    static let threshold = 4_096

    private let bytes: [UInt8]

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func lend(_ bytes: [UInt8], to message: UnsafeMutablePointer<zmq_msg_t>) {
        let reference = Unmanaged.passRetained(LentArray(bytes))
        let status = bytes.withUnsafeBytes { buffer in
            zmq_msg_init_data(
                message, UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count,
                { _, hint in
                    guard let hint else { return }
                    Unmanaged<LentArray>.fromOpaque(hint).release()
                }, reference.toOpaque())
        }
        guard status == 0 else { fatalError("No memory for a message of \(bytes.count) bytes.") }
    }
}
