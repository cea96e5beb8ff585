import ArgumentParser
import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Register

struct YearBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "year",
        abstract:
            "A simulated year: deliberations pushed day by day, their alerts made, claimed, sent and entered, with "
            + "the register closed at random between any two of these; then what was sent is checked against the schedules."
    )

    @Option(help: "Deliberations.")
    var deliberations = 2_000

    @Option(help: "Days through which the clock runs.")
    var days = 400

    @Option(help: "Of how many steps one ends in a crash.")
    var crashes = 50

    @Option(help: "The seed of what is drawn at random.")
    var seed: UInt64 = 1

    func run() throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        var year = try SimulatedYear(
            folder: folder.path + "/data", deliberations: deliberations, days: days, crashes: crashes, seed: seed)
        let duration = try ContinuousClock().measure { try year.run() }
        let result = try year.check()
        print(
            "\(deliberations) deliberations, \(days) days, \(year.deaths) crashes, \(result.sent) alerts in "
                + "\(year.mails) mails in \(rounded(duration / .seconds(1), 1)) s: \(result.expected) reminders due, \(result.missing) missing, "
                + "\(result.twice) twice beside the \(result.doubtful) resent after a lost answer, \(result.early) early"
        )
        if !result.isSound { throw ExitCode.failure }
    }
}

struct DueBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Finding and making what is due in the next minute among very many deadlines.")

    @Option(help: "Deadlines.")
    var deadlines = 1_000_000

    func run() throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        let register = try Register(folder: folder.path + "/data")
        let start = ParisTime.instant(of: SimulatedYear.start, at: SendingHours.standard.opens)
        let perDocument = 500
        for index in 0..<max(1, deadlines / perDocument) {
            let due = (0..<perDocument).map { SimulatedYear.start + 70 + (index * perDocument + $0) % 3_600 }
            _ = try register.register([try SimulatedYear.registration(index, due: due, on: start)], now: start)
        }
        var samples = Samples()
        var due = 0
        for minute in 0..<100 {
            let now = start + 20 * 86_400 + minute * 60
            try samples.measure {
                if let next = try register.nextWake(), next <= now + 60 { due += 1 }
            }
        }
        var making = Samples()
        var made = 0
        for day in 0..<20 {
            let now = start + (21 + day) * 86_400
            try making.measure {
                made += try register.makeDueAlerts(now: now, limit: 256, messageHost: "greffier.example") { _ in
                    AlertPlan(recipients: ["a@example.org"], sendAt: now)
                }
            }
        }
        print(
            "\(deadlines) deadlines: asking whether something is due in the next minute \(rounded(samples.median, 3)) ms "
                + "(median), \(rounded(samples.milliseconds(percentile: 99), 3)) ms (99 %); "
                + "making \(made) alerts that are due \(rounded(making.median, 1)) ms a round of at most 256")
    }
}
