import GreffierProtocol
import Storage
import ZeroMQ

/// A frame goes from the wire to the store as it is.
extension Frame: StoredBytes {}

extension StoredBytes {
    /// The bytes as they leave, without a copy where the store read them into an array.
    var outgoing: OutgoingFrame {
        switch self {
        case let frame as Frame: .frame(frame)
        case let array as ByteArray: .bytes(array.bytes)
        default: .bytes(withUnsafeBytes { Array($0) })
        }
    }
}

extension Message {
    /// What a peer says, and its payload frames.
    /// - Throws: `ProtocolError`.
    func toBroker() throws(ProtocolError) -> (said: MessageToBroker, payload: [Frame]) {
        let payload = Array(frames.dropFirst(3))
        let head = frames.prefix(3).map { $0.copyBytes() }
        do throws(ProtocolError) {
            return (try MessageToBroker(frames: head, payloadCount: payload.count), payload)
        } catch {
            // A result in the wrong number of frames ends its lease: whoever knows the stage says so with its token.
            guard case .payloadCount = error, let said = try? MessageToBroker(frames: head, payloadCount: 0),
                case .done = said
            else { throw error }
            return (said, payload)
        }
    }
}

extension RefusedMessage {
    /// What is wrong with a message beyond the limits.
    func problem(limits: MessageLimits) -> BoundedText {
        reason == .tooManyFrames
            ? "a message has at most \(limits.maximumFrames) frames, this one has \(frameCount)"
            : "a message has at most \(limits.maximumBytes) bytes, this one has \(byteCount)"
    }

    /// What the peer said without its payload, where that can be read: a `SUBMIT` or a `DONE`.
    var said: MessageToBroker? {
        try? MessageToBroker(frames: firstFrames.prefix(3).map { $0.copyBytes() }, payloadCount: 1)
    }
}
