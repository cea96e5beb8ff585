import Access
import Foundation
import Glibc
import GreffierProtocol
import Testing
import ZeroMQ

/// A cluster whose broker listens encrypted on a port of this host; everybody connects there.
final class SecureCluster {
    let cluster: Cluster
    let port: UInt16
    let brokerKey: CurvePublicKey

    /// Makes the keys with `greffier keygen` and writes the configuration.
    /// - Parameters:
    ///   - roles: what the key of the cluster's own programs and of the hand tool may do.
    ///   - configuration: what is added to it.
    init(roles: String = "push,operate,work:ingest,work:validate,work:notify", configuration: String = "") async throws
    {
        cluster = try Cluster()
        port = try FreePort.any()
        let folder = cluster.folder
        let broker = try await cluster.keygen("--name", "broker", "--out", folder.path("broker.key"))
        #expect(broker.code == 0, "\(broker.errors)")
        let own = try await cluster.keygen("--role", roles, "--name", "programs", "--out", folder.path("own.key"))
        #expect(own.code == 0, "\(own.errors)")
        brokerKey = try KeyFile.read(folder.path("broker.key")).publicKey
        try folder.write("keys.list", "# who may do what\n" + own.output)
        try folder.write(
            "greffier.yaml",
            """
            endpoint: tcp://127.0.0.1:\(port)
            keys:
              brokerPair: broker.key
              list: keys.list
              own: own.key
              broker: '\(brokerKey)'

            """ + Cluster.configuration + configuration)
    }

    var endpoint: Endpoint { get throws { try Endpoint("tcp://127.0.0.1:\(port)") } }

    /// Adds a key of its own to the list, for a peer that the test plays.
    func admit(_ name: String, _ roles: Set<Role>) throws -> SocketSecurity {
        let pair = try CurveKeyPair()
        let principal = try #require(Principal(name: name, roles: roles))
        let list = cluster.folder.text("keys.list")
        try cluster.folder.write("keys.list", list + AccessList.line(principal, pair.publicKey) + "\n")
        return .client(pair, server: brokerKey)
    }

    /// What the broker has logged.
    var log: String { cluster.folder.text("greffier-broker.log") }
}

extension Cluster {
    /// Runs `greffier keygen`, which has no configuration.
    func keygen(_ arguments: String...) async throws -> CommandRun {
        let unique = folder.path(UUID().uuidString)
        return try await CommandRun(
            of: try RunningProgram(
                ProgramName.greffier.path, ["keygen"] + arguments, output: unique + ".out", errors: unique + ".err"))
    }
}

/// Ports of this host.
enum FreePort {
    /// One that nobody listens on now.
    static func any() throws -> UInt16 {
        let socket = try RawTCP.socket()
        defer { close(socket) }
        var address = RawTCP.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard found else { throw NeverCame(description: "no port is free") }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// Connections that speak nothing or anything but ZeroMQ.
enum RawTCP {
    static func socket() throws -> Int32 {
        let made = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard made >= 0 else { throw NeverCame(description: "no socket: \(String(cString: strerror(errno)))") }
        return made
    }

    /// Attackers come from another address of this host than honest peers.
    static func loopback(port: UInt16, isAttacker: Bool = false) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(isAttacker ? 0x7F00_0002 : 0x7F00_0001).bigEndian
        return address
    }

    /// A connection, or nil if it is not taken.
    static func connect(_ port: UInt16) throws -> Int32? {
        let made = try socket()
        var own = loopback(port: 0, isAttacker: true)
        var address = loopback(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafePointer(to: &own) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(made, $0, size) }
        }
        let isMade = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(made, $0, size) == 0
            }
        }
        if isMade { return made }
        close(made)
        return nil
    }

    /// Sends what can be sent; a connection that the other side ended takes nothing.
    static func send(_ socket: Int32, _ bytes: [UInt8]) {
        _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
}
