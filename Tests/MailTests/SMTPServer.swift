import Foundation
import Testing

@testable import Mail

/// A real SMTP server (aiosmtpd) in its own process; it ends with the value.
final class SMTPServer {
    /// One line that the server told.
    struct Event: Decodable {
        let event: String
        let module: String?
        let port: Int?
        let name: String?
        let tls: Bool?
        let sender: String?
        let recipients: [String]?
        let peer: Int?
        let login: Bool?
        let content: String?
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let lines: EventLines

    init(_ arguments: [String] = []) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-u", SupportFile.path("smtp_server.py")] + arguments
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        lines = EventLines(output.fileHandleForReading)
        let first = try lines.next()
        if let module = first?.module {
            throw Failure(description: "the Python module \(module) is missing: pip install \(module)")
        }
        guard let port = first?.port else {
            throw Failure(description: "the SMTP server did not start; is python3 there?")
        }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }

    /// The next message that the server took; the events before it are skipped.
    func message() throws -> Event {
        while let event = try lines.next() {
            if event.event == "message" { return event }
        }
        throw Failure(description: "the SMTP server ended before a message came")
    }

    /// The next event of that name.
    func event(_ name: String) throws -> Event {
        while let event = try lines.next() {
            if event.event == name { return event }
        }
        throw Failure(description: "the SMTP server ended before \(name)")
    }

    /// A configuration that reaches this server.
    func configuration(
        security: SMTPConfiguration.Security = .none, verification: SMTPConfiguration.Verification = .required,
        authority: String? = nil, login: (String, String)? = nil, mechanism: SMTPConfiguration.Mechanism = .automatic,
        host: String = "127.0.0.1", greetingName: String? = nil, seconds: Int = 20
    ) throws -> SMTPConfiguration {
        try SMTPConfiguration(
            host: host, port: port, security: security, verification: verification, authorityFile: authority,
            credentials: login.map { .init(user: $0.0, password: Password($0.1), mechanism: mechanism) },
            greetingName: greetingName, connectSeconds: seconds, totalSeconds: seconds)
    }
}

/// Reads JSON lines from a pipe as they come.
private final class EventLines {
    private let handle: FileHandle
    private var buffer = Data()

    init(_ handle: FileHandle) { self.handle = handle }

    func next() throws -> SMTPServer.Event? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = buffer[buffer.startIndex..<end]
                buffer = Data(buffer[(end + 1)...])
                return try JSONDecoder().decode(SMTPServer.Event.self, from: line)
            }
            guard let more = try bytes() else { return nil }
            buffer += more
        }
    }

    /// What has come, nil at the end. `FileHandle` takes a signal for a failure.
    private func bytes() throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(handle.fileDescriptor, &bytes, bytes.count)
            if count > 0 { return Array(bytes[..<count]) }
            if count == 0 { return nil }
            guard errno == EINTR else { throw SMTPServer.Failure(description: "the SMTP server cannot be read") }
        }
    }
}

/// A self-made certificate for localhost and 127.0.0.1.
struct TestCertificate {
    let folder: TemporaryFolder
    var certificate: String { folder.path + "/certificate.pem" }
    var key: String { folder.path + "/key.pem" }

    init() throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl is missing: apt-get install openssl")
    }

    func arguments(_ mode: String) -> [String] { ["--tls", mode, "--certificate", certificate, "--key", key] }
}
