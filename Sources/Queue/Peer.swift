import GreffierProtocol
import Storage

/// One connection as the socket names it; it means nothing after the connection is lost.
public struct Peer: Sendable, Hashable {
    /// The socket's name of the connection.
    public let routing: [UInt8]

    /// The connection with this name.
    public init(routing: [UInt8]) {
        self.routing = routing
    }
}

/// A worker process wherever it is connected: host and process number.
struct WorkerName: Hashable, CustomStringConvertible {
    let program: String
    let host: String
    let process: Int

    init(_ ready: Ready) {
        program = BoundedName.cut(ready.program)
        host = BoundedName.cut(ready.host)
        process = ready.process
    }

    var description: String { "\(program) on \(host), process \(process)" }

    static func == (left: Self, right: Self) -> Bool { left.host == right.host && left.process == right.process }

    func hash(into hasher: inout Hasher) {
        hasher.combine(host)
        hasher.combine(process)
    }
}
