import Foundation
import Testing

extension ClusterTests {
    @Suite("A wrong configuration")
    struct WrongConfiguration {
        @Test("config check lists everything that is wrong, each with its line, and is exit code 2")
        func listsAll() async throws {
            let folder = try TestFolder()
            let text = "lease:\n  heartbeet: 2 s\nlimits:\n  queue: much\nmail:\n  transport: pigeon\n"
            let file = try folder.write("greffier.yaml", text)
            let run = try await run(.greffier, ["config", "check", "--config", file], folder)
            #expect(run.code == 2 && run.output.isEmpty && run.errorLines.count == 3, "\(run.errors)")
            #expect(
                run.errors.contains("greffier.yaml:2: lease.heartbeet: no such key: did you mean `lease.heartbeat`?"))
            #expect(run.errors.contains("greffier.yaml:4: limits.queue:"))
            #expect(run.errors.contains("greffier.yaml:6: mail.transport: \"pigeon\" is not one of outbox, smtp"))
        }

        @Test("config check says that all is well")
        func allIsWell() async throws {
            let folder = try TestFolder()
            let file = try folder.write("greffier.yaml", Cluster.configuration)
            let run = try await run(
                .greffier, ["config", "check", "--config", file, "--data", folder.path("d")], folder)
            #expect(run.code == 0 && run.errors.isEmpty && run.output.contains(folder.path("d")))
        }

        @Test(
            "What is wrong with mail is found by config check, by up and by notify alike: its key, its cure, exit code 2"
        )
        func mailSetup() async throws {
            let folder = try TestFolder()
            let templates = try folder.folder("templates")
            try folder.write("templates/reminder.text.mustache", "{{deadline.whta}}")
            let text = "mail:\n  bounces: nobody\n  recipients: [a@b.example, a@b.example]\n  templates: \(templates)\n"
            let file = try folder.write("greffier.yaml", text)
            let options = ["--config", file, "--data", folder.path("d")]
            let runs = [
                (ProgramName.greffier, ["config", "check"] + options), (.greffier, ["up"] + options),
                (.notify, options),
            ]
            for (name, arguments) in runs {
                let run = try await run(name, arguments, folder)
                #expect(run.code == 2 && run.output.isEmpty && run.errorLines.count == 3, "\(run.errors)")
                #expect(run.errors.contains("mail.bounces: email address \"nobody\": write it as name@host"))
                #expect(run.errors.contains("mail.recipients: the address a@b.example stands twice"))
                #expect(run.errors.contains("mail.templates: template \(templates)/reminder.text.mustache, line 1"))
            }
            #expect(folder.names(in: "d/outbox").isEmpty && folder.names(in: "d/queue.sqlite").isEmpty)
        }

        @Test("The default sender is refused by SMTP, and a timeout shorter than the usual one is not")
        func smtpSender() async throws {
            let folder = try TestFolder()
            let server =
                "mail:\n  transport: smtp\n  recipients: a@b.example\n  smtp: {host: localhost, timeout: 5 s}\n"
            let file = try folder.write("greffier.yaml", server)
            let options = ["config", "check", "--config", file, "--data", folder.path("d")]
            let refused = try await run(.greffier, options, folder)
            #expect(refused.code == 2 && refused.errors.contains("mail.from: is missing"), "\(refused.errors)")
            try folder.write("greffier.yaml", server + "  from: greffier@b.example\n")
            let right = try await run(.greffier, options, folder)
            #expect(right.code == 0 && right.output.contains("bounces to greffier@b.example"), "\(right.errors)")
        }

        @Test("No program starts on a wrong key: one line that names the place, exit code 2", arguments: Self.programs)
        func refusesKey(name: ProgramName) async throws {
            let folder = try TestFolder()
            let file = try folder.write("greffier.yaml", "mail:\n  recipient: x@y.example\n")
            let run = try await run(name, ["--config", file, "--data", folder.path("d")], folder)
            #expect(run.code == 2 && run.errorLines.count == 1, "\(run.errors)")
            #expect(
                run.errors.contains("greffier.yaml:2: mail.recipient: no such key: did you mean `mail.recipients`?"))
            #expect(folder.names(in: "d").isEmpty)
        }

        @Test("No program goes beyond this host: one line, exit code 2", arguments: Self.programs)
        func staysOnHost(name: ProgramName) async throws {
            let folder = try TestFolder()
            for endpoint in ["tcp://192.0.2.7:5555", "tcp://*:5555", "tcp://greffe.example:5555"] {
                let run = try await run(name, ["--endpoint", endpoint, "--data", folder.path("d")], folder)
                #expect(run.code == 2 && run.errorLines.count == 1, "\(endpoint): \(run.errors)")
                #expect(run.errors.hasPrefix("--endpoint: endpoint: "))
            }
        }

        @Test("Nor does the hand tool", arguments: [["status"], ["push", "/etc/hostname"], ["up"]])
        func staysOnHost(command: [String]) async throws {
            let folder = try TestFolder()
            let far = ["--endpoint", "tcp://192.0.2.7:5555", "--data", folder.path("d")]
            let run = try await run(.greffier, command + far, folder)
            #expect(run.code == 2 && run.errorLines.count == 1, "\(run.errors)")
        }

        @Test(
            "A data folder that cannot be made: one line that names it, exit code 2",
            arguments: [ProgramName.broker, .notify])
        func unwritableFolder(name: ProgramName) async throws {
            let folder = try TestFolder()
            let data = try folder.write("file", "no folder") + "/data"
            let run = try await run(name, ["--data", data], folder)
            #expect(run.code == 2 && run.errorLines.count == 1, "\(run.errors)")
            #expect(run.errors.contains(data))
        }

        @Test("A data folder that others may read is refused with the cure")
        func openFolder() async throws {
            let folder = try TestFolder()
            let data = try folder.folder("d")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: data)
            let run = try await run(.broker, ["--data", data], folder)
            #expect(run.code == 2 && run.errors.contains("chmod 700 \(data)"), "\(run.errors)")
        }

        @Test("An unknown variable of the environment is named")
        func environment() async throws {
            let folder = try TestFolder()
            let program = try RunningProgram(
                ProgramName.greffier.path, ["config", "check"], output: folder.path("out"), errors: folder.path("err"),
                environment: ["GREFFIER_MAIL_FORM": "x"])
            let run = try await CommandRun(of: program)
            #expect(run.code == 2 && run.errors.contains("GREFFIER_MAIL_FORM"))
        }

        private static let programs = ProgramName.cluster

        private func run(_ name: ProgramName, _ arguments: [String], _ folder: TestFolder) async throws -> CommandRun {
            let unique = folder.path(UUID().uuidString)
            return try await CommandRun(
                of: try RunningProgram(name.path, arguments, output: unique + ".out", errors: unique + ".err"))
        }
    }
}
