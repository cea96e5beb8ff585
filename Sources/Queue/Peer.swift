import GreffierProtocol
import Storage

/// One connection as the socket names it; it means nothing after the connection is lost.
public struct Peer: Sendable, Hashable {
    /// The socket's name of the connection.
    public let routing: [UInt8]
    /// Which of the broker's sockets the connection belongs to.
    public let door: Int
    /// Who is at the other end, if that was proved; else somebody of this host, who may do everything.
    public let identity: Identity?

    /// The connection with this name.
    public init(routing: [UInt8], door: Int = 0, identity: Identity? = nil) {
        self.routing = routing
        self.door = door
        self.identity = identity
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.door == right.door && left.routing == right.routing
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(door)
        hasher.combine(routing)
    }

    /// The source whose documents alone it may see; nil if it may see all.
    var onlySource: ExactName? {
        guard let identity, !identity.seesAll else { return nil }
        return ExactName(identity.name)
    }
}

/// Who has proved to be at the other end of a connection.
public struct Identity: Sendable, Hashable {
    /// The key by which that was proved.
    public let key: String
    /// What the list of keys calls its owner.
    public let name: String
    /// Whether it may see what others pushed.
    public let seesAll: Bool
    /// The stages whose work it may do.
    public let stages: Set<Stage>

    /// An identity.
    public init(key: String, name: String, seesAll: Bool, stages: Set<Stage>) {
        self.key = key
        self.name = name
        self.seesAll = seesAll
        self.stages = stages
    }

    /// How it ends the names of its workers, so that nobody with another key can speak for them.
    var workerSuffix: String { ", key \(name)" }

    /// What the history says of who did something: what they call themselves, and what was proved.
    func signing(_ by: String) -> String {
        by == name ? name : BoundedText.cut(by, bytes: BoundedName.bytes - 80) + " (key \(name))"
    }
}

/// A worker process wherever it is connected: host, process number, and its start, since numbers come again; and the name
/// of its key, if it has one.
struct WorkerName: Hashable, CustomStringConvertible {
    let program: String
    let host: String
    let process: Int
    /// The whole name as rows keep it.
    let row: ExactName

    init(_ ready: Ready, _ identity: Identity? = nil) {
        program = BoundedName.cut(ready.program)
        host = BoundedName.cut(ready.host)
        process = ready.process
        let start = ready.startedAt.map { " started at \($0)" } ?? ""
        row = ExactName("\(program) on \(host), process \(process)\(start)\(identity?.workerSuffix ?? "")")
    }

    var description: String { row.text }

    static func == (left: Self, right: Self) -> Bool { left.row == right.row }

    func hash(into hasher: inout Hasher) {
        hasher.combine(row)
    }
}
