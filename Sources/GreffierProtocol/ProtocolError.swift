import JSONCodec

/// Why some frames are no message of this protocol.
public enum ProtocolError: Error, Equatable, CustomStringConvertible {
    /// There are fewer than three frames, or more than ``ProtocolLimits/frames``.
    case frameCount(Int)
    /// The first frame is not a protocol tag.
    case notGreffier
    /// The first frame names another version.
    case version(BoundedText)
    /// The verb is not one that may come from that side.
    case unknownVerb(BoundedText)
    /// The header is longer than ``ProtocolLimits/headerBytes``.
    case headerTooLarge(Int)
    /// The header is not the JSON of its verb.
    case badHeader(verb: String, JSONError)
    /// The payload has another number of frames than the verb has.
    case payloadCount(verb: String, found: Int)

    /// The code under which a broker answers.
    public var refusalCode: RefusalCode {
        switch self {
        case .frameCount(let count): count > ProtocolLimits.frames ? .tooLarge : .malformed
        case .notGreffier: .malformed
        case .version: .version
        case .unknownVerb: .unknownVerb
        case .headerTooLarge: .tooLarge
        case .badHeader: .badHeader
        case .payloadCount: .wrongPayload
        }
    }

    public var description: String {
        switch self {
        case .frameCount(let count):
            "a message has 3 to \(ProtocolLimits.frames) frames (tag, verb, header, payload), this one has \(count)"
        case .notGreffier: "the first frame is not \(Wire.tag): something else speaks on this socket"
        case .version(let tag): "the peer speaks \(tag), this program \(Wire.tag): run programs of one version"
        case .unknownVerb(let verb): "no message is called \(verb)"
        case .headerTooLarge(let count):
            "a header has at most \(ProtocolLimits.headerBytes) bytes, this one has \(count)"
        case .badHeader(let verb, let error): "the header of \(verb) is wrong: \(error)"
        case .payloadCount(let verb, let found): "\(verb) does not have \(found) payload frames"
        }
    }
}
