import GreffierProtocol

/// Tells from the broker's answers, one after the other, which stages have documents and finish none. A long queue that
/// moves is no silence.
public struct StageProgress: Sendable {
    private struct Mark: Hashable {
        let waiting: Int
        let oldest: Int?
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

    /// What an answer of the broker shows.
    public mutating func observe(_ status: Status, now: ContinuousClock.Instant) -> Finding {
        var finding = Finding()
        for stage in Stage.allCases {
            let mark = Self.mark(of: stage, status)
            guard mark.waiting > 0, !status.paused.contains(stage) else {
                marks[stage] = nil
                finding.moving.insert(stage)
                continue
            }
            guard let known = marks[stage] else {
                marks[stage] = (mark, now)
                continue
            }
            if known.mark.oldest != mark.oldest || mark.waiting < known.mark.waiting {
                marks[stage] = (mark, now)
                finding.moving.insert(stage)
            } else if now - known.since >= patience {
                finding.stalled[stage] = mark.waiting
            }
        }
        return finding
    }

    private static func mark(of stage: Stage, _ status: Status) -> Mark {
        let waiting = status.counts.filter { $0.stage == stage && $0.state == .waiting }
        return Mark(waiting: waiting.reduce(0) { $0 + $1.count }, oldest: waiting.compactMap(\.oldestSince).min())
    }
}
