internal import Locks

/// Decides who may connect to the encrypted sockets of a context: the handler of ZAP (ZeroMQ RFC 27), on a thread of
/// its own.
///
/// libzmq asks whoever listens at `inproc://zeromq.zap.01` in the same context, and lets everybody in while nobody
/// does. So it is opened, and ``probe()`` passed, before anything is bound.
public final class Authenticator: Sendable {
    static let endpoint = "inproc://zeromq.zap.01"
    private static let limits = MessageLimits(maximumFrames: 12, maximumBytes: 8_192)

    private let context: Context
    private let wakeUp: WakeUp
    private let thread: SocketThread

    /// Opens the handler; `decide` is called on its thread for each peer whose handshake proved its key.
    /// - Throws: `ZeroMQError` when the context has one already, or no socket or thread is left.
    public init(
        in context: Context, decide: @escaping @Sendable (AuthenticationRequest) -> AuthenticationDecision
    ) throws(ZeroMQError) {
        let wakeUp = try WakeUp()
        let started = Handover<Result<Void, ZeroMQError>>()
        self.context = context
        self.wakeUp = wakeUp
        thread = try SocketThread(name: "zap") {
            do throws(ZeroMQError) {
                let socket = try Socket(.router, in: context)
                try socket.bind(Endpoint(Self.endpoint))
                started.give(.success(()))
                try Self.serve(socket, until: wakeUp, decide)
            } catch {
                started.give(.failure(error))
                if !error.isTermination { throw error }
            }
        }
        try started.take().get()
    }

    private static func serve(
        _ socket: borrowing Socket, until wakeUp: WakeUp,
        _ decide: (AuthenticationRequest) -> AuthenticationDecision
    ) throws(ZeroMQError) {
        var poller = Poller()
        let asked = poller.add(socket)
        let ended = poller.add(wakeUp)
        while true {
            try poller.wait(timeout: nil)
            if poller.isReadable(ended) { return }
            guard poller.isReadable(asked) else { continue }
            while let received = try socket.receive(limits: limits) {
                try answer(received, on: socket, decide)
            }
        }
    }

    private static func answer(
        _ received: Received, on socket: borrowing Socket,
        _ decide: (AuthenticationRequest) -> AuthenticationDecision
    ) throws(ZeroMQError) {
        guard case .message(let message) = received, let sender = message.sender else { return }
        guard let reply = AuthenticationRequest.reply(to: message.frames.map { $0.copyBytes() }, decide) else { return }
        // A handshake that ended meanwhile has nobody left to answer.
        _ = try socket.send(reply.map(OutgoingFrame.bytes), to: sender)
    }

    /// Asks the handler as libzmq does, about a key that nobody has, and wants it turned away: whoever binds an
    /// encrypted socket without this may let everybody in.
    /// - Throws: `ZeroMQError.noAuthenticator` when the answer is another or none comes.
    public func probe() throws(ZeroMQError) {
        let socket = try Socket(.dealer, in: context)
        try socket.connect(Endpoint(Self.endpoint))
        let nobody = [UInt8](repeating: 0, count: CurvePublicKey.bytes)
        let request: [[UInt8]] = [[], Array("1.0".utf8), Array("probe".utf8), [], [], [], Array("CURVE".utf8), nobody]
        guard try socket.send(request.map(OutgoingFrame.bytes)) == .sent else { throw .noAuthenticator }
        var poller = Poller()
        _ = poller.add(socket)
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            try poller.wait(timeout: .milliseconds(100))
            guard let received = try socket.receive(limits: Self.limits) else { continue }
            guard case .message(let message) = received, message.frames.count == 7,
                message.frames[3].copyBytes() == Array("400".utf8)
            else { throw .noAuthenticator }
            return
        }
        throw .noAuthenticator
    }

    /// Ends the handler, once no encrypted socket of its context is open any more.
    public func stop() {
        wakeUp.signal()
    }

    deinit {
        wakeUp.signal()
    }
}
