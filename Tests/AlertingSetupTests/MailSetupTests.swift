import Foundation
import Mail
import Operations
import Testing

@testable import AlertingSetup

/// A folder of one test, removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "greffier-setup-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
        return "\(path)/\(name)"
    }
}

@Suite("What the configuration says of mail")
struct MailSetupTests {
    private static let server = [
        "mail.transport": "smtp", "mail.smtp.host": "mail.grand-val.example", "mail.from": "greffier@grand-val.example",
        "mail.recipients": "a@grand-val.example",
    ]

    private func mail(_ values: [String: String]) throws -> Configuration.Mail {
        var settings = Settings()
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { settings.set(key, value, flag: "--test") }
        return try Configuration(settings).mail
    }

    private func setup(_ values: [String: String]) throws -> MailSetup {
        try MailSetup(mail(Self.server.merging(values) { $1 }))
    }

    private func problems(_ values: [String: String]) throws -> [String] {
        do {
            _ = try setup(values)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map(\.description)
        }
    }

    @Test("Bounces go to the sender, or where the configuration says")
    func bounces() throws {
        #expect(try setup([:]).settings.bounces.address == "greffier@grand-val.example")
        let other = try setup(["mail.bounces": "Retours <retours@grand-val.example>"])
        #expect(other.settings.bounces.address == "retours@grand-val.example")
    }

    @Test("A password leaves in clear to a server of this host at most, and the key that would change that is named")
    func passwordInClear() throws {
        let folder = try TemporaryFolder()
        var values = ["mail.smtp.security": "none", "mail.smtp.user": "greffier"]
        values["mail.smtp.passwordFile"] = try folder.write("password", "hidden\n")
        let found = try problems(values)
        #expect(found.count == 1 && found[0].contains("mail.smtp.security") && !found[0].contains("hidden"), "\(found)")
        values["mail.smtp.host"] = "127.0.0.1"
        #expect(try problems(values).isEmpty)
    }

    @Test("A claim outlasts the slowest batch, and connecting takes no longer than the whole")
    func times() throws {
        #expect(try setup(["mail.smtp.timeout": "5 s"]).settings.claimSeconds == 600)
        #expect(try setup(["mail.smtp.timeout": "10 min"]).settings.claimSeconds == 2_460)
        for (seconds, connect) in [("5 s", 5), ("15 s", 15), ("60 s", 15)] {
            let smtp = try #require(try mail(Self.server.merging(["mail.smtp.timeout": seconds]) { $1 }).smtp)
            #expect(try SMTPConfiguration(smtp).connectSeconds == connect)
        }
    }

    @Test(
        "What is wrong is named with its key and its cure",
        arguments: [
            (["mail.from": "Greffier"], "mail.from", "write it as name@host"),
            (["mail.bounces": "a b@c.example"], "mail.bounces", "before @"),
            (["mail.replyTo": "é@c.example"], "mail.replyTo", "before @"),
            (["mail.recipients": "a@b.example, A@b.example"], "mail.recipients", "remove one of the two"),
            (["mail.recipients": "a@b.example, c"], "mail.recipients", "name@host"),
            (["mail.templates": "/nonexistent/templates"], "mail.templates", "check that it exists"),
            (["mail.smtp.timeout": "2 h"], "mail.smtp.timeout", "an hour at most"),
            (["mail.smtp.authorities": "/nonexistent/ca.pem"], "mail.smtp.authorities", "check that it exists"),
            (["mail.smtp.user": "greffier"], "mail.smtp.passwordFile", "name the file"),
            (["mail.smtp.host": "a/b"], "mail.smtp", "no host name"),
        ])
    func wrong(_ values: [String: String], _ key: String, _ cure: String) throws {
        let found = try problems(values)
        #expect(found.count == 1, "\(found)")
        #expect(found.allSatisfy { $0.contains(": \(key): ") && $0.contains(cure) }, "\(found)")
    }

    @Test("All that is wrong is told at once")
    func allAtOnce() throws {
        let found = try problems([
            "mail.from": "x", "mail.bounces": "y", "mail.templates": "/nonexistent", "mail.smtp.host": "a/b",
        ])
        #expect(found.count == 4, "\(found)")
    }

    @Test("A mistake in a customer's template is found, with its line")
    func templates() throws {
        let folder = try TemporaryFolder()
        try folder.write("reminder.text.mustache", "Bonjour\n{{deadline.whta}}")
        let found = try problems(["mail.templates": folder.path])
        #expect(found.first?.contains("mail.templates: template \(folder.path)/reminder.text.mustache, line 2") == true)
    }

    @Test("A password that others may read is refused")
    func password() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("password", "sésame\n", mode: 0o640)
        let values = ["mail.smtp.user": "greffier", "mail.smtp.passwordFile": file]
        #expect(try problems(values).first?.contains("chmod 600") == true)
        try folder.write("password", "sésame\n")
        #expect(try problems(values) == [])
    }

    @Test("Checking makes nothing; only the way out makes the folder for files")
    func makesNothing() throws {
        let folder = try TemporaryFolder()
        let outbox = "\(folder.path)/outbox"
        let setup = try MailSetup(mail(["mail.outbox": outbox]))
        #expect(!FileManager.default.fileExists(atPath: outbox))
        _ = try setup.transport()
        #expect(FileManager.default.fileExists(atPath: outbox))
        #expect(setup.settings.claimSeconds == 30)
        let blocked = try folder.write("file", "no folder")
        let impossible = try MailSetup(mail(["mail.outbox": "\(blocked)/outbox"]))
        #expect(throws: ConfigurationError.self) { try impossible.transport() }
    }
}
