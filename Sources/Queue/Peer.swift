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

/// A worker process wherever it is connected: host, process number, and its start, since numbers come again.
struct WorkerName: Hashable, CustomStringConvertible {
    let program: String
    let host: String
    let process: Int
    /// The whole name as rows keep it.
    let row: ExactName

    init(_ ready: Ready) {
        program = BoundedName.cut(ready.program)
        host = BoundedName.cut(ready.host)
        process = ready.process
        let start = ready.startedAt.map { " started at \($0)" } ?? ""
        row = ExactName("\(program) on \(host), process \(process)\(start)")
    }

    var description: String { row.text }

    static func == (left: Self, right: Self) -> Bool { left.row == right.row }

    func hash(into hasher: inout Hasher) {
        hasher.combine(row)
    }
}
