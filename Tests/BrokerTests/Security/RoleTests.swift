import Access
import Broker
import GreffierProtocol
import Testing
import ZeroMQ

@Suite("Verbs and roles over an encrypted socket", .serialized)
struct RoleTests {
    /// The verbs of each role, as protocol/README.md has them.
    private static let verbs: [Role: Set<VerbToBroker>] = [
        .push: [.submit, .outcome, .list, .show],
        .work(.ingest): [.ready, .done, .failed, .heartbeat, .bye],
        .work(.validate): [.ready, .done, .failed, .heartbeat, .bye],
        .work(.notify): [.ready, .done, .failed, .heartbeat, .bye, .status],
        .operate: [
            .outcome, .status, .list, .show, .acts, .hold, .release, .retry, .drop, .erase, .pause, .resume, .forget,
            .replay,
        ],
    ]

    @Test("Each role may say its verbs and no others, READY for its own stage only", arguments: Role.all)
    func table(role: Role) throws {
        let keyring = try Keyring(["me": [role]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var cases = VerbToBroker.allCases.filter { $0 != .ready && $0 != .bye }.map { ($0, role.stage ?? .ingest) }
        cases += Stage.allCases.map { (.ready, $0) }
        for (verb, stage) in cases {
            var peer = try TestDealer(broker.guarded, keyring.security("me"))
            let (message, payload) = try AnyMessage.of(verb, stage: stage)
            try peer.send(message, payload)
            let said = try peer.receive(withHeartbeats: true).said
            let isOwnStage = verb != .ready || stage == role.stage
            let isAllowed = Self.verbs[role]?.contains(verb) == true && isOwnStage
            #expect(refusal(said) == .notAllowed ? !isAllowed : isAllowed, "\(role) \(verb) \(stage): \(said)")
        }
        try test.stop(broker)
    }

    @Test("A BYE of somebody without the role is refused, and of a worker is not")
    func bye() throws {
        let keyring = try Keyring(["pusher": [.push], "worker": [.work(.ingest)]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var pusher = try TestDealer(broker.guarded, keyring.security("pusher"))
        try pusher.send(.bye(Bye()))
        #expect(refusal(try pusher.receive().said) == .notAllowed)
        var worker = try TestDealer(broker.guarded, keyring.security("worker"))
        try worker.send(.bye(Bye()))
        try worker.send(.heartbeat(Heartbeat()))
        #expect(refusal(try worker.receive().said) == .notReady)
        try test.stop(broker)
    }

    @Test("A pusher sees its own documents only, and those that it pushed as another had")
    func ownDocuments() throws {
        let keyring = try Keyring(["a": [.push], "b": [.push], "o": [.operate]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var a = try TestDealer(broker.guarded, keyring.security("a"))
        var b = try TestDealer(broker.guarded, keyring.security("b"))
        var o = try TestDealer(broker.guarded, keyring.security("o"))
        let document = Array("Délibération de Sainte-Fiction".utf8)
        let id = DocumentID(of: document)
        #expect(try a.submit(document, source: "b") == .accepted(Accepted(id: id, generation: 1)))
        for message: MessageToBroker in [.outcome(OutcomeRequest(ids: [id])), .show(ShowRequest(id: id))] {
            try b.send(message)
            #expect(refusal(try b.receive().said) == .unknownDocument)
            try a.send(message)
            #expect(refusal(try a.receive().said) == nil)
        }
        for (source, count) in [(nil, 0), ("a", 0), ("b", 0)] as [(String?, Int)] {
            try b.send(.list(ListRequest(source: source)))
            guard case .list(let list) = try b.receive().said else { throw TestDealer.Silence() }
            #expect(list.documents.count == count)
        }
        try o.send(.list(ListRequest(source: "a")))
        guard case .list(let all) = try o.receive().said else { throw TestDealer.Silence() }
        #expect(all.documents.map(\.source) == ["a"])
        #expect(try b.submit(document) == .known(Known(id: id, state: .waiting)))
        try b.send(.outcome(OutcomeRequest(ids: [id])))
        guard case .outcome(let outcome) = try b.receive().said else { throw TestDealer.Silence() }
        #expect(outcome.id == id)
        try test.stop(broker)
    }

    @Test("The history of an act says whose key it was")
    func signedActs() throws {
        let keyring = try Keyring(["a": [.push, .operate]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var peer = try TestDealer(broker.guarded, keyring.security("a"))
        let document = Array("Délibération".utf8)
        let id = DocumentID(of: document)
        _ = try peer.submit(document)
        try peer.send(.hold(DocumentAct(id: id, by: "madame la maire")))
        _ = try peer.receive()
        try peer.send(.show(ShowRequest(id: id)))
        guard case .show(let shown) = try peer.receive().said else { throw TestDealer.Silence() }
        #expect(shown.history.map(\.who) == ["a", "madame la maire (key a)"])
        try test.stop(broker)
    }

    @Test("A worker with another key takes neither a lease nor its result")
    func stolenLeases() throws {
        let keyring = try Keyring(["one": [.work(.ingest)], "two": [.work(.ingest)]])
        let test = try keyring.testBroker()
        let broker = try test.start()
        var pusher = try TestDealer(broker.endpoint)
        _ = try pusher.submit(Array("Délibération".utf8))
        var one = try TestDealer(broker.guarded, keyring.security("one"))
        try one.ready(.ingest, process: 1)
        let job = try one.job().job
        for isReady in [false, true] {
            var two = try TestDealer(broker.guarded, keyring.security("two"))
            // The same host and process: only the key differs.
            if isReady { try two.ready(.ingest, process: 1) }
            for token in [job.token, LeaseToken(job.token.value + 1), LeaseToken(0), LeaseToken(Int.max)] {
                try two.send(.done(Done(token: token)), [[1], [2]])
                #expect(refusal(try two.receive().said) == .staleToken)
                try two.send(.failed(Failed(token: token, code: "x", message: "x", retry: false)))
                #expect(refusal(try two.receive().said) == .staleToken)
            }
        }
        try one.send(.done(Done(token: job.token)), [[1], [2]])
        try one.send(.done(Done(token: job.token)), [[1], [2]])
        #expect(refusal(try one.receive().said) == .staleToken)
        var validator = try TestDealer(broker.endpoint)
        try validator.ready(.validate, process: 2)
        #expect(try validator.job().payload == [[1], [2]])
        try test.stop(broker)
    }

    private func refusal(_ said: MessageFromBroker) -> RefusalCode? {
        if case .refused(let refused) = said { refused.code } else { nil }
    }
}
