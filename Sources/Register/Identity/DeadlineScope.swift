import Deliberations

/// To what a duty belongs: most to one act, some to the whole session or to the authority, however many documents and
/// acts restate them.
enum DeadlineScope: Hashable {
    case act(ActID)
    case session(authority: Int64, day: CivilDate)
    case authority(Int64)

    /// The scope as rows have it.
    var key: String {
        switch self {
        case .act(let act): "act/\(act)"
        case .session(let authority, let day): "session/\(authority)/\(day.daysSince1970)"
        case .authority(let authority): "authority/\(authority)"
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
        "budget-vote", "budget-transmission", "rob-dob", "comptes-vote", "comptes-transmission",
    ]

    /// The scope and the key within it of a deadline that a document states.
    ///
    /// - Parameter acts: the acts of the document, in the order of its deliberations.
    static func place(of deadline: Deadline, acts: [ActID], authority: Int64, day: CivilDate) -> (Self, key: String) {
        if authorityRules.contains(deadline.rule) {
            let year = deadline.due.map { String($0.year) } ?? "open"
            return (.authority(authority), "\(deadline.rule)/\(year)")
        }
        if sessionRules.contains(deadline.rule) {
            return (.session(authority: authority, day: day), deadline.rule)
        }
        let index = deadline.deliberation ?? (acts.count == 1 ? 0 : nil)
        guard let index, acts.indices.contains(index) else {
            return (.session(authority: authority, day: day), deadline.id)
        }
        return (.act(acts[index]), deadline.id)
    }
}
