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

        func add() -> Int32 {
            let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            withPointer { _ = connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            made.append(line)
            accepted.append(accept(listener, nil, nil))
            return accepted[accepted.count - 1]
        }

        /// Whether the other side has ended the newest line.
        var newestHasEnded: Bool {
            var byte: UInt8 = 0
            return recv(made[made.count - 1], &byte, 1, Int32(MSG_DONTWAIT)) == 0
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

    @Test("One connection too many is cut, in all and from one address, and has room once another has ended")
    func limits() {
        for limits in [ConnectionLimits(total: 2, perAddress: 9), ConnectionLimits(total: 9, perAddress: 2)] {
            let table = ConnectionTable(limits)
            let lines = Lines()
            let first = lines.add()
            #expect(table.accepted(first) == nil && table.accepted(lines.add()) == nil)
            #expect(table.hasRoom(for: "127.0.0.1"))
            let third = lines.add()
            #expect(table.accepted(third) == "127.0.0.1" && lines.newestHasEnded)
            table.ended(third)
            table.ended(first)
            #expect(table.accepted(lines.add()) == nil && table.count == 2)
        }
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
