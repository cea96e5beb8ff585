import GreffierProtocol

/// What the queue did since the broker started: for people who look at it, and for monitoring. Bounded, and lost with
/// the process.
struct Activity {
    private static let minutes = 60

    /// What the workers of one stage did.
    fileprivate struct Work {
        var done = 0
        var failed = 0
        var returned = 0
        var refused = 0
        var totalMilliseconds = 0
        var durations = [Int](repeating: 0, count: StageActivity.durationMilliseconds.count + 1)
        var last: MonotonicTime?
        /// Jobs done in each of the last minutes, and which minute each place holds.
        var recent = [(minute: Int, done: Int)](repeating: (-1, 0), count: Activity.minutes)
    }

    private(set) var accepted = 0
    private var work: [Stage: Work] = [:]
    private var refused: [RefusalCode: Int] = [:]

    mutating func accept() {
        accepted += 1
    }

    mutating func refuse(_ code: RefusalCode) {
        refused[code, default: 0] += 1
    }

    /// A lease ended and its document came into `state` at `outcome`.
    mutating func end(_ lease: Lease, _ outcome: Outcome, isResult: Bool, now: MonotonicTime) {
        let stage = lease.job.stage
        if isResult {
            work[stage, default: Work()].finish(now - lease.granted, now)
        } else if outcome.state == .waiting {
            work[stage, default: Work()].returned += 1
        } else {
            work[stage, default: Work()].failed += 1
            if outcome.state == .refused { work[stage]?.refused += 1 }
        }
    }

    /// Refusals by code, the alphabet's order.
    var refusals: [RefusalCount] {
        refused.map { RefusalCount(code: $0.key.rawValue, count: $0.value) }.sorted { $0.code < $1.code }
    }

    /// What each stage did, and how many workers it has.
    func stages(now: MonotonicTime, workers: [Stage: Int]) -> [StageActivity] {
        Stage.allCases.map { stage in
            (work[stage] ?? Work()).summary(of: stage, workers: workers[stage] ?? 0, now: now)
        }
    }
}

extension Activity.Work {
    fileprivate mutating func finish(_ milliseconds: Int, _ now: MonotonicTime) {
        done += 1
        totalMilliseconds += milliseconds
        let column = StageActivity.durationMilliseconds.firstIndex { milliseconds <= $0 }
        durations[column ?? durations.count - 1] += 1
        last = now
        let minute = now.milliseconds / 60_000
        let place = minute % recent.count
        if recent[place].minute != minute { recent[place] = (minute, 0) }
        recent[place].done += 1
    }

    fileprivate func summary(of stage: Stage, workers: Int, now: MonotonicTime) -> StageActivity {
        let minute = now.milliseconds / 60_000
        let hour = recent.filter { $0.minute >= 0 && $0.minute > minute - recent.count }
        return StageActivity(
            stage: stage, done: done, failed: failed, returned: returned,
            lastMinute: hour.first { $0.minute == minute - 1 }?.done ?? 0, lastHour: hour.reduce(0) { $0 + $1.done },
            idleMilliseconds: last.map { now - $0 }, totalMilliseconds: totalMilliseconds, durations: durations,
            refused: refused, workers: workers)
    }
}
