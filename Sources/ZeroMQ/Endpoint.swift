/// Where a socket listens or connects: a checked ZeroMQ address.
///
/// Accepted forms:
/// - `ipc://path`: a file of this host; at most 107 bytes (`sun_path` of unix(7)). Abstract names (`@…`) and `*` are
///   refused, since no folder's permissions would protect them.
/// - `tcp://host:port`: a name, an IPv4 address, an IPv6 address in brackets, an interface's name or `*` (every
///   interface, to bind only); the port is 1 to 65,535, or `*` for any free one.
/// - `inproc://name`: inside one context; at most 255 bytes.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// The parts of an endpoint.
    public enum Address: Sendable, Hashable {
        /// A Unix socket at this path.
        case ipc(path: String)
        /// A TCP port; `nil` stands for any free port. An IPv6 host keeps its brackets.
        case tcp(host: String, port: UInt16?)
        /// A name inside one context.
        case inproc(name: String)
    }

    /// Longest path of an `ipc` endpoint in bytes.
    public static let maximumPathBytes = 107
    /// Longest name of an `inproc` endpoint in bytes.
    public static let maximumNameBytes = 255

    /// The checked parts.
    public let address: Address

    /// Reads an endpoint as libzmq writes it.
    /// - Throws: `ZeroMQError.invalidEndpoint` with what is wrong with it.
    public init(_ text: String) throws(ZeroMQError) {
        do throws(EndpointProblem) {
            address = try EndpointParser.parse(text)
        } catch {
            throw .invalidEndpoint(text: text, problem: error)
        }
    }

    /// The endpoint of a Unix socket at `path`.
    /// - Throws: `ZeroMQError.invalidEndpoint`, most often because the path is longer than 107 bytes.
    public static func ipc(path: String) throws(ZeroMQError) -> Endpoint {
        try Endpoint("ipc://" + path)
    }

    /// The text that libzmq takes.
    public var description: String {
        switch address {
        case .ipc(let path): "ipc://\(path)"
        case .tcp(let host, let port): "tcp://\(host):\(port.map { String($0) } ?? "*")"
        case .inproc(let name): "inproc://\(name)"
        }
    }

    /// Whether nobody beyond this host can be at the other end: ipc, inproc, and TCP on 127.0.0.0/8, `[::1]` or
    /// `localhost`. What cannot be proved local (a wildcard, an interface, a name) is not.
    public var isLocal: Bool {
        switch address {
        case .ipc, .inproc: true
        case .tcp(let host, _): LoopbackHost.contains(host)
        }
    }

    /// Refuses an endpoint beyond this host, for programs that cannot authenticate their peers.
    /// - Throws: `ZeroMQError.notLocal`.
    public func requireLocal() throws(ZeroMQError) {
        guard isLocal else { throw .notLocal(self) }
    }
}

/// Why a text is no endpoint.
public enum EndpointProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// It starts with none of `ipc://`, `tcp://` and `inproc://`.
    case unknownTransport
    /// Nothing follows the transport.
    case empty
    /// The path of an ipc endpoint has this many bytes, more than `Endpoint.maximumPathBytes`.
    case pathTooLong(bytes: Int)
    /// The path is `*` or starts with `@`: a socket that no folder's permissions protect.
    case unprotectedPath
    /// A control character, which libzmq would cut off or a terminal would obey.
    case controlCharacter
    /// A TCP endpoint without `:port`.
    case missingPort
    /// A port that is neither 1 to 65,535 nor `*`.
    case invalidPort
    /// A host that is neither a name, an IPv4 address, a bracketed IPv6 address nor `*`.
    case invalidHost
    /// The name of an inproc endpoint has this many bytes, more than `Endpoint.maximumNameBytes`.
    case nameTooLong(bytes: Int)

    /// What is wrong and what to write instead.
    public var description: String {
        switch self {
        case .unknownTransport: "it must start with ipc://, tcp:// or inproc://"
        case .empty: "nothing follows the transport: give a path, a host and port, or a name"
        case .pathTooLong(let bytes):
            "its path has \(bytes) bytes and the system allows \(Endpoint.maximumPathBytes): use a shorter folder"
        case .unprotectedPath: "give a path in a folder that only this service may enter; * and @names are open to all"
        case .controlCharacter: "it contains a control character: remove it"
        case .missingPort: "the port is missing: write tcp://host:port"
        case .invalidPort: "its port must be 1 to 65535, or * for any free port"
        case .invalidHost: "its host must be a name, an IPv4 address, an IPv6 address in brackets, or *"
        case .nameTooLong(let bytes): "its name has \(bytes) bytes, more than \(Endpoint.maximumNameBytes)"
        }
    }
}
