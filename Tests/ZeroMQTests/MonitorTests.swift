import Testing
import ZeroMQ

/// Takes events until one fits; `nil` when none came in time.
func waitForEvent(
    _ monitor: borrowing Monitor, atMost limit: Duration = patience, _ fits: (ConnectionEvent) -> Bool
) throws -> ConnectionEvent? {
    var poller = Poller()
    _ = poller.add(monitor)
    let end = ContinuousClock.now + limit
    repeat {
        while let event = try monitor.nextEvent() {
            if fits(event) { return event }
        }
        try poller.wait(timeout: .milliseconds(20))
    } while ContinuousClock.now < end
    return nil
}

@Suite("Connection events")
struct MonitorTests {
    @Test("A listener sees itself listen, a peer come, prove itself and go", arguments: Transport.allCases)
    func listener(transport: Transport) throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let router = try Socket(.router, in: context)
        let monitor = try Monitor(router)
        try router.bind(folder.endpoint(transport))
        #expect(try waitForEvent(monitor) { $0.kind == .listening } != nil)

        let dealer = try Socket(.dealer, in: context)
        try dealer.connect(try #require(try router.lastEndpoint()))
        #expect(try waitForEvent(monitor) { $0.kind == .accepted } != nil)
        #expect(try waitForEvent(monitor) { $0.kind == .handshakeSucceeded } != nil)
        dealer.close()
        #expect(try waitForEvent(monitor) { $0.kind == .disconnected } != nil)
    }

    @Test("A dealer sees that nobody answers, then the connection")
    func dealer() throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let endpoint = try folder.endpoint(.ipc)
        let dealer = try Socket(.dealer, in: context)
        let monitor = try Monitor(dealer)
        try dealer.connect(endpoint)
        let retried = try #require(
            try waitForEvent(monitor) { if case .connectRetried = $0.kind { true } else { false } })
        #expect(retried.operatorSentence.contains("nobody answered"))

        let router = try Socket(.router, in: context)
        try router.bind(endpoint)
        #expect(try waitForEvent(monitor) { $0.kind == .connected } != nil)
        #expect(try waitForEvent(monitor) { $0.kind == .handshakeSucceeded } != nil)
    }

    @Test("A program that cannot listen sees why")
    func bindFailed() throws {
        let context = try Context()
        let first = try Socket(.router, in: context)
        try first.bind(Endpoint("tcp://127.0.0.1:*"))
        let second = try Socket(.router, in: context)
        let monitor = try Monitor(second)
        let taken = try #require(try first.lastEndpoint())
        #expect(throws: ZeroMQError.self) { try second.bind(taken) }
        let event = try #require(try waitForEvent(monitor) { $0.isFailure })
        #expect(event.operatorSentence.contains("another program listens there"))
        #expect(event.operatorSentence.contains("127.0.0.1:"))
    }

    @Test("A socket goes on without its monitor, and may have another one later")
    func monitorEnds() throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: Context())
        try watchUntilHandshake(link)
        let monitor = try Monitor(link.router)
        _ = try link.introduce()
        #expect(try monitor.nextEvent() == nil)
    }

    private func watchUntilHandshake(_ link: borrowing Link) throws {
        let monitor = try Monitor(link.dealer)
        _ = try link.introduce()
        _ = try monitor.nextEvent()
    }

    @Test("A monitor that outlives its socket ends in silence")
    func socketEndsFirst() throws {
        let folder = try TemporaryFolder()
        let router = try Socket(.router, in: Context())
        let monitor = try Monitor(router)
        try router.bind(folder.endpoint(.ipc))
        router.close()
        #expect(try waitForEvent(monitor) { $0.kind == .monitorStopped } != nil)
        #expect(try monitor.nextEvent() == nil)
    }

    @Test(
        "Every event is one sentence that starts with its endpoint and is bounded",
        arguments: [
            ConnectionEvent.Kind.listening, .bindFailed(code: 98), .accepted, .acceptFailed(code: 24), .connected,
            .connectDelayed, .connectRetried(after: .milliseconds(100)), .handshakeSucceeded, .disconnected, .closed,
            .handshakeFailed(.mechanismMismatch), .handshakeFailed(.wrongKey), .closeFailed(code: 9), .monitorStopped,
            .handshakeFailed(.protocolViolation(code: 0x1000_0001)), .handshakeFailed(.refused(status: 400)),
            .handshakeFailed(.authenticatorFailed(code: 0x2000_0001)), .handshakeFailed(.interrupted(code: 32)),
        ])
    func sentences(kind: ConnectionEvent.Kind) {
        let endpoint = String(repeating: "x", count: 5_000) + "\n"
        let sentence = ConnectionEvent(kind: kind, endpoint: endpoint).operatorSentence
        #expect(sentence.hasPrefix(String(repeating: "x", count: 200) + "…: "))
        #expect(sentence.hasSuffix("."))
        #expect(sentence.utf8.count < 500)
        #expect(!sentence.contains("\n"))
        #expect(ConnectionEvent(kind: kind, endpoint: "").operatorSentence.hasPrefix("an unnamed endpoint: "))
    }
}
