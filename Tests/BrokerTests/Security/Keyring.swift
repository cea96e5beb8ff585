import Access
import Broker
import GreffierProtocol
import Testing
import ZeroMQ

/// A broker's key and those of the peers that a test plays.
struct Keyring {
    let broker: CurveKeyPair
    private var pairs: [String: CurveKeyPair] = [:]
    private var roles: [String: [Role]] = [:]

    init(_ owners: [String: [Role]]) throws {
        broker = try CurveKeyPair()
        roles = owners
        for name in owners.keys { pairs[name] = try CurveKeyPair() }
    }

    /// The list without the owners named.
    func list(without revoked: Set<String> = []) throws -> AccessList {
        let lines = try roles.filter { !revoked.contains($0.key) }.map { name, roles in
            let principal = try #require(Principal(name: name, roles: Set(roles)))
            return AccessList.line(principal, try #require(pairs[name]).publicKey)
        }
        return try AccessList(lines.joined(separator: "\n"))
    }

    /// How an owner connects.
    func security(_ name: String) throws -> SocketSecurity {
        .client(try #require(pairs[name]), server: broker.publicKey)
    }

    /// A broker that listens encrypted on a port of this host, beside its ipc endpoint.
    func testBroker(adjust: (inout BrokerSettings) throws -> Void = { _ in }) throws -> TestBroker {
        try TestBroker(settings: { settings in
            settings.furtherEndpoints = [try Endpoint("tcp://127.0.0.1:*")]
            settings.keys = BrokerKeys(secretKey: broker.secretKey, list: try list())
            try adjust(&settings)
        })
    }
}

extension TestBroker {
    convenience init(settings adjust: (inout BrokerSettings) throws -> Void) throws {
        try self.init({ _ in }, also: adjust)
    }
}

extension Broker {
    /// The encrypted endpoint.
    var guarded: Endpoint { endpoints[endpoints.count - 1] }
}

/// A message of each verb, well formed.
enum AnyMessage {
    static func of(_ verb: VerbToBroker, stage: Stage = .ingest) throws -> (MessageToBroker, [[UInt8]]) {
        let bytes = Array("a document of nobody".utf8)
        let id = DocumentID(of: bytes)
        let token = LeaseToken(1)
        let act = DocumentAct(id: id, by: "me")
        let message: MessageToBroker =
            switch verb {
            case .submit: .submit(Submit(id: id, name: "a", source: "s", size: bytes.count))
            case .outcome: .outcome(OutcomeRequest(ids: [id]))
            case .status: .status(StatusRequest())
            case .list: .list(ListRequest())
            case .show: .show(ShowRequest(id: id))
            case .acts: .acts(ActsRequest())
            case .replay: .replay(ReplayRequest(stage: .ingest, from: 0, dryRun: true, by: "me"))
            case .hold: .hold(act)
            case .release: .release(act)
            case .retry: .retry(act)
            case .drop: .drop(act)
            case .erase: .erase(act)
            case .pause: .pause(StageAct(stage: stage, by: "me"))
            case .resume: .resume(StageAct(stage: stage, by: "me"))
            case .forget: .forget(RegisterAct(by: "me"))
            case .ready: TestDealer.ready(stage, process: 7)
            case .done: .done(Done(token: token))
            case .failed: .failed(Failed(token: token, code: "c", message: "m", retry: true))
            case .heartbeat: .heartbeat(Heartbeat())
            case .bye: .bye(Bye())
            }
        return (message, verb == .submit ? [bytes] : [])
    }
}
