/// What libzmq asks about a peer that wants to connect (ZeroMQ RFC 27), with a CURVE key that it has proved to own.
public struct AuthenticationRequest: Sendable, Hashable {
    /// The peer's key.
    public let key: CurvePublicKey
    /// The peer's IP address; empty for a probe.
    public let address: String

    /// A request.
    public init(key: CurvePublicKey, address: String) {
        self.key = key
        self.address = address
    }
}

/// What becomes of a peer.
public enum AuthenticationDecision: Sendable, Hashable {
    /// It is let in; its messages carry its key.
    case admit
    /// It is not: it is told so and does not come again by itself.
    case refuse
    /// Not now: it is disconnected and tries again.
    case later
}

extension AuthenticationRequest {
    private static let version = Array("1.0".utf8)
    private static let curve = Array("CURVE".utf8)

    /// What is asked by the frames of a request after the requester's routing id.
    enum Reading: Equatable {
        /// A request that can be decided.
        case asked(AuthenticationRequest, number: [UInt8])
        /// A request for another mechanism, or with credentials that are none.
        case unknown(number: [UInt8])
        /// No request.
        case none
    }

    /// Reads a request: a delimiter, version, number, domain, address, routing id, mechanism, credentials.
    static func read(_ frames: [[UInt8]]) -> Reading {
        guard frames.count >= 7, frames[0].isEmpty, frames[1] == version, frames[2].count <= 255 else { return .none }
        guard frames.count == 8, frames[6] == curve, frames[4].count <= 255, let key = CurvePublicKey(bytes: frames[7])
        else { return .unknown(number: frames[2]) }
        let address = String(decoding: frames[4], as: UTF8.self)
        return .asked(AuthenticationRequest(key: key, address: address), number: frames[2])
    }

    /// The frames that answer a request: a delimiter, version, number, status, text, user id, metadata. `nil` when it
    /// is none.
    static func reply(to frames: [[UInt8]], _ decide: (AuthenticationRequest) -> AuthenticationDecision) -> [[UInt8]]? {
        switch read(frames) {
        case .none: return nil
        case .unknown(let number): return reply(number, "400", "only known CURVE keys are let in")
        case .asked(let request, let number):
            switch decide(request) {
            case .admit: return reply(number, "200", "OK", user: request.key.description)
            case .refuse: return reply(number, "400", "the key is not known here")
            case .later: return reply(number, "300", "too many connections")
            }
        }
    }

    private static func reply(_ number: [UInt8], _ status: String, _ text: String, user: String = "") -> [[UInt8]] {
        [[], version, number, Array(status.utf8), Array(text.utf8), Array(user.utf8), []]
    }
}
