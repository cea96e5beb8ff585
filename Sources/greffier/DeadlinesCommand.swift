import AlertingSetup
import ArgumentParser
import Console
import Deliberations
import Operations
import Register

struct DeadlinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadlines", abstract: "List the register's deadlines, and say what is done with them.",
        subcommands: [
            DeadlinesListCommand.self, DeadlinesDoneCommand.self, DeadlinesReopenCommand.self,
            DeadlinesSnoozeCommand.self, DeadlinesSetDateCommand.self, DeadlinesAssignCommand.self,
        ])
}

struct DeadlinesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List deadlines by date; those whose start is unknown come last.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(
        help: "Only these states, separated by commas: open, scheduled, due, overdue, closed, cancelled, superseded.")
    var state: String?

    @Option(help: "Only up to this day, 2025-12-31.")
    var until: String?

    @Option(help: "Only authorities whose name has these words.")
    var authority: String?

    @Option(help: "At most this many.")
    var limit = 200

    func run() async throws {
        try await reportingErrors {
            let configuration = try common.configuration()
            let register = try Register(reading: configuration.registerPlace)
            let deadlines = try register.deadlines(try filter(), today: try common.clock().today())
            if output.json {
                for deadline in deadlines { Output.json(deadline) }
            } else {
                Output.line(DeadlinesView(deadlines).text)
            }
        }
    }

    private func filter() throws -> DeadlineFilter {
        var filter = DeadlineFilter()
        filter.authority = authority
        filter.limit = max(1, limit)
        if let until {
            guard let day = CivilDate(jsonString: until) else {
                throw ValidationError("--until \(until): write a day such as 2025-12-31")
            }
            filter.until = day
        }
        if let state {
            let words = state.split(separator: ",").map(String.init)
            filter.states = try Set(
                words.map { word in
                    guard let state = Deadline.State(rawValue: word) else {
                        throw ValidationError("--state \(word): no such state")
                    }
                    return state
                })
        }
        return filter
    }
}
