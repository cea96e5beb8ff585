import Deliberations

/// Quorums and proxies of the health emergency (laws 2020-290 art. 10, 2020-760, 2020-1379 art. 6, 2021-689 art. 8,
/// 2021-1465 art. 10), by the day of the session.
enum ExceptionalPeriods {
    /// How a quorum is counted.
    enum Quorum: Equatable {
        /// More than half of the members in office, present.
        case ordinary
        /// One third, present or represented.
        case thirdPresentOrRepresented
        /// One third, present.
        case thirdPresent
        /// The texts of the day contradict each other: ordinary, and only a warning if one third is there.
        case doubtful
    }

    private struct Period {
        var first: String
        var last: String
        var quorum: Quorum
        /// How many proxies a member may hold with certainty, and at most.
        var proxies: (certain: Int, possible: Int)
    }

    private static let periods:
        [(days: ClosedRange<CivilDate>, quorum: Quorum, proxies: (certain: Int, possible: Int))] =
            [
                Period(first: "2020-03-12", last: "2020-07-10", quorum: .thirdPresentOrRepresented, proxies: (2, 2)),
                Period(first: "2020-07-11", last: "2020-08-30", quorum: .thirdPresent, proxies: (2, 2)),
                Period(first: "2020-10-17", last: "2020-11-14", quorum: .doubtful, proxies: (1, 2)),
                Period(first: "2020-11-15", last: "2021-09-30", quorum: .thirdPresent, proxies: (2, 2)),
                Period(first: "2021-11-10", last: "2022-07-31", quorum: .thirdPresent, proxies: (2, 2)),
            ].compactMap { period in
                guard let first = CivilDate(jsonString: period.first), let last = CivilDate(jsonString: period.last)
                else {
                    return nil
                }
                return (first...last, period.quorum, period.proxies)
            }

    /// How the quorum of a session on `date` is counted.
    static func quorum(on date: CivilDate) -> Quorum {
        periods.first { $0.days.contains(date) }?.quorum ?? .ordinary
    }

    /// How many proxies a member may hold in a session on `date`; the second figure is that of a doubtful reading.
    static func proxyLimit(on date: CivilDate) -> (certain: Int, possible: Int) {
        periods.first { $0.days.contains(date) }?.proxies ?? (1, 1)
    }
}
