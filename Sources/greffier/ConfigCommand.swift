import Alerting
import AlertingSetup
import ArgumentParser
import Console
import Conversion
import Operations

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration.", subcommands: [ConfigCheckCommand.self])
}

struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong in the configuration and where, or that it is right.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "List all keys with their defaults and meanings instead.")
    var keys = false

    func run() async throws {
        try await reportingErrors {
            if keys { return Output.line(Self.keyTable) }
            let configuration = try common.configuration()
            let mail = try MailSetup(configuration.mail)
            _ = try configuration.exportSettings()
            let delivery = configuration.mail.smtp.map { "SMTP to \($0.host):\($0.port)" }
            Output.line("the configuration is right")
            Output.line("  data      \(configuration.dataFolder)")
            Output.line("  endpoint  \(configuration.endpoint)")
            for endpoint in configuration.listen { Output.line("  listens   \(endpoint)") }
            Output.line("  keys      \(try Self.keys(configuration))")
            Output.line("  mail      \(delivery ?? "files in \(configuration.mail.outboxFolder)")")
            Output.line("  from      \(mail.settings.from), bounces to \(mail.settings.bounces)")
            for line in Self.routeLines(mail.settings.routes) { Output.line(line) }
            for line in Self.toolLines(.standard) { Output.line(line) }
        }
    }

    /// Who is told, the catch-all first.
    private static func routeLines(_ tree: RoutingTree) -> [String] {
        tree.root.all.map { route in
            let to = route.recipients.map(\.address).joined(separator: ", ")
            let escalation = (route.escalation?.recipients ?? []).map(\.address).joined(separator: ", ")
            return "  to        \(to)" + (route.path.isEmpty ? "" : ", of the route \(route.path)")
                + (escalation.isEmpty ? "" : "; escalates to \(escalation)")
        }
    }

    /// Which documents this host reads, as `greffier-ingest` and `greffier check` find it.
    private static func toolLines(_ tools: ToolRunner) -> [String] {
        let missing = tools.missingTools
        let packages = Set(missing.map(\.debianPackage)).sorted()
        var lines = ["  sandbox   \(tools.isolationWarning ?? "bubblewrap")"]
        let purposes = Set(missing.filter { $0 != .bubblewrap }.map(\.purpose)).sorted()
        if purposes.isEmpty {
            lines.append("  reads     text, HTML, PDF, scans, images, DOCX, ODT, DOC, e-mails, ZIP")
        } else {
            lines.append(
                "  unread    \(purposes.joined(separator: ", ")): apt-get install \(packages.joined(separator: " "))")
        }
        return lines
    }

    /// Which keys this host has; each file is read, as the programs do at their start.
    private static func keys(_ configuration: Configuration) throws -> String {
        let broker = try configuration.brokerKeys().map {
            "of the broker \($0.pair.publicKey), \($0.list.count) let in"
        }
        let isClient = try configuration.clientSecurity().isEncrypted
        let own = isClient ? configuration.keys.ownPairFile.map { "of this host in \($0)" } : nil
        let all = [broker, own].compactMap { $0 }
        return all.isEmpty ? "none: this host only" : all.joined(separator: "; ")
    }

    private static var keyTable: String {
        var table = Table([("KEY", .left), ("DEFAULT", .left), ("ENVIRONMENT", .left), ("MEANING", .left)])
        for key in ConfigurationKey.all {
            table.add([key.path, key.standard ?? "", key.environmentName, key.meaning])
        }
        return table.text
    }
}
