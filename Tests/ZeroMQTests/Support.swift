import Foundation
import Testing
import ZeroMQ

/// The longest wait of a test for something that must happen; reaching it is a failure.
let patience = Duration.seconds(60)

let roomy = MessageLimits(maximumFrames: 16, maximumBytes: 64 << 20)

/// The transports that cross process borders.
enum Transport: CaseIterable, Sendable {
    case ipc, tcp
}

/// A folder that goes when the test ends.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = "/tmp/zmq-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func endpoint(_ transport: Transport) throws -> Endpoint {
        switch transport {
        case .ipc: try .ipc(path: path + "/socket")
        case .tcp: try Endpoint("tcp://127.0.0.1:*")
        }
    }
}

struct TookTooLong: Error {}

/// A router that listens and a dealer that is connecting to it.
struct Link: ~Copyable {
    let router: Socket
    let dealer: Socket

    init(
        _ endpoint: Endpoint, in context: Context, options: SocketOptions = SocketOptions()
    ) throws {
        let listener = try Socket(.router, in: context, options: options)
        try listener.bind(endpoint)
        let connector = try Socket(.dealer, in: context, options: options)
        try connector.connect(try #require(try listener.lastEndpoint()))
        router = listener
        dealer = connector
    }

    /// Makes the dealer known to the router.
    func introduce() throws -> RoutingID {
        try dealer.sendSoon([.text("hello")])
        return try #require(try router.receiveSoon().message?.sender)
    }
}

extension Socket {
    /// Waits for the next message.
    func receiveSoon(limits: MessageLimits = roomy) throws -> Received {
        var poller = Poller()
        _ = poller.add(self)
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if let received = try receive(limits: limits) { return received }
            try poller.wait(timeout: .seconds(1))
        }
        throw TookTooLong()
    }

    /// Waits until the message can be sent from a dealer.
    func sendSoon(_ frames: [OutgoingFrame]) throws {
        var poller = Poller()
        _ = poller.add(self, for: .writable)
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if try send(frames) == .sent { return }
            try poller.wait(timeout: .seconds(1))
        }
        throw TookTooLong()
    }
}

extension Received {
    var message: Message? {
        if case .message(let message) = self { return message }
        return nil
    }

    var refused: RefusedMessage? {
        if case .refused(let refused) = self { return refused }
        return nil
    }
}

extension Message {
    var bytes: [[UInt8]] { frames.map { $0.copyBytes() } }
}

func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Bytes that differ from place to place.
func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
}
