import Testing

@testable import ZeroMQ

@Suite("The authenticator")
struct AuthenticatorTests {
    private func frames(_ change: (inout [[UInt8]]) -> Void = { _ in }) -> [[UInt8]] {
        var frames: [[UInt8]] = [
            [], Array("1.0".utf8), Array("42".utf8), Array("domain".utf8), Array("192.0.2.1".utf8), [],
            Array("CURVE".utf8), [UInt8](repeating: 7, count: 32),
        ]
        change(&frames)
        return frames
    }

    @Test("A request is read, and answered by what is decided")
    func requests() throws {
        let key = try #require(CurvePublicKey(bytes: [UInt8](repeating: 7, count: 32)))
        for (decision, status) in [(AuthenticationDecision.admit, "200"), (.refuse, "400"), (.later, "300")] {
            let reply = try #require(
                AuthenticationRequest.reply(to: frames()) { request in
                    #expect(request == AuthenticationRequest(key: key, address: "192.0.2.1"))
                    return decision
                })
            #expect(reply.count == 7 && reply[1] == Array("1.0".utf8) && reply[2] == Array("42".utf8))
            #expect(reply[3] == Array(status.utf8))
            #expect(reply[5] == (decision == .admit ? Array(key.description.utf8) : []))
        }
    }

    @Test("Other mechanisms and keys that are none are refused without a decision")
    func unknown() {
        let changes: [(inout [[UInt8]]) -> Void] = [
            { $0[6] = Array("NULL".utf8) }, { $0[6] = Array("curve".utf8) }, { $0.removeLast() }, { $0.append([]) },
            { $0[7] = [1, 2] }, { $0[7] = [] }, { $0[4] = [UInt8](repeating: 65, count: 300) },
        ]
        for change in changes {
            let reply = AuthenticationRequest.reply(to: frames(change)) { _ in
                Issue.record("nothing is to be decided")
                return .admit
            }
            #expect(reply?[3] == Array("400".utf8))
        }
    }

    @Test("What is no request is not answered")
    func none() {
        let changes: [(inout [[UInt8]]) -> Void] = [
            { $0 = [] }, { $0 = [[]] }, { $0[0] = [1] }, { $0[1] = Array("2.0".utf8) },
            { $0[2] = [UInt8](repeating: 0, count: 300) },
        ]
        for change in changes {
            #expect(AuthenticationRequest.reply(to: frames(change)) { _ in .admit } == nil)
        }
    }

    @Test("One that turns strangers away passes its probe, one that lets them in does not")
    func probe() throws {
        let context = try Context()
        let strict = try Authenticator(in: context) { _ in .refuse }
        try strict.probe()
        let loose = try Authenticator(in: try Context()) { _ in .admit }
        #expect(throws: ZeroMQError.noAuthenticator) { try loose.probe() }
    }

    @Test("A context has one authenticator")
    func single() throws {
        let context = try Context()
        let first = try Authenticator(in: context) { _ in .refuse }
        #expect(throws: ZeroMQError.self) { try Authenticator(in: context) { _ in .refuse } }
        try first.probe()
    }

    @Test("Keys in Z85 come back, and what is none is refused")
    func keys() throws {
        #expect(Z85.encode([0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]) == "HelloWorld")
        #expect(Z85.decode("HelloWorld".utf8) == [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B])
        for text in ["Hello", "#####", "Hell", "Hell\"", "Helló"] where text != "Hello" {
            #expect(Z85.decode(text.utf8) == nil, "\(text)")
        }
        let pair = try CurveKeyPair()
        #expect(CurvePublicKey(pair.publicKey.description) == pair.publicKey)
        #expect(try CurveKeyPair(secretKey: pair.secretKey).publicKey == pair.publicKey)
        #expect(try CurveKeyPair().publicKey != pair.publicKey)
    }

    @Test("A message over an encrypted connection carries the key of its sender")
    func origin() throws {
        let context = try Context()
        let (server, client) = (try CurveKeyPair(), try CurveKeyPair())
        let authenticator = try Authenticator(in: context) { $0.key == client.publicKey ? .admit : .refuse }
        try authenticator.probe()
        let router = try Socket(.router, in: context)
        try router.protect(.server(server.secretKey))
        try router.bind(Endpoint("tcp://127.0.0.1:*"))
        let dealer = try Socket(.dealer, in: context)
        try dealer.protect(.client(client, server: server.publicKey))
        try dealer.connect(try #require(try router.lastEndpoint()))
        var poller = Poller()
        let writable = poller.add(dealer, for: .writable)
        while !poller.isWritable(writable) { try poller.wait(timeout: .seconds(1)) }
        #expect(try dealer.send([.bytes([1])]) == .sent)
        poller.setInterest([], of: writable)
        _ = poller.add(router)
        var received: Received?
        while received == nil {
            try poller.wait(timeout: .seconds(1))
            received = try router.receive(limits: MessageLimits(maximumFrames: 3, maximumBytes: 10), withOrigin: true)
        }
        guard case .message(let message)? = received else { return }
        #expect(message.origin?.key == client.publicKey)
        let connection = Connection(descriptor: try #require(message.origin?.descriptor))
        #expect(connection.peer?.host == "127.0.0.1")
        #expect(try #require(connection.receivedBytes) > 64)
    }
}
