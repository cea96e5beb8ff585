import Deadlines
import Foundation
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Alerts by SMTP")
struct SMTPTests {
    @Test("A real server gets one transaction a recipient, and a server that refuses one takes the others")
    func delivers() async throws {
        let server = try MailServer()
        let office = try Office(recipients: ["a@grand-val.example", "b@grand-val.example"])
        let register = try office.register()
        _ = try register.register(
            [try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let configuration = try SMTPConfiguration(
            host: "127.0.0.1", port: server.port, security: .none, connectSeconds: 20, totalSeconds: 20)
        let round = try await office.delivery(register, transport: SMTPTransport(configuration)).round()
        #expect(round.sent == 2)
        #expect(try register.alerts().map(\.state) == [.sent, .sent])
        let recipients = try [server.nextRecipients(), server.nextRecipients()]
        #expect(Set(recipients) == [["a@grand-val.example"], ["b@grand-val.example"]])
    }

    @Test("A server that is not there delays the alerts")
    func absent() async throws {
        let office = try Office()
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let configuration = try SMTPConfiguration(
            host: "127.0.0.1", port: 1, security: .none, connectSeconds: 5, totalSeconds: 5)
        let round = try await office.delivery(register, transport: SMTPTransport(configuration)).round()
        #expect(round.delayed == 1)
        #expect(round.serverTrouble != nil)
    }
}

/// The aiosmtpd server of the mail module's tests, in its own process; it ends with the value.
private final class MailServer {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct Event: Decodable {
        let event: String
        let port: Int?
        let recipients: [String]?
    }

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer = Data()

    init() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("MailTests/Support/smtp_server.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-u", script.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard let line = Self.line(from: output, &buffer),
            let port = try JSONDecoder().decode(Event.self, from: line).port
        else { throw Failure(description: "the SMTP server did not start: pip install aiosmtpd") }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The recipients of the next message that the server took.
    func nextRecipients() throws -> [String] {
        while let line = Self.line(from: output, &buffer) {
            let event = try JSONDecoder().decode(Event.self, from: line)
            if event.event == "message" { return event.recipients ?? [] }
        }
        throw Failure(description: "the SMTP server ended before a message came")
    }

    private static func line(from pipe: Pipe, _ buffer: inout Data) -> Data? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = Data(buffer[buffer.startIndex..<end])
                buffer = Data(buffer[(end + 1)...])
                return line
            }
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            buffer += more
        }
    }
}
