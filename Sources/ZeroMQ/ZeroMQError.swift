internal import CZeroMQ

/// What went wrong with a socket, and what a person can do about it.
public enum ZeroMQError: Error, Sendable, Hashable, CustomStringConvertible {
    /// libzmq or the system refused an operation; `code` is the number of errno(3) or libzmq's own.
    case refused(Operation, code: Int32, endpoint: Endpoint? = nil)
    /// A text is no endpoint.
    case invalidEndpoint(text: String, problem: EndpointProblem)
    /// An endpoint beyond this host in a program that cannot authenticate its peers.
    case notLocal(Endpoint)
    /// This libzmq was built without CURVE and cannot encrypt.
    case noCurve
    /// Nobody decides who may connect to this process's encrypted sockets.
    case noAuthenticator
    /// A setting is outside its range.
    case outOfRange(name: String, value: Int, allowed: ClosedRange<Int>)
    /// libzmq gave something that its documentation excludes.
    case unexpectedAnswer(Operation)

    /// What was being done.
    public enum Operation: Sendable, Hashable, CustomStringConvertible {
        /// Starting the engine.
        case createContext
        /// Opening a socket.
        case createSocket
        /// Setting the named option.
        case setOption(String)
        /// Reading the named option back.
        case readOption(String)
        /// Listening.
        case bind
        /// Connecting.
        case connect
        /// Sending a message.
        case send
        /// Receiving a message.
        case receive
        /// Waiting for sockets.
        case poll
        /// Watching a socket's connections.
        case monitor
        /// Opening the descriptor that wakes a thread.
        case createWakeUp
        /// Starting a thread.
        case startThread
        /// Making a pair of keys.
        case makeKeys

        /// The operation as it stands after "cannot".
        public var description: String {
            switch self {
            case .createContext: "start ZeroMQ"
            case .createSocket: "open a socket"
            case .setOption(let name): "set the socket option \(name)"
            case .readOption(let name): "read the socket option \(name)"
            case .bind: "listen"
            case .connect: "connect"
            case .send: "send"
            case .receive: "receive"
            case .poll: "wait for sockets"
            case .monitor: "watch a socket's connections"
            case .createWakeUp: "open a wake-up descriptor"
            case .startThread: "start a thread"
            case .makeKeys: "make a pair of keys"
            }
        }
    }

    /// Whether the operation ended because the context was shut down: the normal end of a thread's loop.
    public var isTermination: Bool {
        if case .refused(_, code: czmq_error_terminated(), _) = self { return true }
        return false
    }

    /// One sentence: what could not be done, where, why, and the cure.
    public var description: String {
        switch self {
        case .refused(let operation, let code, let endpoint):
            let place = endpoint.map { " on \(bounded($0.description))" } ?? ""
            return "cannot \(operation)\(place): \(ErrorCure.sentence(code: code, operation: operation))"
        case .invalidEndpoint(let text, let problem):
            return "\"\(bounded(text))\" is no endpoint: \(problem)"
        case .notLocal(let endpoint):
            return "\(bounded(endpoint.description)) can be reached from other hosts, and nothing would be encrypted"
                + " there: set up keys (greffier keygen), or use ipc://, tcp://127.0.0.1:port or tcp://[::1]:port"
        case .noCurve:
            return "this libzmq cannot encrypt (it was built without CURVE): install Debian's libzmq5, which has"
                + " libsodium23"
        case .noAuthenticator:
            return "the authenticator of this process does not answer, and without it anybody would be let in: nothing"
                + " was opened; please report this defect"
        case .outOfRange(let name, let value, let allowed):
            return "\(name) is \(value): it must be \(allowed.lowerBound) to \(allowed.upperBound)"
        case .unexpectedAnswer(let operation):
            return "cannot \(operation): libzmq answered what its documentation excludes; please report this defect"
        }
    }

    /// The error of the libzmq call that has just failed on this thread.
    static func last(_ operation: Operation, endpoint: Endpoint? = nil) -> ZeroMQError {
        .refused(operation, code: zmq_errno(), endpoint: endpoint)
    }

    static func check(_ value: Int, of name: String, in allowed: ClosedRange<Int>) throws(ZeroMQError) {
        guard allowed.contains(value) else { throw .outOfRange(name: name, value: value, allowed: allowed) }
    }
}

/// A text for a sentence: no control characters, at most 200 characters.
func bounded(_ text: String) -> String {
    let cleaned = String(String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { isPrintable($0) ? $0 : "?" }))
    return text.unicodeScalars.count > 200 ? cleaned + "…" : cleaned
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory != .control
}
