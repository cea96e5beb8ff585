import Testing
import ZeroMQ

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "A well-formed endpoint keeps its text and knows whether it stays on this host",
        arguments: [
            ("ipc:///run/greffier/broker", true), ("ipc://relative/socket", true), ("inproc://commands", true),
            ("tcp://127.0.0.1:5555", true), ("tcp://127.255.3.4:1", true), ("tcp://localhost:65535", true),
            ("tcp://LocalHost:80", true), ("tcp://[::1]:5555", true), ("tcp://[0:0:0:0:0:0:0:1]:5555", true),
            ("tcp://127.0.0.1:*", true),
            ("tcp://*:5555", false), ("tcp://0.0.0.0:5555", false), ("tcp://10.0.0.1:5555", false),
            ("tcp://128.0.0.1:5555", false), ("tcp://127.0.0.1.example.org:5555", false), ("tcp://127.1:5555", false),
            ("tcp://[::]:5555", false), ("tcp://[::2]:5555", false), ("tcp://[::ffff:10.0.0.1]:5555", false),
            ("tcp://broker.example.org:5555", false), ("tcp://eth0:5555", false), ("tcp://localhost.example:1", false),
        ])
    func accepted(text: String, isLocal: Bool) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.description == text)
        #expect(endpoint.isLocal == isLocal)
        if isLocal {
            try endpoint.requireLocal()
        } else {
            #expect(throws: ZeroMQError.notLocal(endpoint)) { try endpoint.requireLocal() }
        }
    }

    @Test(
        "A text that is no endpoint is refused with its problem",
        arguments: [
            ("", EndpointProblem.unknownTransport), ("127.0.0.1:5555", .unknownTransport),
            ("udp://127.0.0.1:5555", .unknownTransport), ("TCP://127.0.0.1:5555", .unknownTransport),
            ("ipc://", .empty), ("tcp://", .empty), ("inproc://", .empty),
            ("ipc://*", .unprotectedPath), ("ipc://@name", .unprotectedPath),
            ("ipc:///run/a\u{0}b", .controlCharacter), ("inproc://a\nb", .controlCharacter),
            ("tcp://127.0.0.1", .missingPort), ("tcp://[::1]", .missingPort),
            ("tcp://127.0.0.1:", .invalidPort), ("tcp://127.0.0.1:0", .invalidPort),
            ("tcp://127.0.0.1:65536", .invalidPort), ("tcp://127.0.0.1:+80", .invalidPort),
            ("tcp://127.0.0.1:80a", .invalidPort), ("tcp://host:٣", .invalidPort),
            ("tcp://:5555", .invalidHost), ("tcp://::1:5555", .invalidHost), ("tcp://[::g]:5555", .invalidHost),
            ("tcp://eth0;10.0.0.1:5555", .invalidHost), ("tcp://a b:5555", .invalidHost),
            ("ipc://" + String(repeating: "é", count: 54), .pathTooLong(bytes: 108)),
            ("inproc://" + String(repeating: "x", count: 256), .nameTooLong(bytes: 256)),
        ])
    func refused(text: String, problem: EndpointProblem) {
        #expect(throws: ZeroMQError.invalidEndpoint(text: text, problem: problem)) { try Endpoint(text) }
    }

    @Test("The longest path that is accepted can be listened on")
    func longestPath() throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "s", count: Endpoint.maximumPathBytes - folder.path.utf8.count - 1)
        let endpoint = try Endpoint.ipc(path: folder.path + "/" + name)
        let router = try Socket(.router, in: Context())
        try router.bind(endpoint)
        let last = try router.lastEndpoint()
        #expect(last == endpoint)
    }
}
