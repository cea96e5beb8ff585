import Testing
import ZeroMQ

@Suite("What becomes of a sent message")
struct SendOutcomeTests {
    @Test("A router's message to a peer it never knew is unreachable")
    func unknownPeer() throws {
        let router = try Socket(.router, in: Context())
        let outcome = try router.send([.text("JOB")], to: RoutingID(bytes: [0, 1, 2, 3, 4]))
        #expect(outcome == .unreachable)
    }

    @Test("A router's message to a peer that has gone becomes unreachable", arguments: Transport.allCases)
    func gonePeer(transport: Transport) throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let router = try Socket(.router, in: context)
        try router.bind(folder.endpoint(transport))
        let endpoint = try #require(try router.lastEndpoint())
        let peer = try introduceAndLeave(router, endpoint, context)
        let monitor = try Monitor(router)
        let end = ContinuousClock.now + patience
        var outcome = SendOutcome.sent
        while outcome != .unreachable && ContinuousClock.now < end {
            outcome = try router.send([.text("JOB"), .bytes(pattern(100))], to: peer)
            _ = try waitForEvent(monitor, atMost: .milliseconds(20)) { _ in true }
        }
        #expect(outcome == .unreachable)
    }

    private func introduceAndLeave(
        _ router: borrowing Socket, _ endpoint: Endpoint, _ context: Context
    ) throws -> RoutingID {
        let dealer = try Socket(.dealer, in: context)
        try dealer.connect(endpoint)
        try dealer.sendSoon([.text("hello")])
        return try #require(try router.receiveSoon().message?.sender)
    }

    @Test("A dealer without a connection keeps what is sent until there is one")
    func unconnectedDealer() throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let endpoint = try folder.endpoint(.ipc)
        let dealer = try Socket(.dealer, in: context)
        let before = try dealer.send([.text("nowhere")])
        #expect(before == .wouldBlock)
        try dealer.connect(endpoint)
        let connecting = try dealer.send([.text("kept"), .text("whole")])
        #expect(connecting == .sent)

        let router = try Socket(.router, in: context)
        try router.bind(endpoint)
        #expect(try router.receiveSoon().message?.bytes == [ascii("kept"), ascii("whole")])
    }

    @Test("A full queue would block, and everything that was taken arrives whole", arguments: Transport.allCases)
    func highWaterMark(transport: Transport) throws {
        let folder = try TemporaryFolder()
        var options = SocketOptions()
        options.sendHighWaterMark = 3
        options.receiveHighWaterMark = 3
        let link = try Link(folder.endpoint(transport), in: Context(), options: options)
        let peer = try link.introduce()
        let body = pattern(1 << 18)
        var taken = 0
        while try link.router.send([.bytes(body), .bytes(ascii("\(taken)"))], to: peer) == .sent {
            taken += 1
            try #require(taken < 1_000, "the high-water mark never came")
        }
        let outcome = try link.router.send([.text("one more")], to: peer)
        #expect(outcome == .wouldBlock)
        for number in 0..<taken {
            #expect(try link.dealer.receiveSoon().message?.bytes == [body, ascii("\(number)")])
        }
        #expect(taken >= 3)
        let rest = try link.dealer.receive(limits: roomy)
        #expect(rest == nil)
    }

    @Test("A context ends although a peer never reads what was sent to it")
    func endWithUnreadMessages() throws {
        let folder = try TemporaryFolder()
        let endpoint = try folder.endpoint(.ipc)
        let ended = try WakeUp()
        let thread = try SocketThread(name: "leaving") {
            try fillAndLeave(endpoint)
            ended.signal()
        }
        // So little room that most messages must still wait on the other side.
        var options = SocketOptions()
        options.receiveHighWaterMark = 2
        // A side that does not read sees no heartbeat and gives up its connection, which would end the wait too.
        options.heartbeatInterval = .seconds(600)
        let dealer = try Socket(.dealer, in: Context(), options: options)
        try dealer.connect(endpoint)
        try dealer.sendSoon([.text("hello")])
        var poller = Poller()
        _ = poller.add(ended)
        let hasEnded = try poller.wait(timeout: patience)
        try #require(hasEnded, "the context still waits for its unread messages")
        try thread.join()
    }

    private func fillAndLeave(_ endpoint: Endpoint) throws {
        var options = SocketOptions()
        options.linger = .milliseconds(50)
        options.heartbeatInterval = .seconds(600)
        let router = try Socket(.router, in: Context(), options: options)
        try router.bind(endpoint)
        let peer = try #require(try router.receiveSoon().message?.sender)
        let body = Frame(pattern(1 << 18))
        var taken = 0
        while try router.send([.frame(body)], to: peer) == .sent {
            taken += 1
            try #require(taken < 2_000, "the high-water mark never came")
        }
    }

    @Test("Ten thousand messages from four dealers in threads of their own all arrive, once and in order")
    func manyDealers() throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let router = try Socket(.router, in: context)
        try router.bind(folder.endpoint(.ipc))
        let endpoint = try #require(try router.lastEndpoint())
        let threads = try (0..<4).map { number in
            try SocketThread(name: "dealer-\(number)") {
                let dealer = try Socket(.dealer, in: context)
                try dealer.connect(endpoint)
                for count in 0..<2_500 { try dealer.sendSoon([.bytes(ascii("\(number)")), .bytes(ascii("\(count)"))]) }
                // The linger after the body's end is bounded, so the end is told by an answer.
                _ = try dealer.receiveSoon()
            }
        }
        var counts = [String: Int]()
        for _ in 0..<10_000 {
            let message = try #require(try router.receiveSoon().message)
            let texts = message.bytes.map { String(decoding: $0, as: UTF8.self) }
            try #require(texts.count == 2)
            #expect(texts[1] == String(counts[texts[0], default: 0]))
            counts[texts[0], default: 0] += 1
            if texts[1] == "2499" { _ = try router.send([.text("done")], to: try #require(message.sender)) }
        }
        for thread in threads { try thread.join() }
        #expect(counts == ["0": 2_500, "1": 2_500, "2": 2_500, "3": 2_500])
        let rest = try router.receive(limits: roomy)
        #expect(rest == nil)
    }
}
