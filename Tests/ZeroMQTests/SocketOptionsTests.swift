import Testing
import ZeroMQ

@Suite("Socket options")
struct SocketOptionsTests {
    @Test("libzmq has every default in force", arguments: [SocketKind.router, .dealer, .pair])
    func defaults(kind: SocketKind) throws {
        let socket = try Socket(kind, in: Context())
        #expect(try socket.optionsInForce() == SocketOptions())
    }

    @Test("libzmq has every changed option in force")
    func changed() throws {
        var options = SocketOptions()
        options.linger = .milliseconds(11)
        options.maximumFrameBytes = 2 << 30
        options.sendHighWaterMark = 12
        options.receiveHighWaterMark = 13
        options.handshakeInterval = .milliseconds(14)
        options.heartbeatInterval = .milliseconds(150)
        options.heartbeatTimeout = .milliseconds(160)
        options.reconnectInterval = .milliseconds(17)
        options.maximumReconnectInterval = .milliseconds(18)
        options.connectTimeout = .milliseconds(190)
        options.backlog = 20
        options.ipv6 = true
        let socket = try Socket(.dealer, in: Context(), options: options)
        #expect(try socket.optionsInForce() == options)
    }

    @Test("An option outside its range is refused by its name", arguments: OptionOutOfRange.all)
    func outOfRange(example: OptionOutOfRange) throws {
        var options = SocketOptions()
        example.spoil(&options)
        let error = #expect(throws: ZeroMQError.self) { try openAndClose(options) }
        guard case .outOfRange(let name, _, _) = error else {
            Issue.record("not refused for its range: \(String(describing: error))")
            return
        }
        #expect(name.hasPrefix(example.name))
    }

    private func openAndClose(_ options: SocketOptions) throws {
        let socket = try Socket(.dealer, in: Context(), options: options)
        socket.close()
    }

    @Test("A context's numbers are checked", arguments: [(0, 10), (65, 10), (1, 0), (1, 65_536)])
    func context(ioThreads: Int, maximumSockets: Int) {
        #expect(throws: ZeroMQError.self) { try Context(ioThreads: ioThreads, maximumSockets: maximumSockets) }
    }

    @Test("A frame larger than the limit ends its connection, and the next message arrives on a new one")
    func maximumFrameBytes() throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        var options = SocketOptions()
        options.maximumFrameBytes = 1_000
        let link = try Link(folder.endpoint(.ipc), in: context, options: options)
        let monitor = try Monitor(link.router)
        _ = try link.introduce()
        try link.dealer.sendSoon([.bytes(pattern(1_001))])
        #expect(try waitForEvent(monitor) { $0.kind == .disconnected } != nil)
        // A message that was given to the old connection went with it.
        #expect(try waitForEvent(monitor) { $0.kind == .handshakeSucceeded } != nil)
        try link.dealer.sendSoon([.bytes(pattern(1_000))])
        #expect(try link.router.receiveSoon().message?.bytes == [pattern(1_000)])
    }

    @Test("A dealer speaks to an IPv6 address when it is told to")
    func ipv6() throws {
        var options = SocketOptions()
        options.ipv6 = true
        let link = try Link(Endpoint("tcp://[::1]:*"), in: Context(), options: options)
        try link.dealer.sendSoon([.text("six")])
        #expect(try link.router.receiveSoon().message?.bytes == [ascii("six")])
    }
}

struct OptionOutOfRange: Sendable, CustomStringConvertible {
    let name: String
    let spoil: @Sendable (inout SocketOptions) -> Void
    var description: String { name }

    static let all = [
        OptionOutOfRange(name: "linger") { $0.linger = .milliseconds(-1) },
        OptionOutOfRange(name: "linger") { $0.linger = .seconds(Int64.max) },
        OptionOutOfRange(name: "maximumFrameBytes") { $0.maximumFrameBytes = 0 },
        OptionOutOfRange(name: "sendHighWaterMark") { $0.sendHighWaterMark = 0 },
        OptionOutOfRange(name: "receiveHighWaterMark") { $0.receiveHighWaterMark = 0 },
        OptionOutOfRange(name: "handshakeInterval") { $0.handshakeInterval = .zero },
        OptionOutOfRange(name: "heartbeatInterval") { $0.heartbeatInterval = .zero },
        OptionOutOfRange(name: "heartbeatTimeout") { $0.heartbeatTimeout = .zero },
        OptionOutOfRange(name: "reconnectInterval") { $0.reconnectInterval = .zero },
        OptionOutOfRange(name: "maximumReconnectInterval") { $0.maximumReconnectInterval = .milliseconds(99) },
        OptionOutOfRange(name: "connectTimeout") { $0.connectTimeout = .zero },
        OptionOutOfRange(name: "backlog") { $0.backlog = 0 },
    ]
}
