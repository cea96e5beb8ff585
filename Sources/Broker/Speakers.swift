import ZeroMQ

/// Which peer speaks over which of a socket's connections: so the end of a connection is the end of a peer.
///
/// There are no more than connections, as one that has ended is forgotten.
struct Speakers {
    private var routings: [Int32: [UInt8]] = [:]

    /// Notes who a message came from.
    mutating func note(_ received: Received) {
        let (sender, origin) =
            switch received {
            case .message(let message): (message.sender, message.origin)
            case .refused(let refused): (refused.sender, refused.origin)
            }
        guard let sender, let descriptor = origin?.descriptor else { return }
        routings[descriptor] = sender.bytes
    }

    /// The connection with a descriptor has ended.
    /// - Returns: who spoke over it, if somebody did.
    mutating func ended(_ descriptor: Int32) -> [UInt8]? {
        routings.removeValue(forKey: descriptor)
    }
}
