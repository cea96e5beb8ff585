import Foundation
import Testing
import ZeroMQ

@testable import Broker

@Suite("The table of connections")
struct ConnectionTableTests {
    /// A listener and connections to it, by plain sockets.
    private final class Lines {
        let listener: Int32
        var accepted: [Int32] = []
        var made: [Int32] = []
        private var address = sockaddr_in()

        init() {
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            withPointer { _ = bind(listener, $0, size) }
            listen(listener, 10)
            withPointer { _ = getsockname(listener, $0, &size) }
        }

        deinit {
            (made + accepted + [listener]).forEach { close($0) }
        }

        func add(from source: UInt32 = 0x7F00_0001) -> Int32 {
            let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var own = sockaddr_in()
            own.sin_family = sa_family_t(AF_INET)
            own.sin_addr.s_addr = source.bigEndian
            withUnsafePointer(to: &own) { own in
                own.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = bind(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            withPointer { _ = connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            made.append(line)
            accepted.append(accept(listener, nil, nil))
            return accepted[accepted.count - 1]
        }

        /// Whether the other side has ended the newest line.
        var newestHasEnded: Bool { hasEnded(made.count - 1) }

        /// Whether the other side has ended a line, counted from the first.
        func hasEnded(_ index: Int) -> Bool {
            var byte: UInt8 = 0
            return recv(made[index], &byte, 1, Int32(MSG_DONTWAIT)) == 0
        }

        private func withPointer(_ body: (UnsafeMutablePointer<sockaddr>) -> Void) {
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
            }
        }
    }

    private let one: CurvePublicKey
    private let two: CurvePublicKey

    init() throws {
        one = try #require(CurvePublicKey(bytes: [UInt8](repeating: 1, count: 32)))
        two = try #require(CurvePublicKey(bytes: [UInt8](repeating: 2, count: 32)))
    }

    private static let tight = [ConnectionLimits(total: 2, perAddress: 9), ConnectionLimits(total: 9, perAddress: 2)]

    @Test("One connection too many of those with keys is cut, and has room once another has ended", arguments: tight)
    func limits(limits: ConnectionLimits) {
        let table = ConnectionTable(limits)
        let lines = Lines()
        let first = lines.add()
        for line in [first, lines.add()] {
            #expect(table.accepted(line) == nil)
            table.read(MessageOrigin(key: one, descriptor: line), bytes: 1)
        }
        #expect(table.hasRoom(for: "127.0.0.1"))
        let third = lines.add()
        #expect(table.accepted(third) == "127.0.0.1" && lines.newestHasEnded)
        table.ended(third)
        table.ended(first)
        #expect(table.accepted(lines.add()) == nil && table.count == 2)
    }

    @Test("For one connection too many the oldest silent one is cut, and none that has proved a key", arguments: tight)
    func silent(limits: ConnectionLimits) {
        let table = ConnectionTable(limits)
        let lines = Lines()
        let honest = lines.add()
        #expect(table.accepted(honest) == nil)
        table.read(MessageOrigin(key: one, descriptor: honest), bytes: 1)
        #expect(table.accepted(lines.add()) == nil)
        for _ in 1...5 {
            #expect(table.accepted(lines.add()) == "127.0.0.1")
            #expect(lines.hasEnded(lines.made.count - 2) && !lines.newestHasEnded && !lines.hasEnded(0))
            #expect(table.count == 2 && table.hasRoom(for: "127.0.0.1"))
        }
    }

    @Test("More than a handshake is cut from addresses where nobody was let in, and from no others")
    func handshakes() throws {
        let table = ConnectionTable(ConnectionLimits(total: 9, perAddress: 9))
        let lines = Lines()
        let hosts: [UInt32] = [0x7F00_0001, 0x7F00_0002, 0x7F00_0003]
        let descriptors = hosts.map { lines.add(from: $0) }
        for line in descriptors { #expect(table.accepted(line) == nil) }
        table.letIn(one, from: "127.0.0.1")
        table.read(MessageOrigin(key: two, descriptor: descriptors[1]), bytes: 1)
        let bytes = [UInt8](repeating: 7, count: 70_000)
        for line in lines.made { #expect(send(line, bytes, bytes.count, 0) == bytes.count) }
        while table.largestSenders().reduce(0, { $0 + $1.unreadBytes }) < 209_999 {}
        #expect(table.handshakeFloods().map(\.entry.host) == ["127.0.0.3"])
    }

    @Test("The address with most silent connections loses one first")
    func crowds() {
        let table = ConnectionTable(ConnectionLimits(total: 4, perAddress: 9))
        let lines = Lines()
        #expect(table.accepted(lines.add(from: 0x7F00_0003)) == nil)
        for _ in 1...3 { #expect(table.accepted(lines.add(from: 0x7F00_0002)) == nil) }
        #expect(table.accepted(lines.add(from: 0x7F00_0003)) == "127.0.0.2")
        #expect(lines.hasEnded(1) && !lines.hasEnded(0) && !lines.newestHasEnded)
    }

    @Test(
        "Addresses that count as one",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("?:?", "?:?"),
        ])
    func groups(address: String, group: String) {
        #expect(AddressGroup(of: address).description == group)
    }

    @Test("Who sent most without being read is found, with its key where only one can be its")
    func senders() throws {
        let table = ConnectionTable(ConnectionLimits(total: 9, perAddress: 9))
        let lines = Lines()
        let (honest, hostile) = (lines.add(), lines.add())
        for line in [honest, hostile] { #expect(table.accepted(line) == nil) }
        table.letIn(one, from: "127.0.0.1")
        table.letIn(two, from: "127.0.0.1")
        let bytes = [UInt8](repeating: 7, count: 5_000)
        for line in lines.made { #expect(send(line, bytes, bytes.count, 0) == bytes.count) }
        table.read(MessageOrigin(key: one, descriptor: honest), bytes: 4_999)
        var senders = table.largestSenders()
        while senders.reduce(0, { $0 + $1.unreadBytes }) < 5_001 { senders = table.largestSenders() }
        #expect(senders.map(\.connection.descriptor) == [hostile, honest])
        #expect(senders.map(\.unreadBytes) == [5_000, 1])
        #expect(senders.map { table.likelyKey(of: $0) } == [two, one])
        table.letIn(one, from: "127.0.0.1")
        #expect(table.likelyKey(of: senders[0]) == nil)
    }

    @Test("An address that flooded is closed, unless somebody there has proved a key")
    func closing() throws {
        for hasKey in [false, true] {
            let table = ConnectionTable(ConnectionLimits(total: 9, perAddress: 9))
            let lines = Lines()
            let (honest, hostile) = (lines.add(), lines.add())
            for line in [honest, hostile] { #expect(table.accepted(line) == nil) }
            if hasKey { table.read(MessageOrigin(key: one, descriptor: honest), bytes: 0) }
            let sender = try #require(table.largestSenders().first { $0.connection.descriptor == hostile })
            table.cut(sender)
            #expect(lines.newestHasEnded)
            #expect(table.accepted(lines.add()) == (hasKey ? nil : "127.0.0.1"))
        }
    }
}
