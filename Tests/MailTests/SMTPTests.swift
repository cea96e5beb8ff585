import Foundation
import Testing

@testable import Mail

@Suite(.serialized) struct SMTPTests {
    private func deliver(
        to mailbox: String = "claire@grand-val.example", sender: String? = "retours@grand-val.example",
        by transport: SMTPTransport
    ) async throws -> DeliveryOutcome {
        let envelope = Envelope(sender: try sender.map { try EmailAddress($0) }, recipient: try EmailAddress(mailbox))
        return await transport.deliver(try Sample.message(to: mailbox), envelope: envelope)
    }

    @Test("An accepted message arrives byte for byte, with its envelope and the server's reply")
    func delivers() async throws {
        let server = try SMTPServer()
        let transport = SMTPTransport(try server.configuration(greetingName: "greffier.grand-val.example"))
        #expect(try await deliver(by: transport) == .accepted(reply: "250 2.0.0 queued as 4Xq7"))
        #expect(try server.event("greeted").name == "greffier.grand-val.example")
        let message = try server.message()
        #expect(message.sender == "retours@grand-val.example" && message.recipients == ["claire@grand-val.example"])
        let sent = try Sample.message(to: "claire@grand-val.example").encoded()
        #expect(message.content == String(decoding: sent, as: UTF8.self))
    }

    @Test("Whether mails can leave is tried without sending one: connection, login and all")
    func trouble() async throws {
        let server = try SMTPServer()
        #expect(await SMTPTransport(try server.configuration()).trouble() == nil)
        #expect(try server.event("greeted").name != nil)
        let away = try SMTPServer().configuration()
        #expect(await SMTPTransport(away).trouble() != nil)
        #expect(
            try await deliver(by: SMTPTransport(server.configuration())) == .accepted(reply: "250 2.0.0 queued as 4Xq7")
        )
    }

    @Test("The null sender is written as <>")
    func writesNullSender() async throws {
        let server = try SMTPServer()
        let outcome = try await deliver(sender: nil, by: SMTPTransport(server.configuration()))
        #expect(outcome == .accepted(reply: "250 2.0.0 queued as 4Xq7"))
        #expect(try server.message().sender == "<>")
    }

    @Test(
        "Each refusal is for now or for good, with its code and text",
        arguments: [
            ("rcpt-550", DeliveryOutcome.permanentFailure(code: 550, text: "550 5.1.1 no such mailbox")),
            ("rcpt-451", .temporaryFailure(code: 451, text: "451 4.7.1 greylisted")),
            ("rcpt-421", .serverTrouble(code: 421, text: "421 4.3.2 shutting down")),
            ("rcpt-552", .temporaryFailure(code: 552, text: "552 5.2.2 mailbox full")),
            ("data-552", .permanentFailure(code: 552, text: "552 5.3.4 message too big")),
            ("data-451", .temporaryFailure(code: 451, text: "451 4.3.0 disk full")),
        ])
    func mapsRefusals(_ mode: String, _ outcome: DeliveryOutcome) async throws {
        let server = try SMTPServer()
        let transport = SMTPTransport(try server.configuration())
        #expect(try await deliver(to: "\(mode)@grand-val.example", by: transport) == outcome)
        #expect(
            try await deliver(by: transport) == .accepted(reply: "250 2.0.0 queued as 4Xq7"),
            "the next one goes through")
    }

    @Test(
        "A refused sender is everybody's trouble and never final, but a size that is too big is this message's",
        arguments: [
            ("sender451", DeliveryOutcome.serverTrouble(code: 451, text: "451 4.3.0 sender put off")),
            (
                "sender550",
                .serverTrouble(
                    code: 550, text: "550 5.7.1 sender refused; check the sender's address, where bounces go")
            ), ("sender552", .permanentFailure(code: 552, text: "552 5.3.4 message too big")),
        ])
    func mapsSender(_ mode: String, _ expected: DeliveryOutcome) async throws {
        let server = try SMTPServer()
        let outcome = try await deliver(
            sender: "\(mode)@grand-val.example", by: SMTPTransport(server.configuration()))
        #expect(outcome == expected)
    }

    @Test("A greeting that refuses is everybody's trouble, not the recipient's", arguments: [554, 421, 450])
    func mapsGreeting(_ code: Int) async throws {
        let server = try SMTPServer(["--greeting", "\(code) 5.7.1 not now"])
        let outcome = try await deliver(by: SMTPTransport(server.configuration()))
        #expect(outcome == .serverTrouble(code: code, text: "\(code) 5.7.1 not now"))
    }

    @Test(
        "After the message was handed over, silence and a lost connection are uncertain",
        arguments: ["data-drop", "data-hang"])
    func mapsUncertain(_ mode: String) async throws {
        let server = try SMTPServer()
        let transport = SMTPTransport(try server.configuration(seconds: 4))
        let outcome = try await deliver(to: "\(mode)@grand-val.example", by: transport)
        guard case .uncertain(let text) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.contains("timeout") == (mode == "data-hang"), "\(text)")
        let next = try await deliver(by: transport)
        #expect(next == .accepted(reply: "250 2.0.0 queued as 4Xq7"), "the next one goes through")
    }

    @Test(
        "Before the message was handed over, silence and a lost connection are for now",
        arguments: ["rcpt-drop", "rcpt-hang"])
    func mapsLostConnection(_ mode: String) async throws {
        let server = try SMTPServer()
        let outcome = try await deliver(
            to: "\(mode)@grand-val.example", by: SMTPTransport(server.configuration(seconds: 5)))
        guard case .temporaryFailure = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(
        "Nobody at the port, and a name that is no host, are the server's trouble",
        arguments: ["127.0.0.1", "nobody.invalid"])
    func mapsAbsence(_ host: String) async throws {
        let port = try SMTPServer().port
        let configuration = try SMTPConfiguration(
            host: host, port: port, security: .none, connectSeconds: 5, totalSeconds: 5)
        guard case .serverTrouble(code: nil, let text) = try await deliver(by: SMTPTransport(configuration)) else {
            Issue.record("not the server's trouble")
            return
        }
        #expect(!text.isEmpty)
    }

    @Test("Many messages use one connection")
    func reusesConnection() async throws {
        let server = try SMTPServer()
        let transport = SMTPTransport(try server.configuration())
        var peers: Set<Int?> = []
        for number in 0..<20 {
            #expect(
                try await deliver(to: "person\(number)@grand-val.example", by: transport)
                    == .accepted(reply: "250 2.0.0 queued as 4Xq7"))
            peers.insert(try server.message().peer)
        }
        #expect(peers.count == 1)
        await transport.close()
        #expect(try await deliver(by: transport) == .accepted(reply: "250 2.0.0 queued as 4Xq7"))
        #expect(!peers.contains(try server.message().peer))
    }

    @Test("A kept connection that the server closed is replaced silently")
    func replacesClosedConnection() async throws {
        let server = try SMTPServer()
        let transport = SMTPTransport(try server.configuration())
        for _ in 0..<3 {
            let outcome = try await deliver(to: "then-close@grand-val.example", by: transport)
            #expect(outcome == .accepted(reply: "250 2.0.0 queued as 4Xq7"))
        }
    }
}
