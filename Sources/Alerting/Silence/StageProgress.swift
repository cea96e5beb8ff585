import GreffierProtocol

/// Tells from the brokers' answers, one after the other, which stages have documents and finish none. A long queue that
/// moves is no silence; documents that are tried again and again for want of a tool, or of room on a disk, are.
public struct StageProgress: Sendable {
    private struct Mark: Hashable {
        /// Documents that wait, are with a worker, or are delayed for what a host lacks.
        var open: Int
        /// Those of them that no worker has.
        var waiting: Int
        /// What the stage ended since its brokers started.
        var ended: Int?
    }

    /// What is known of the stages.
    public struct Finding: Hashable, Sendable {
        /// Those that have not moved for the whole patience: how many documents wait.
        public var stalled: [Stage: Int] = [:]
        /// Those that moved since the last answer, or have nothing to do, or are paused by a person.
        public var moving: Set<Stage> = []
    }

    private let patience: Duration
    private var marks: [Stage: (mark: Mark, since: ContinuousClock.Instant)] = [:]

    /// Stages that do not move for `patience` are stalled.
    public init(patience: Duration) {
        self.patience = patience
    }

    /// What an answer of the brokers shows.
    public mutating func observe(_ status: Status, now: ContinuousClock.Instant) -> Finding {
        var finding = Finding()
        for stage in Stage.allCases {
            let mark = Self.mark(of: stage, status)
            guard mark.open > 0, !status.paused.contains(stage) else {
                marks[stage] = nil
                finding.moving.insert(stage)
                continue
            }
            guard var known = marks[stage] else {
                if mark.waiting > 0 { marks[stage] = (mark, now) }
                continue
            }
            if Self.hasMoved(from: known.mark, to: mark) {
                known.since = now
                finding.moving.insert(stage)
            } else if mark.waiting > 0, now - known.since >= patience {
                finding.stalled[stage] = mark.waiting
            }
            known.mark = mark
            marks[stage] = known
        }
        return finding
    }

    /// Whether documents left the stage. A broker that started anew, or does not answer, counts from less: that is no
    /// progress.
    private static func hasMoved(from old: Mark, to new: Mark) -> Bool {
        guard let before = old.ended, let after = new.ended else { return new.open < old.open }
        return after > before
    }

    private static func mark(of stage: Stage, _ status: Status) -> Mark {
        let counts = status.counts.filter { $0.stage == stage }
        func count(_ state: DocumentState) -> Int {
            counts.filter { $0.state == state }.reduce(0) { $0 + $1.count }
        }
        let waiting = count(.waiting) + counts.reduce(0) { $0 + ($1.lacking ?? 0) }
        let activity = status.activity?.first { $0.stage == stage }
        return Mark(
            open: waiting + count(.leased), waiting: waiting, ended: activity.map { $0.done + ($0.refused ?? 0) })
    }
}
