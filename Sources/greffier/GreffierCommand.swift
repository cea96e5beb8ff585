import ArgumentParser
import Console
import Operations

/// The hand tool of operators and of scripts that push documents.
@main
struct GreffierCommand: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier",
        abstract: "Reads the deliberations of French local authorities, checks them, and reminds staff in time.",
        version: ProgramVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "DOCUMENTS",
                subcommands: [PushCommand.self, WatchCommand.self, ExtractCommand.self, CheckCommand.self]),
            CommandGroup(name: "RULES", subcommands: [RulesCommand.self]),
            CommandGroup(
                name: "REGISTER",
                subcommands: [
                    SearchCommand.self, DeadlinesCommand.self, AlertsCommand.self, AnswerCommand.self,
                    TemplatesCommand.self, ExportCommand.self, RoutesCommand.self,
                ]),
            CommandGroup(
                name: "CLUSTER",
                subcommands: [
                    UpCommand.self, DoctorCommand.self, StatusCommand.self, TopCommand.self, JobsCommand.self,
                    ShowCommand.self, ActsCommand.self, RetryCommand.self, ReplayCommand.self, HoldCommand.self,
                    ReleaseCommand.self, DropCommand.self, ForgetCommand.self, PauseCommand.self, ResumeCommand.self,
                    ForgetRegisterCommand.self, MetricsCommand.self, ConfigCommand.self, KeygenCommand.self,
                    BackupCommand.self, RestoreCommand.self, StoreCommand.self,
                ]),
        ])
}

/// The exit codes that scripts rely on; 0 is success and 2 bad usage.
enum ExitStatus {
    /// Something went wrong that no other code says.
    static let failure = ExitCode(1)
    /// The command, its options or the configuration are wrong.
    static let usage = ExitCode(2)
    /// Some documents were refused.
    static let refused = ExitCode(3)
    /// No broker answered.
    static let unreachable = ExitCode(4)
    /// The broker was busy past the deadline.
    static let busy = ExitCode(5)
}

/// Runs a command's body, says on standard error what went wrong, and turns it into an exit code.
func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let code as ExitCode {
        throw code
    } catch let error as ConfigurationError {
        Output.error("\(error)")
        throw ExitStatus.usage
    } catch let error as ValidationError {
        throw error
    } catch {
        Output.error("greffier: \(error)")
        throw ExitStatus.of(error)
    }
}
