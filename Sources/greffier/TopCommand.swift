import ArgumentParser
import Client
import Console
import Foundation
import GreffierProtocol
import Monitoring
import Operations

struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Show the cluster's status live, on a terminal, until Ctrl-C.")

    @OptionGroup var common: CommonOptions

    @Option(help: "How many seconds between two looks.")
    var every = 2

    func validate() throws {
        guard (1...3_600).contains(every) else { throw ValidationError("--every \(every): write 1 to 3600") }
    }

    func run() async throws {
        try await reportingErrors {
            guard isatty(STDOUT_FILENO) == 1 else {
                throw ValidationError("top draws on a terminal; in a pipe write `greffier status`, or `status --json`")
            }
            while true {
                Output.screen(look())
                try await Task.sleep(for: .seconds(every))
            }
        }
    }

    /// The status, or why there is none: a broker that starts again is waited for.
    private func look() -> String {
        do {
            let status = try common.clusterStatus(ages: true)
            let now = Int(Date().timeIntervalSince1970)
            return "\(Units.instant(now)), every \(every) s, Ctrl-C ends\n\n\(StatusView(status, now: now).text)"
        } catch {
            return "\(error)"
        }
    }
}

extension Output {
    /// Clears the terminal and shows `text` in its place.
    fileprivate static func screen(_ text: String) {
        line("\u{1B}[H\u{1B}[2J" + text)
    }
}
