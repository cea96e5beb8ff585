import Foundation
import Testing

/// A real mail server (aiosmtpd) that asks for STARTTLS and a login, and keeps what it is given.
final class SMTPServer {
    private let folder: TestFolder
    private let port: Int
    private let entering: [String]
    private var program: RunningProgram?
    private static let password = "sésame 1"

    /// A server that does not run yet, with a certificate of its own.
    /// - Parameter entering: the words before a command that run it on another host.
    init(entering: [String] = []) async throws {
        self.entering = entering
        folder = try TestFolder()
        port = try Self.freePort()
        _ = try folder.folder("mails")
        try folder.write("password", Self.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("password"))
        let arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.path("key.pem"), "-out",
            folder.path("certificate.pem"),
        ]
        let openssl = try RunningProgram(
            "/usr/bin/env", arguments, output: folder.path("openssl.log"), errors: folder.path("openssl.log"))
        try #require(try await openssl.exitCode() == 0, "openssl is missing: apt-get install openssl")
    }

    /// Starts it and waits until it listens.
    /// - Parameter refused: the recipient that it does not know.
    func start(refusing refused: String = "") async throws {
        let arguments =
            entering + [
                "python3", "-u", Script.path("smtp_server.py"), "\(port)", folder.path("mails"),
                folder.path("certificate.pem"), folder.path("key.pem"), "greffier", Self.password, refused,
            ]
        let log = folder.path("server.log")
        let program = try RunningProgram("/usr/bin/env", arguments, output: log, errors: log)
        self.program = program
        try await wait(for: "the mail server: is aiosmtpd there?") { [port] in
            try #require(program.isRunning, "the mail server ended: \(self.folder.text("server.log"))")
            return self.entering.isEmpty ? Self.listens(port) : self.folder.text("server.log").contains("listening")
        }
    }

    /// Stops it and starts it anew, with nobody refused.
    func restart() async throws {
        _ = try await program?.stop()
        try await start()
    }

    /// A cluster that sends its mails to two people through this server.
    func cluster() throws -> Cluster {
        try Cluster(configuration: configuration(for: ["greffe@val-aubrelle.example", "dgs@val-aubrelle.example"]))
    }

    /// The configuration of who sends to these people through it.
    func configuration(for recipients: [String]) -> String {
        """
        mail:
          transport: smtp
          from: Greffier <greffier@val-aubrelle.example>
          recipients: [\(recipients.joined(separator: ", "))]
          smtp:
            host: localhost
            port: \(port)
            security: starttls
            user: greffier
            passwordFile: \(folder.path("password"))
            authorities: \(folder.path("certificate.pem"))

        """
    }

    /// What it was given.
    func mails() async throws -> [Mail] { try await Mail.mails(in: folder.path("mails"), scratch: folder) }

    private static func freePort() throws -> Int {
        var address = loopback(port: 0)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw NeverCame(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func listens(_ port: Int) -> Bool {
        var address = loopback(port: port)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return address
    }
}
