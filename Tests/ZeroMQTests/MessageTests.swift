import Locks
import Testing
import ZeroMQ

@Suite("Messages")
struct MessageTests {
    @Test("Every kind of frame arrives as it was sent and is answered", arguments: Transport.allCases)
    func roundTrip(transport: Transport) throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(transport), in: Context())
        let small = pattern(200)
        let large = pattern(1 << 20)
        try link.dealer.sendSoon([
            .text("VERB"), .bytes(small), .bytes([]), .slice(large[1_000..<9_000]), .bytes(large), .frame(Frame(small)),
        ])
        let request = try #require(try link.router.receiveSoon().message)
        #expect(request.bytes == [ascii("VERB"), small, [], Array(large[1_000..<9_000]), large, small])

        let sender = try #require(request.sender)
        let outcome = try link.router.send(request.frames.map { .frame($0) }, to: sender)
        #expect(outcome == .sent)
        let answer = try #require(try link.dealer.receiveSoon().message)
        #expect(answer.sender == nil)
        #expect(answer.bytes == request.bytes)
    }

    @Test(
        "Arrays of every size around the limits of copying arrive whole",
        arguments: [0, 1, 33, 34, 4_096, 4_097, 8_193])
    func sizes(count: Int) throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: Context())
        var bytes = pattern(count)
        try link.dealer.sendSoon([.bytes(bytes)])
        // The sender's own copy is its own again.
        for index in bytes.indices { bytes[index] = 0xFF }
        let message = try #require(try link.router.receiveSoon().message)
        #expect(message.bytes == [pattern(count)])
    }

    @Test("Nothing to receive is no message")
    func nothing() throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: Context())
        let received = try link.router.receive(limits: roomy)
        #expect(received == nil)
    }

    @Test(
        "A message beyond the limits is reported with its sender, and the next one still arrives",
        arguments: [
            (5, 10, RefusedMessage.Reason.tooManyFrames, 3), (2, 60, .tooLarge, 1), (1, 101, .tooLarge, 0),
            (40, 90, .tooLarge, 1),
        ])
    func limits(frameCount: Int, frameBytes: Int, reason: RefusedMessage.Reason, kept: Int) throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: Context())
        let limits = MessageLimits(maximumFrames: 3, maximumBytes: 100)
        try link.dealer.sendSoon((0..<frameCount).map { _ in .bytes(pattern(frameBytes)) })
        try link.dealer.sendSoon([.text("next")])

        let refused = try #require(try link.router.receiveSoon(limits: limits).refused)
        #expect(refused.reason == reason)
        #expect(refused.frameCount == frameCount)
        #expect(refused.byteCount == frameCount * frameBytes)
        #expect(refused.firstFrames.map { $0.copyBytes() } == Array(repeating: pattern(frameBytes), count: kept))
        let next = try #require(try link.router.receiveSoon(limits: limits).message)
        #expect(next.bytes == [ascii("next")])
        #expect(next.sender == refused.sender)

        let outcome = try link.router.send([.text("REFUSED")], to: try #require(refused.sender))
        #expect(outcome == .sent)
        let answer = try #require(try link.dealer.receiveSoon().message)
        #expect(answer.bytes == [ascii("REFUSED")])
    }

    @Test("A message exactly at the limits is within them")
    func atTheLimits() throws {
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: Context())
        try link.dealer.sendSoon([.bytes(pattern(50)), .bytes(pattern(50))])
        let limits = MessageLimits(maximumFrames: 2, maximumBytes: 100)
        #expect(try link.router.receiveSoon(limits: limits).message?.bytes == [pattern(50), pattern(50)])
    }

    @Test("A frame outlives its socket and its context, on another thread")
    func frameOutlivesSocket() throws {
        let folder = try TemporaryFolder()
        let kept = try receiveOne(folder)
        let read = Kept()
        try SocketThread(name: "reader") { read.bytes.withLock { $0 = kept.copyBytes() } }.join()
        #expect(read.bytes.withLock { $0 } == pattern(100_000))
        #expect(kept.withBytes { $0.byteCount } == 100_000)
        #expect(kept.withBytes { $0.unsafeLoad(fromByteOffset: 7, as: UInt8.self) } == pattern(8)[7])
    }

    private func receiveOne(_ folder: TemporaryFolder) throws -> Frame {
        let link = try Link(folder.endpoint(.tcp), in: Context())
        try link.dealer.sendSoon([.bytes(pattern(100_000))])
        return try #require(try link.router.receiveSoon().message?.frames.first)
    }

    @Test("One frame is sent by several threads at once")
    func sharedFrame() throws {
        let context = try Context()
        let endpoint = try Endpoint("inproc://shared-frame")
        let router = try Socket(.router, in: context)
        try router.bind(endpoint)
        let frame = Frame(pattern(50_000))
        let threads = try (0..<4).map { number in
            try SocketThread(name: "sender-\(number)") {
                let dealer = try Socket(.dealer, in: context)
                try dealer.connect(endpoint)
                for _ in 0..<100 { try dealer.sendSoon([.frame(frame)]) }
            }
        }
        for _ in 0..<400 {
            #expect(try router.receiveSoon().message?.frames.first?.count == 50_000)
        }
        for thread in threads { try thread.join() }
        #expect(frame.copyBytes() == pattern(50_000))
    }

    @Test("Messages in a dealer stay whole when their connection is cut while they are read", arguments: 1...7)
    func cutWhileReading(extraFrames: Int) throws {
        let folder = try TemporaryFolder()
        let context = try Context()
        let listener = try Socket(.router, in: context)
        try listener.bind(folder.endpoint(.ipc))
        let dealer = try Socket(.dealer, in: context)
        let monitor = try Monitor(dealer)
        try dealer.connect(try #require(try listener.lastEndpoint()))
        try dealer.sendSoon([.text("hello")])
        let peer = try #require(try listener.receiveSoon().message?.sender)
        let frames = [OutgoingFrame](repeating: .text("frame"), count: 1 + extraFrames)
        for _ in 0..<150 {
            let outcome = try listener.send(frames, to: peer)
            try #require(outcome == .sent)
        }
        listener.close()
        _ = try #require(try waitForEvent(monitor) { $0.kind == .disconnected })
        for _ in 0..<150 {
            #expect(try dealer.receive(limits: roomy)?.message?.frames.count == frames.count)
        }
    }
}
