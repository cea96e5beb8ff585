import Deliberations

/// The printed voices of a vote against those that may be cast.
struct VoteTally {
    let pro: Int
    let con: Int
    let abstentions: Int
    /// Members who do not take part by choice; those who are interested are not among them.
    let notParticipating: Int
    let blank: Int
    let null: Int

    /// p + c + a + n + b + u.
    var sum: Int { pro + con + abstentions + notParticipating + blank + null }

    /// "101 + 0 + 0 = 101".
    var computation: String {
        var parts = [pro, con, abstentions]
        for more in [notParticipating, blank, null] where more > 0 { parts.append(more) }
        return parts.map(String.init).joined(separator: " + ") + " = \(sum)"
    }

    /// Nil unless the voices for are printed: a vote that prints opponents alone is no count.
    init?(_ vote: Vote?, attendance: AttendanceAtItem?) {
        guard let vote, let pro = vote.for else { return nil }
        self.pro = pro
        con = vote.against ?? 0
        abstentions = vote.abstentions ?? 0
        blank = vote.blank ?? 0
        null = vote.null ?? 0
        let apart = vote.notParticipating ?? 0
        let interestedCounts = [
            attendance?.excluded, attendance?.interestedPresent.count, attendance?.interested.count,
            vote.interestedCount,
        ]
        let areInterested = apart > 0 && interestedCounts.contains(apart)
        notParticipating = areInterested ? 0 : apart
    }
}

/// What can be said of a vote's sum.
enum VoiceBalance {
    /// Nothing: why, in French.
    case undecided(String)
    case noCount
    case balanced
    /// The surplus is that of the proxies that interested members hold or gave.
    case proxiesCounted(surplus: Int)
    case tooMany(isConfirmed: Bool)
    case tooFew

    init(_ act: ActReview, in review: Review) {
        guard let tally = act.tally else {
            self = .noCount
            return
        }
        guard let attendance = act.attendance else {
            self = .undecided("liste des présents")
            return
        }
        let voices = attendance.voices
        if !attendance.doubts.isEmpty {
            self = .undecided(attendance.doubts.joined(separator: "\u{A0}; "))
        } else if tally.sum == voices || (act.isAccounts && (0...2).contains(voices - tally.sum)) {
            self = .balanced
        } else if !Self.isPlausible(tally, voices, act) {
            self = .undecided("listes des membres lues en entier")
        } else if tally.sum < voices {
            self = act.trust.isConfirmed ? .tooFew : .undecided("listes des membres lues en entier")
        } else {
            self = Self.surplus(tally, act, attendance, review)
        }
    }

    /// Whether the vote and the lists can be of the same session: sums that differ by half, or a sum that is the printed
    /// number of voters, speak of misread lists.
    private static func isPlausible(_ tally: VoteTally, _ voices: Int, _ act: ActReview) -> Bool {
        tally.sum * 2 > voices && tally.sum < voices * 2 && act.stated.voters != tally.sum
    }

    private static func surplus(
        _ tally: VoteTally, _ act: ActReview, _ attendance: AttendanceAtItem, _ review: Review
    ) -> VoiceBalance {
        let surplus = tally.sum - attendance.voices
        if !attendance.fallen.isEmpty, surplus == attendance.fallen.count, act.trust.isConfirmed {
            return .proxiesCounted(surplus: surplus)
        }
        if act.trust.isConfirmed {
            let areAllRead = act.stated.represented == act.sitting.proxies.count
            return .tooMany(isConfirmed: areAllRead || ListReading.isWhole(list: "proxies", of: review))
        }
        return surplus <= 1 ? .undecided("listes des membres lues en entier") : .tooMany(isConfirmed: false)
    }
}

extension ActReview {
    /// Its printed voices, if any.
    var tally: VoteTally? { VoteTally(vote, attendance: attendance) }
}
