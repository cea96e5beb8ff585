import Access
import Broker
import Foundation
import GreffierProtocol
import Testing
import ZeroMQ

@Suite("Who is let in", .serialized)
struct AdmissionTests {
    private func refusal(_ said: MessageFromBroker) -> RefusalCode? {
        if case .refused(let refused) = said { refused.code } else { nil }
    }

    @Test("Of many attempts with unknown keys, wrong server keys and in clear, none is heard")
    func nobodyUnknown() throws {
        let attempts = ProcessInfo.processInfo.environment["GREFFIER_ATTEMPTS"].flatMap { Int($0) } ?? 150
        let keyring = try Keyring(["me": [.push, .operate]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        let stranger = try CurveKeyPair()
        let kinds: [SocketSecurity] = [
            .client(stranger, server: keyring.broker.publicKey), .none,
            .client(try CurveKeyPair(), server: stranger.publicKey),
        ]
        let bytes = Array("an uninvited document".utf8)
        let submit = Submit(id: DocumentID(of: bytes), name: "a", source: "s", size: bytes.count)
        var heard = 0
        var made = 0
        while made < attempts {
            let batch = try Strangers(min(50, attempts - made), broker.guarded, kinds[made / 50 % kinds.count])
            heard += try batch.answers(to: MessageToBroker.submit(submit).frames + [bytes], within: .milliseconds(700))
            made += 50
        }
        #expect(heard == 0)
        var me = try TestDealer(broker.guarded, keyring.security("me"))
        try me.send(.list(ListRequest()))
        guard case .list(let list) = try me.receive().said else { throw TestDealer.Silence() }
        #expect(list.documents.isEmpty)
        try test.stop(broker)
    }

    @Test("A key taken off the list is refused while connected, its jobs go to others, and it comes back with the list")
    func revocation() throws {
        let keyring = try Keyring(["pusher": [.push], "worker": [.work(.ingest)], "other": [.work(.ingest)]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var pusher = try TestDealer(broker.guarded, keyring.security("pusher"))
        let document = Array("Délibération".utf8)
        _ = try pusher.submit(document)
        var worker = try TestDealer(broker.guarded, keyring.security("worker"))
        try worker.ready(.ingest)
        let job = try worker.job().job
        broker.admit(try keyring.list(without: ["pusher", "worker"]))
        #expect(refusal(try worker.receive().said) == .notAllowed)
        #expect(refusal(try pusher.submit(document)) == .notAllowed)
        try worker.send(.done(Done(token: job.token)), [[1], [2]])
        #expect(refusal(try worker.receive().said) == .notAllowed)
        var other = try TestDealer(broker.guarded, keyring.security("other"))
        try other.ready(.ingest, process: 2)
        #expect(try other.job().job.id == job.id)
        broker.admit(try keyring.list())
        try worker.send(.done(Done(token: job.token)), [[1], [2]])
        #expect(refusal(try worker.receive().said) == .staleToken)
        #expect(try pusher.submit(document) == .known(Known(id: job.id, state: .leased)))
        try test.stop(broker)
    }

    @Test("Past the limit of connections others wait until one leaves")
    func connectionLimit() throws {
        let keyring = try Keyring(["me": [.operate]])
        let test = try keyring.testBroker { $0.connections = ConnectionLimits(total: 100, perAddress: 3) }
        let broker = try test.start()
        var inside: [Crowd] = []
        for _ in 0..<3 { inside.append(try Crowd(broker.guarded, keyring.security("me"))) }
        for crowd in inside { #expect(try crowd.isServed(within: .seconds(60))) }
        let late = try Crowd(broker.guarded, keyring.security("me"))
        #expect(try !late.isServed(within: .milliseconds(700)))
        inside.removeFirst()
        #expect(try late.isServed(within: .seconds(60)))
        try test.stop(broker)
    }

    @Test("Connections of this host have a limit too, and room once one leaves")
    func connectionsInClear() throws {
        let test = try TestBroker(settings: { $0.connections = ConnectionLimits(total: 2, perAddress: 2) })
        let broker = try test.start()
        let endpoint = broker.endpoints[0]
        var inside: [Crowd] = []
        for _ in 0..<2 {
            inside.append(try Crowd(endpoint, .none))
            #expect(try inside[inside.count - 1].isServed(within: .seconds(60)))
        }
        let late = try Crowd(endpoint, .none)
        #expect(try !late.isServed(within: .milliseconds(700)))
        inside.removeFirst()
        #expect(try late.isServed(within: .seconds(60)))
        try test.stop(broker)
    }

    @Test("An endpoint that other hosts can reach is refused without keys, also as a further one")
    func neverInClear() throws {
        for change: (inout BrokerSettings) throws -> Void in [
            { $0.endpoint = try Endpoint("tcp://0.0.0.0:*") }, { $0.furtherEndpoints = [try Endpoint("tcp://*:*")] },
        ] {
            let test = try TestBroker(settings: change)
            #expect(throws: ZeroMQError.self) { try test.start() }
        }
    }
}

/// One dealer whose questions may be answered or not.
final class Crowd {
    private var dealer: TestDealer

    init(_ endpoint: Endpoint, _ security: SocketSecurity) throws {
        dealer = try TestDealer(endpoint, security)
    }

    func isServed(within time: Duration) throws -> Bool {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            try dealer.trySending(.status(StatusRequest()))
            if try dealer.hearsSomething(within: .milliseconds(100)) { return true }
        }
        return false
    }
}

/// Dealers that share one engine and say the same.
struct Strangers: ~Copyable {
    private var dealers: [Stranger] = []

    private final class Stranger {
        let socket: Socket

        init(_ endpoint: Endpoint, _ security: SocketSecurity, in context: Context) throws {
            var options = SocketOptions()
            options.linger = .zero
            let socket = try Socket(.dealer, in: context, options: options)
            try socket.protect(security)
            try socket.connect(endpoint)
            self.socket = socket
        }
    }

    init(_ count: Int, _ endpoint: Endpoint, _ security: SocketSecurity) throws {
        let context = try Context()
        for _ in 0..<count { dealers.append(try Stranger(endpoint, security, in: context)) }
    }

    /// How many were answered.
    func answers(to frames: [[UInt8]], within time: Duration) throws -> Int {
        var answered = 0
        let end = ContinuousClock.now + time
        let limits = MessageLimits(maximumFrames: 10, maximumBytes: 1 << 20)
        repeat {
            for dealer in dealers {
                _ = try dealer.socket.send(frames.map(OutgoingFrame.bytes))
                if try dealer.socket.receive(limits: limits) != nil { answered += 1 }
            }
            Thread.sleep(forTimeInterval: 0.02)
        } while ContinuousClock.now < end
        return answered
    }
}
