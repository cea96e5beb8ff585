import ArgumentParser
import Console
import Foundation

/// A program of Greffier: a command whose exit code for bad usage is 2, as scripts expect it.
public protocol GreffierProgram: AsyncParsableCommand {}

extension GreffierProgram {
    /// Parses the command line and runs the command.
    public static func main() async {
        MemoryUse.bound()
        Signals.catchBrokenPipes()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch  where exitCode(for: error) == .validationFailure {
            report(fullMessage(for: error))
            Foundation.exit(2)
        } catch {
            exit(withError: error)
        }
    }
}

/// Runs a program's body; what goes wrong is one sentence on standard error and an exit code: 2 when the configuration
/// is wrong, so that a supervisor does not try again, else 1.
public func runReportingErrors(_ program: String, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as ConfigurationError {
        report("\(error)")
        throw ExitCode(2)
    } catch {
        report("\(program): \(error)")
        throw ExitCode(1)
    }
}

private func report(_ text: String) {
    Output.error(text)
}
