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
        return (try MessageToBroker(frames: head, payloadCount: payload.count), payload)
    }
}

extension RefusedMessage {
    /// The answer to a message beyond the limits, naming its document and request where they can be read.
    func refusal(limits: MessageLimits) -> Refused {
        let message: BoundedText =
            reason == .tooManyFrames
            ? "a message has at most \(limits.maximumFrames) frames, this one has \(frameCount)"
            : "a message has at most \(limits.maximumBytes) bytes, this one has \(byteCount)"
        var refused = Refused(code: .tooLarge, message: message)
        let head = firstFrames.prefix(3).map { $0.copyBytes() }
        if let said = try? MessageToBroker(frames: head, payloadCount: 1), case .submit(let submit) = said {
            (refused.id, refused.request) = (submit.id, submit.request)
        }
        return refused
    }
}
