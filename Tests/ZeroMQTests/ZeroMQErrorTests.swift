import Foundation
import Testing
import ZeroMQ

@Suite("Errors")
struct ZeroMQErrorTests {
    @Test("A port that another socket has is named with its cure")
    func addressInUse() throws {
        let context = try Context()
        let first = try Socket(.router, in: context)
        try first.bind(Endpoint("tcp://127.0.0.1:*"))
        let taken = try #require(try first.lastEndpoint())
        let error = failure { try bind(taken, in: context) }
        #expect(error == .refused(.bind, code: EADDRINUSE, endpoint: taken))
        #expect(error?.description.hasPrefix("cannot listen on \(taken): another program listens there") == true)
    }

    @Test(
        "What cannot be listened on says why",
        arguments: [
            ("ipc:///nowhere-at-all/socket", ENOENT, "create it with mode 0700"),
            ("tcp://203.0.113.7:5555", EADDRNOTAVAIL, "this host has no such address"),
            ("tcp://broker.example:5555", ENODEV, "host names are not looked up for listening"),
        ])
    func bindErrors(text: String, code: Int32, cure: String) throws {
        let endpoint = try Endpoint(text)
        let context = try Context()
        let error = failure { try bind(endpoint, in: context) }
        #expect(error == .refused(.bind, code: code, endpoint: endpoint))
        #expect(error?.description.contains(cure) == true)
    }

    @Test("A wildcard is no place to connect to")
    func connectError() throws {
        let context = try Context()
        let error = failure {
            let dealer = try Socket(.dealer, in: context)
            try dealer.connect(Endpoint("tcp://127.0.0.1:*"))
        }
        #expect(error?.description.contains("name a host and a port") == true)
    }

    @Test("One socket more than the context allows says what to raise")
    func tooManySockets() throws {
        let context = try Context(maximumSockets: 1)
        let first = try Socket(.pair, in: context)
        let error = failure { _ = try Socket(.pair, in: context) }
        first.close()
        #expect(error == .refused(.createSocket, code: EMFILE))
        #expect(error?.description.contains("raise the limit of open files (LimitNOFILE) or maximumSockets") == true)
    }

    @Test("After the shutdown every operation says that the program is ending")
    func termination() throws {
        let context = try Context()
        let socket = try Socket(.dealer, in: context)
        context.shutdown()
        let sending = failure { _ = try socket.send([.text("x")]) }
        #expect(sending?.isTermination == true)
        let receiving = failure { _ = try socket.receive(limits: roomy) }
        #expect(receiving?.isTermination == true)
        #expect(failure { _ = try Socket(.pair, in: context) }?.isTermination == true)
    }

    @Test("A long or hostile text does not pass into the sentence")
    func boundedText() {
        let error = failure { _ = try Endpoint("\u{1B}[31m" + String(repeating: "x", count: 100_000)) }
        #expect(error?.description.utf8.count ?? .max < 400)
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test(
        "Common errors of the system have a cure",
        arguments: [EACCES, EPERM, ENOENT, EROFS, ENAMETOOLONG, EMFILE, ENFILE, ENOMEM, EAFNOSUPPORT, EPROTONOSUPPORT])
    func cures(code: Int32) {
        let sentence = ZeroMQError.refused(.bind, code: code).description
        #expect(sentence.hasPrefix("cannot listen: "))
        #expect(!sentence.contains("error number"))
    }

    @Test("An error without a known cure keeps the system's words and its number")
    func unknown() {
        #expect(ZeroMQError.refused(.send, code: EPIPE).description == "cannot send: Broken pipe (error number 32)")
    }

    @Test("libzmq is the version this module was written for")
    func version() {
        #expect(Context.libraryVersion.hasPrefix("4.3."))
    }

    private func bind(_ endpoint: Endpoint, in context: Context) throws {
        let socket = try Socket(.router, in: context)
        try socket.bind(endpoint)
    }

    private func failure(_ body: () throws -> Void) -> ZeroMQError? {
        #expect(throws: ZeroMQError.self) { try body() }
    }
}
