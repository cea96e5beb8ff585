import ArgumentParser
import Backup
import Console
import Foundation
import Operations

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy queue, register and the key of the answers into a new folder, while the cluster works.",
        discussion: """
            Every record is read and checked; the folder (mode 0700) has its name only when it is whole, with a manifest of \
            checksums. Back up neither keys nor greffier.yaml nor the outbox with it. On PostgreSQL use pg_dump.
            """)

    @Argument(help: "The folder to make.")
    var folder: String

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reportingErrors {
            let configuration = try common.configuration()
            try configuration.requireFolder(
                "\"pg_dump -n greffier_queue -n greffier_register -Fc\" backs up everything, while the cluster works")
            let manifest = try BackupMaker(
                data: configuration.dataFolder, version: ProgramVersion.current,
                now: Int(Date().timeIntervalSince1970)
            ).make(folder)
            if output.json {
                Output.json(manifest)
            } else {
                Output.line("\(folder): \(manifest.files.count) files, \(Units.bytes(manifest.bytes)), all checked")
            }
            for problem in manifest.problems { Output.error("damaged before the backup: \(problem)") }
            if !manifest.problems.isEmpty { throw ExitStatus.failure }
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an empty data folder, every file checked against its manifest.",
        discussion: """
            End the former cluster first: two that go on from the same backup both send. What was accepted, done or sent after \
            the backup was made is unknown to it: push again what scripts sent since (what is known is KNOWN), and expect \
            mails that left since to come once more.
            """)

    @Argument(help: "The backup's folder.")
    var folder: String

    @Option(help: "The data folder: empty, or not there yet.")
    var to: String

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reportingErrors {
            try common.configuration().requireFolder("pg_restore puts back what pg_dump made")
            let restorer = try BackupRestorer(folder)
            try restorer.restore(to: to)
            if output.json { return Output.json(restorer.manifest) }
            Output.line("\(to): as of \(Units.instant(restorer.manifest.madeAt)); start the programs with --data \(to)")
        }
    }
}

extension Configuration {
    /// - Throws: `ConfigurationError` where queue and register are in a database.
    fileprivate func requireFolder(_ cure: String) throws {
        guard store != nil else { return }
        throw ConfigurationError(
            place: "the configuration", key: "store", message: "queue and register are in PostgreSQL: \(cure)")
    }
}
