import Testing
import ZeroMQ

@testable import Broker

@Suite("What messages cost on the wire")
struct CarriedBytesTests {
    @Test("All that has carried messages that were read counts as read, but not the handshake")
    func carried() throws {
        let keyring = try Keyring(["me": [.push]])
        let context = try Context()
        let authenticator = try Authenticator(in: context) { _ in .admit }
        defer { authenticator.stop() }
        let router = try Socket(.router, in: context)
        try router.protect(.server(keyring.broker.secretKey))
        let monitor = try Monitor(router)
        try router.bind(Endpoint("tcp://127.0.0.1:*"))
        var dealer = try TestDealer(#require(try router.lastEndpoint()), keyring.security("me"))
        let table = ConnectionTable(ConnectionLimits(total: 9, perAddress: 9))
        let frames = [0, 1, 220, 221, 222, 223, 255, 256, 9_000].map { [UInt8](repeating: 7, count: $0) }
        let limits = MessageLimits(maximumFrames: 20, maximumBytes: 1 << 20)
        var read = 0
        let end = ContinuousClock.now + .seconds(60)
        for sent in 1...300 {
            try dealer.send(raw: frames)
            while read < sent, ContinuousClock.now < end {
                while let event = try monitor.nextEvent() {
                    if event.kind == .accepted, let descriptor = event.descriptor { _ = table.accepted(descriptor) }
                }
                guard case .message(let message)? = try router.receive(limits: limits, withOrigin: true),
                    let origin = message.origin
                else { continue }
                table.read(origin, bytes: message.carriedBytes)
                read += 1
            }
        }
        #expect(read == 300)
        let sender = try #require(table.largestSenders().first)
        #expect((300..<1_024).contains(sender.unreadBytes), "\(sender.unreadBytes)")
    }
}
