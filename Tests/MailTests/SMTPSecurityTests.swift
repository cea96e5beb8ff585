import Foundation
import Testing

@testable import Mail

@Suite(.serialized) struct SMTPSecurityTests {
    private let login = ("greffier", "sésame 1")

    private func deliver(_ configuration: SMTPConfiguration) async throws -> DeliveryOutcome {
        let envelope = Envelope(
            sender: try EmailAddress("retours@grand-val.example"),
            recipient: try EmailAddress("claire@grand-val.example"))
        return await SMTPTransport(configuration).deliver(try Sample.message(), envelope: envelope)
    }

    private func isAccepted(_ outcome: DeliveryOutcome) -> Bool {
        if case .accepted = outcome { true } else { false }
    }

    private func troubleText(_ outcome: DeliveryOutcome) -> String? {
        if case .serverTrouble(_, let text) = outcome { text } else { nil }
    }

    @Test(
        "STARTTLS and TLS deliver to a server whose certificate is trusted",
        arguments: [
            ("starttls", SMTPConfiguration.Security.startTLS), ("starttls", .opportunistic), ("implicit", .tls),
        ])
    func encrypts(_ mode: String, _ security: SMTPConfiguration.Security) async throws {
        let certificate = try TestCertificate()
        let server = try SMTPServer(certificate.arguments(mode))
        let outcome = try await deliver(server.configuration(security: security, authority: certificate.certificate))
        #expect(isAccepted(outcome), "\(outcome)")
        #expect(try server.message().recipients == ["claire@grand-val.example"])
    }

    @Test(
        "A server that nobody vouches for gets no mail, unless the configuration says so in words",
        arguments: [
            ("starttls", SMTPConfiguration.Security.startTLS), ("implicit", .tls), ("starttls", .opportunistic),
        ])
    func verifies(_ mode: String, _ security: SMTPConfiguration.Security) async throws {
        let certificate = try TestCertificate()
        let server = try SMTPServer(certificate.arguments(mode))
        let refused = try await deliver(server.configuration(security: security))
        #expect(troubleText(refused)?.contains("certificate") == true, "\(refused)")
        let accepted = try await deliver(server.configuration(security: security, verification: .acceptsAnyServer))
        #expect(isAccepted(accepted), "\(accepted)")
    }

    @Test("A certificate for another name is refused")
    func verifiesName() async throws {
        let certificate = try TestCertificate()
        let server = try SMTPServer(certificate.arguments("starttls"))
        let configuration = try server.configuration(
            security: .startTLS, authority: certificate.certificate, host: "127.0.0.2")
        let outcome = try await deliver(configuration)
        #expect(troubleText(outcome) != nil, "\(outcome)")
    }

    @Test("Without STARTTLS a required one sends nothing, an opportunistic one goes on")
    func requiresTLS() async throws {
        let server = try SMTPServer()
        let refused = try await deliver(server.configuration(security: .startTLS))
        #expect(troubleText(refused)?.contains("security setting") == true, "\(refused)")
        #expect(isAccepted(try await deliver(server.configuration(security: .opportunistic))))
    }

    @Test(
        "Logins by PLAIN and LOGIN succeed, accents and spaces in the password included",
        arguments: [
            ("", SMTPConfiguration.Mechanism.automatic), ("PLAIN", .automatic), ("LOGIN", .automatic),
            ("PLAIN", .plain),
            ("LOGIN", .login),
        ])
    func logsIn(_ offered: String, _ mechanism: SMTPConfiguration.Mechanism) async throws {
        let certificate = try TestCertificate()
        let server = try SMTPServer(certificate.arguments("starttls") + ["--auth", "--mechanisms", offered])
        let outcome = try await deliver(
            server.configuration(
                security: .startTLS, authority: certificate.certificate, login: login, mechanism: mechanism))
        #expect(isAccepted(outcome), "\(outcome)")
        #expect(try server.message().login == true)
    }

    @Test(
        "A wrong or a missing login is everybody's trouble: an operator can mend it",
        arguments: [("greffier", "wrong"), nil])
    func mapsLogin(_ login: (String, String)?) async throws {
        let server = try SMTPServer(["--auth"])
        let outcome = try await deliver(server.configuration(login: login))
        guard case .serverTrouble(let code, let text) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(code == (login == nil ? 530 : 535), "\(text)")
        let trouble = await SMTPTransport(try server.configuration(login: login)).trouble()
        #expect((trouble != nil) == (login != nil))
        #expect(!text.contains("wrong"))
    }

    @Test(
        "A password would never cross the network in clear",
        arguments: [SMTPConfiguration.Security.none, .opportunistic])
    func refusesClearPasswords(_ security: SMTPConfiguration.Security) throws {
        let credentials = SMTPConfiguration.Credentials(user: "greffier", password: Password("secret"))
        #expect(throws: MailError.self) {
            try SMTPConfiguration(
                host: "relay.grand-val.example", port: 25, security: security, credentials: credentials)
        }
    }

    @Test("Neither a description nor a dump shows the password")
    func hidesPassword() throws {
        let credentials = SMTPConfiguration.Credentials(user: "greffier", password: Password("sesame-ouvre-toi"))
        let configuration = try SMTPConfiguration(host: "relay.grand-val.example", port: 587, credentials: credentials)
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped, "\(credentials.password)"] {
            #expect(!text.contains("sesame"))
        }
    }

    @Test(
        "Hosts that would change the URL are refused",
        arguments: ["", "a/b", "a@b", "a b", "a?b", "a\r\nb", "-a", "a#b"])
    func refusesHosts(_ host: String) {
        #expect(throws: MailError.self) { try SMTPConfiguration(host: host, port: 25, security: .none) }
    }
}
