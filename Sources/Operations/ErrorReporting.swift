import ArgumentParser
import Foundation

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
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
