import Locks
import Testing
import ZeroMQ

/// Bytes that two threads hand over.
final class Kept: Sendable {
    let bytes = Lock<[UInt8]>([])
}

// The macro of `#expect` takes no part of a type that cannot be copied.
private func expectReadable(
    _ poller: borrowing Poller, _ token: Poller.Token, at place: SourceLocation = #_sourceLocation
) {
    let isReadable = poller.isReadable(token)
    #expect(isReadable, sourceLocation: place)
}

private func expectIdle(_ poller: borrowing Poller, _ token: Poller.Token, at place: SourceLocation = #_sourceLocation)
{
    let isReadable = poller.isReadable(token)
    #expect(!isReadable, sourceLocation: place)
}

private enum Command: Sendable {
    case double(Int)
    case stop
}

@Suite("Threads and mailboxes")
struct SocketThreadTests {
    @Test("A wake-up from another thread ends the wait, once for any number of signals")
    func wakeUp() throws {
        let wakeUp = try WakeUp()
        var poller = Poller()
        let token = poller.add(wakeUp)
        let thread = try SocketThread(name: "signaller") { for _ in 0..<1_000 { wakeUp.signal() } }
        let isReady = try poller.wait(timeout: patience)
        #expect(isReady)
        expectReadable(poller, token)
        try thread.join()
        _ = try poller.wait(timeout: .zero)
        let isReadyAgain = try poller.wait(timeout: .zero)
        #expect(!isReadyAgain)
        expectIdle(poller, token)
    }

    @Test("A wait without anything ready ends at its time and finds nothing")
    func timeout() throws {
        let wakeUp = try WakeUp()
        var poller = Poller()
        let token = poller.add(wakeUp)
        let isReady = try poller.wait(timeout: .microseconds(1))
        #expect(!isReady)
        expectIdle(poller, token)
    }

    @Test("The poller forgets a closed socket and tells the others apart")
    func pollerForgets() throws {
        let context = try Context()
        let folder = try TemporaryFolder()
        let link = try Link(folder.endpoint(.ipc), in: context)
        let other = try Socket(.pair, in: context)
        var poller = Poller()
        let otherToken = poller.add(other)
        let routerToken = poller.add(link.router)
        other.close()
        try link.dealer.sendSoon([.text("hello")])
        try poller.wait(timeout: patience)
        expectReadable(poller, routerToken)
        expectIdle(poller, otherToken)
        poller.setInterest([], of: routerToken)
        let isReady = try poller.wait(timeout: .zero)
        #expect(!isReady)
        poller.remove(routerToken)
        expectIdle(poller, routerToken)
    }

    @Test("A mailbox keeps the order, refuses what is beyond its capacity and what comes after its end")
    func mailbox() throws {
        let mailbox = try Mailbox<Int>(capacity: 3)
        #expect((1...4).map { mailbox.post($0) } == [.posted, .posted, .posted, .full])
        #expect(mailbox.takeAll() == [1, 2, 3])
        #expect(mailbox.takeAll() == [])
        #expect(mailbox.post(5) == .posted)
        #expect(mailbox.close() == [5])
        #expect(mailbox.post(6) == .closed)
        #expect(mailbox.takeAll() == [])
        #expect(throws: ZeroMQError.self) { try Mailbox<Int>(capacity: 0) }
    }

    @Test("What several threads post arrives once, each poster's in its order")
    func manyPosters() throws {
        let mailbox = try Mailbox<(poster: Int, count: Int)>(capacity: 64)
        let threads = try (0..<4).map { poster in
            try SocketThread(name: "poster-\(poster)") {
                for count in 0..<1_000 {
                    while mailbox.post((poster, count)) == .full {}
                }
            }
        }
        var poller = Poller()
        _ = poller.add(mailbox.wakeUp)
        var next = [0, 0, 0, 0]
        while next != [1_000, 1_000, 1_000, 1_000] {
            let isReady = try poller.wait(timeout: patience)
            try #require(isReady, "a posted element woke nobody")
            for (poster, count) in mailbox.takeAll() {
                #expect(count == next[poster])
                next[poster] = count + 1
            }
        }
        for thread in threads { try thread.join() }
    }

    @Test("A task posts commands to a thread that owns a socket, gets answers, and waits for its end")
    func loop() async throws {
        let commands = try Mailbox<Command>(capacity: 8)
        let answers = try Mailbox<Int>(capacity: 8)
        let thread = try SocketThread(name: "loop") {
            let socket = try Socket(.pair, in: Context())
            var poller = Poller()
            _ = poller.add(socket)
            _ = poller.add(commands.wakeUp)
            while true {
                guard try poller.wait(timeout: patience) else { throw TookTooLong() }
                for command in commands.takeAll() {
                    switch command {
                    case .double(let number): _ = answers.post(number * 2)
                    case .stop: return
                    }
                }
            }
        }
        for number in 1...5 { #expect(commands.post(.double(number)) == .posted) }
        #expect(commands.post(.stop) == .posted)
        try await thread.waitUntilEnd()
        #expect(answers.takeAll() == [2, 4, 6, 8, 10])
        try await thread.waitUntilEnd()
    }

    @Test("An error of the body reaches everyone who waits for its end")
    func bodyFails() async throws {
        let thread = try SocketThread(name: "failing") { _ = try Endpoint("nowhere") }
        await #expect(throws: ZeroMQError.invalidEndpoint(text: "nowhere", problem: .unknownTransport)) {
            try await thread.waitUntilEnd()
        }
        #expect(throws: ZeroMQError.self) { try join(thread) }
    }

    private func join(_ thread: SocketThread) throws { try thread.join() }

    @Test("Shutting the context down ends a wait without end")
    func shutdown() throws {
        let context = try Context()
        let isOpen = try WakeUp()
        let thread = try SocketThread(name: "waiting") {
            let socket = try Socket(.pair, in: context)
            var poller = Poller()
            _ = poller.add(socket)
            isOpen.signal()
            while true { try poller.wait(timeout: nil) }
        }
        var poller = Poller()
        _ = poller.add(isOpen)
        try poller.wait(timeout: patience)
        context.shutdown()
        let error = #expect(throws: ZeroMQError.self) { try thread.join() }
        #expect(error?.isTermination == true)
        #expect(error?.description == "cannot wait for sockets: ZeroMQ was shut down; the program is ending")
    }

    @Test("A lock lets one thread at a time change its value")
    func lock() throws {
        let counter = Lock(0)
        let threads = try (0..<4).map { _ in
            try SocketThread(name: "counting") {
                for _ in 0..<10_000 { counter.withLock { $0 += 1 } }
            }
        }
        for thread in threads { try thread.join() }
        #expect(counter.withLock { $0 } == 40_000)
    }

    @Test("A lock is free again after an error, which is passed on")
    func lockAfterError() {
        let lock = Lock(1)
        #expect(throws: TookTooLong.self) {
            try lock.withLock { (value: inout sending Int) throws(TookTooLong) -> Void in
                value = 2
                throw TookTooLong()
            }
        }
        #expect(lock.withLock { $0 } == 2)
    }
}
