import ZeroMQ

/// One of the broker's sockets: all that are in clear are one, all that are encrypted another. Used by the thread that
/// opened it.
final class Door {
    /// Names it in a `Peer`: another one each time that it is opened anew, since its connections have gone.
    let number: Int
    /// Whether it is encrypted and asks for keys.
    let isGuarded: Bool
    /// Where it listens, with the ports that were chosen where none were given.
    let endpoints: [Endpoint]
    let socket: Socket
    let monitor: Monitor
    /// Who speaks over its connections.
    var speakers = Speakers()
    /// The connections of one in clear; those of an encrypted one are in the table.
    private var inClear: Set<Int32> = []

    /// Listens.
    /// - Throws: `ZeroMQError`, for instance when somebody else has the port.
    init(
        _ number: Int, _ endpoints: [Endpoint], _ security: SocketSecurity, in context: Context, options: SocketOptions
    ) throws(ZeroMQError) {
        let socket = try Socket(.router, in: context, options: options)
        try socket.protect(security)
        let monitor = try Monitor(socket)
        var bound: [Endpoint] = []
        for endpoint in endpoints {
            if !security.isEncrypted { try endpoint.requireLocal() }
            try socket.bind(endpoint)
            bound.append(try socket.lastEndpoint() ?? endpoint)
        }
        self.number = number
        self.endpoints = bound
        self.socket = socket
        self.monitor = monitor
        isGuarded = security.isEncrypted
    }

    /// Notes a new connection in clear; one past `limit` is cut at once, as all of this host are equal.
    /// - Returns: whether it may stay.
    func acceptInClear(_ descriptor: Int32, limit: Int) -> Bool {
        inClear.insert(descriptor)
        guard inClear.count > limit else { return true }
        Connection(descriptor: descriptor).cut()
        return false
    }

    /// Forgets a connection in clear.
    func endedInClear(_ descriptor: Int32) {
        inClear.remove(descriptor)
    }
}
