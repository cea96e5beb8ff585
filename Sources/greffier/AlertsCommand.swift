import AlertingSetup
import ArgumentParser
import Console
import Deadlines
import Foundation
import Operations
import Register

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Look into the mails to staff, and send again or end those that failed.",
        subcommands: [AlertsListCommand.self, AlertsResendCommand.self, AlertsCancelCommand.self])
}

struct AlertsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List alerts, the newest first, with what the mail server said.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "Only these states, separated by commas: pending, claimed, sent, failed, uncertain, cancelled.")
    var state: String?

    @Option(help: "Only this recipient's.")
    var recipient: String?

    @Option(help: "At most this many.")
    var limit = 200

    func run() async throws {
        try await reportingErrors {
            let register = try Register(reading: common.configuration().registerPlace)
            let alerts = try register.alerts(try filter())
            if output.json {
                for alert in alerts { Output.json(alert) }
            } else {
                Output.line(AlertsView(alerts: alerts, waitingForPerson: try register.alertsWaitingForPerson()).text)
            }
        }
    }

    private func filter() throws -> AlertFilter {
        var filter = AlertFilter()
        filter.recipient = recipient
        filter.limit = max(1, limit)
        if let state {
            filter.states = try Set(
                state.split(separator: ",").map { word in
                    guard let state = AlertState(rawValue: String(word)) else {
                        throw ValidationError("--state \(word): no such state")
                    }
                    return state
                })
        }
        return filter
    }
}

struct AlertsResendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Send alerts again that failed, or of which nobody knows whether they arrived.",
        discussion: "Each keeps its Message-ID; who asked and why is kept in the audit.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The alerts' numbers, as `greffier alerts list` shows them.")
    var ids: [Int64]

    @Option(help: "Why; kept in the audit.")
    var why = "sent again by hand"

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func run() async throws {
        try await reportingErrors {
            try common.changeAlerts(ids, by: by, why: why, output) { register, id, act, now in
                try register.resendAlert(id, by: act, now: now)
            }
        }
    }
}

struct AlertsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End alerts that have not left: they are not sent any more.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The alerts' numbers, as `greffier alerts list` shows them.")
    var ids: [Int64]

    @Option(help: "Why; kept in the audit.")
    var why: String

    @Option(help: "Who does it (default: the user).")
    var by: String?

    func run() async throws {
        try await reportingErrors {
            try common.changeAlerts(ids, by: by, why: why, output) { register, id, act, now in
                try register.cancelAlert(id, by: act, now: now)
            }
        }
    }
}

extension CommonOptions {
    /// Does an act on each alert and prints what it is then.
    fileprivate func changeAlerts(
        _ ids: [Int64], by actor: String?, why: String, _ output: JSONOption,
        _ change: (Register, AlertID, AlertAct, UTCInstant) throws -> AlertListing
    ) throws {
        let register = try Register(mending: configuration().registerPlace)
        let now = UTCInstant(secondsSince1970: try clock().now())
        let act = AlertAct(actor: actor ?? NSUserName(), reason: why)
        for id in ids {
            let alert = try change(register, AlertID(id), act, now)
            if output.json { Output.json(alert) } else { Output.line("\(alert.id) \(alert.state.rawValue)") }
        }
    }
}
