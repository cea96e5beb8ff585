import Deadlines
import Deliberations

/// To what a duty belongs: most to one act, some to the whole session or to the authority, however many documents and
/// acts restate them.
enum DeadlineScope: Hashable {
    case act(ActID)
    /// The session by its digest in the deadline's identity: a document of one session may state a duty that belongs to
    /// an earlier one, whose minutes it approves.
    case session(String)
    case authority(Int64)

    /// The scope as rows have it.
    var key: String {
        switch self {
        case .act(let act): "act/\(act)"
        case .session(let digest): "session/\(digest)"
        case .authority(let authority): "authority/\(authority)"
        }
    }

    init?(key: String) {
        let parts = key.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch (parts[0], Int64(parts[1])) {
        case ("act", let act?): self = .act(ActID(act))
        case ("session", _): self = .session(String(parts[1]))
        case ("authority", let authority?): self = .authority(authority)
        default: return nil
        }
    }

    /// Rules whose duty arises once a session: the list of deliberations and the minutes (CGCT L2121-25, L2121-15,
    /// L5211-40-2).
    private static let sessionRules: Set<String> = [
        "liste-1-semaine", "pv-1-semaine", "epci-liste-communes", "epci-pv-communes",
    ]

    /// Rules whose duty arises once an exercise of the authority: budget and accounts (CGCT L1612-2, L1612-8, L1612-12,
    /// L1612-13, L2312-1).
    private static let authorityRules: Set<String> = [
        "budget-vote", "budget-transmission", "rob-dob", "comptes-vote", "comptes-transmission", "compte-comptable",
    ]

    /// Whether the duty belongs to one act.
    var isAct: Bool {
        if case .act = self { true } else { false }
    }

    /// The scope and the key within it of a deadline that a document states.
    ///
    /// - Parameter acts: the acts of the document, in the order of its deliberations.
    static func place(of deadline: Deadline, acts: [ActID], authority: Int64, day: CivilDate) -> (Self, key: String) {
        if authorityRules.contains(deadline.rule) {
            let year = deadline.due.map { String($0.year) } ?? "open"
            return (.authority(authority), "\(deadline.rule)/\(year)")
        }
        let identity = DeadlineIdentity(id: deadline.id)
        let key = identity?.duty ?? deadline.id
        let index = deadline.deliberation ?? (acts.count == 1 ? 0 : nil)
        if let index, acts.indices.contains(index), !sessionRules.contains(deadline.rule) {
            return (.act(acts[index]), key)
        }
        return (.session(identity?.act ?? "\(authority)/\(day.daysSince1970)"), key)
    }
}
