import Console
import Foundation
import GreffierProtocol
import Operations
import Queue
import Register

extension Checkup {
    /// Whether this host's clock is behind what the broker, the queue or the register wrote: then reminders leave late, and
    /// what people are shown is dated wrongly.
    func clock() -> Diagnosis {
        guard let now = try? common.clock().now() else { return .skipped("clock", "--now is no moment") }
        let latest = latestTimes().max { $0.at < $1.at }
        guard let latest else { return .skipped("clock", "nothing to compare it with yet") }
        guard latest.at <= now + StartCheck.clockTolerance else {
            return .wrong(
                "clock", "this host has \(Units.instant(now)), \(latest.what) is of \(Units.instant(latest.at))",
                cure: "set the clocks of all hosts by NTP (timedatectl set-ntp true), then start the programs again")
        }
        return .right("clock", "\(Units.instant(now)), after everything that is stored")
    }

    private func latestTimes() -> [(what: String, at: Int)] {
        var times: [(what: String, at: Int)] = []
        if case .status(let status)? = try? common.ask(.status(StatusRequest())) {
            times.append(("the broker's start", status.startedAt))
        }
        if configuration.store == nil, let at = (try? QueueInspection.latest(folder: configuration.queueFolder)) ?? nil
        {
            times.append(("the newest change in the queue", at))
        }
        if let register = try? Register(reading: configuration.registerPlace),
            let at = (try? register.latestEntry()) ?? nil
        {
            times.append(("the newest document in the register", at))
        }
        return times
    }
}
