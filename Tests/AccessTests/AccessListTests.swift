import Access
import GreffierProtocol
import Testing
import ZeroMQ

@Suite("The list of keys")
struct AccessListTests {
    private let key = String(repeating: "0", count: 40)
    private let other = String(repeating: "1", count: 40)

    private func error(_ text: String) -> AccessError? {
        do throws(AccessError) {
            _ = try AccessList(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("Names, roles and keys are read; blank lines and comments are passed over")
    func reading() throws {
        let list = try AccessList("# keys\n\nscripts\tpush \(key)\r\n  worker.2 work:ingest,work:notify  \(other)\n")
        #expect(list.count == 2)
        let scripts = try #require(CurvePublicKey(key).flatMap { list[$0] })
        #expect(scripts.name == "scripts" && scripts.roles == [.push] && !scripts.seesAll)
        let worker = try #require(CurvePublicKey(other).flatMap { list[$0] })
        #expect(worker.stages == [.ingest, .notify])
        #expect(CurvePublicKey(String(repeating: "2", count: 40)).flatMap { list[$0] } == nil)
    }

    @Test("A line that is wrong is named with its number and the cure")
    func wrongLines() {
        let cases: [(String, LineProblem)] = [
            ("scripts push", .notThreeWords(2)), ("scripts push \(key) x", .notThreeWords(4)),
            ("scripts dance \(key)", .unknownRole("dance")), ("scripts push, \(key)", .unknownRole("")),
            ("scripts work:archive \(key)", .unknownRole("work:archive")),
            ("scripts push \(key.dropLast())", .noKey), ("scripts push \(key.dropLast())é", .noKey),
            ("scripts push \(String(repeating: "#", count: 40))", .noKey),
            ("-x push \(key)", .noName), ("é push \(key)", .noName),
            ("\(String(repeating: "a", count: 65)) push \(key)", .noName), ("a/b push \(key)", .noName),
        ]
        for (line, problem) in cases {
            #expect(error("# first\n" + line) == .badLine(number: 2, problem), "\(line)")
        }
        #expect(error("a push \(key)\nb operate \(key)") == .badLine(number: 2, .keyTwice))
    }

    @Test("What keygen prints is a line of the list")
    func line() throws {
        let pair = try CurveKeyPair()
        let principal = try #require(Principal(name: "p", roles: [.operate, .push]))
        let line = AccessList.line(principal, pair.publicKey)
        #expect(line == "p push,operate \(pair.publicKey)")
        #expect(try AccessList(line)[pair.publicKey] == principal)
    }

    /// Every role has exactly these verbs; `READY` is of its own stage.
    static let table: [(Role, Set<VerbToBroker>)] = [
        (.push, [.submit, .outcome, .list, .show]),
        (.work(.ingest), [.ready, .done, .failed, .heartbeat, .bye]),
        (.work(.validate), [.ready, .done, .failed, .heartbeat, .bye]),
        (.work(.notify), [.ready, .done, .failed, .heartbeat, .bye, .status]),
        (
            .operate,
            [
                .outcome, .status, .list, .show, .acts, .hold, .release, .retry, .drop, .erase, .pause, .resume,
                .forget,
                .replay,
            ]
        ),
    ]

    @Test("Each role has its verbs and no others", arguments: table)
    func verbs(role: Role, allowed: Set<VerbToBroker>) throws {
        let principal = try #require(Principal(name: "x", roles: [role]))
        for verb in VerbToBroker.allCases {
            let message = try AnyMessage.of(verb, stage: role.stage ?? .ingest)
            #expect(principal.may(message) == allowed.contains(verb), "\(role) \(verb)")
        }
        for stage in Stage.allCases where stage != role.stage {
            #expect(try !principal.may(AnyMessage.of(.ready, stage: stage)))
        }
    }
}

/// A message of each verb.
enum AnyMessage {
    static func of(_ verb: VerbToBroker, stage: Stage) throws -> MessageToBroker {
        let id = DocumentID(of: [1]).jsonString
        let header =
            switch verb {
            case .submit: #"{"id":"\#(id)","name":"a","source":"s","size":1}"#
            case .acts: "{}"
            case .replay: #"{"stage":"\#(stage.rawValue)","from":0,"by":"me"}"#
            case .outcome: #"{"ids":["\#(id)"]}"#
            case .status, .list, .heartbeat, .bye: "{}"
            case .show: #"{"id":"\#(id)"}"#
            case .hold, .release, .retry, .drop, .erase: #"{"id":"\#(id)","by":"me"}"#
            case .pause, .resume: #"{"stage":"\#(stage.rawValue)","by":"me"}"#
            case .forget: #"{"by":"me"}"#
            case .ready:
                #"{"stage":"\#(stage.rawValue)","credit":1,"program":"p","version":"1","host":"h","process":1}"#
            case .done: #"{"token":1}"#
            case .failed: #"{"token":1,"code":"c","message":"m","retry":true}"#
            }
        let frames = [Array("GREFFIER/1".utf8), Array(verb.rawValue.utf8), Array(header.utf8)]
        return try MessageToBroker(frames: frames, payloadCount: verb == .submit ? 1 : 0)
    }
}
