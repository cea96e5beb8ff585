import Deliberations

/// "À l'unanimité" ⇒ c = 0; an error in minutes only where both words stand close together. With abstentions it is a unanimity of the voices expressed: remarked, or a warning where the
/// text says "des membres présents" or "des votants".
struct VoteUnanimity: ActRule {
    let description = RuleDescription(
        "vote-unanimity", .error, "« À l’unanimité » n’a pas de voix contre.", law: ["CGCT L2121-20"],
        scope: "votes dits unanimes")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, vote.unanimous else { return .notApplicable("vote non dit unanime") }
        let sources: [Source] = [
            .fact(act.pointer("vote/wording")), .fact(act.pointer("vote/against")), .fact(act.pointer("vote")),
        ]
        let against = max(vote.against ?? 0, vote.opponents?.count ?? 0)
        if against > 0 {
            let pointers = ["vote/wording", "vote/against"].map(act.pointer)
            let isOneVote = review.isSingleAct || review.citations.areNear(pointers, within: 300)
            return .remark(
                "«\u{A0}À l’unanimité\u{A0}» avec \(against) voix contre.", lowered: isOneVote ? nil : .warning, sources
            )
        }
        let abstentions = max(vote.abstentions ?? 0, vote.abstainers?.count ?? 0)
        if abstentions == 0 { return .ok }
        let wording = LatinFolding.fold(vote.wording ?? "")
        let isOfMembers = LatinFolding.contains(
            wording, anyOf: ["MEMBRES PRESENTS", "DES VOTANTS", "MEMBRES VOTANTS"])
        let count = French.count(abstentions, "abstention", "abstentions")
        return .remark(
            "«\u{A0}À l’unanimité\u{A0}» avec \(count)\u{A0}: unanimité des suffrages exprimés.",
            lowered: isOfMembers ? .warning : .info, sources)
    }
}

/// "À la majorité" ⇒ c ≥ 1 or a ≥ 1.
struct VoteMajorityWording: ActRule {
    let description = RuleDescription(
        "vote-majority-wording", .info, "« À la majorité » suppose des voix contraires ou des abstentions.",
        scope: "votes dits à la majorité")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let wording = vote.wording,
            LatinFolding.contains(LatinFolding.fold(wording), "MAJORITE")
        else { return .notApplicable("vote non dit à la majorité") }
        let named = (vote.opponents?.count ?? 0) + (vote.abstainers?.count ?? 0)
        if named + (vote.against ?? 0) + (vote.abstentions ?? 0) > 0 { return .ok }
        guard vote.against != nil, vote.abstentions != nil else { return .indeterminate("voix contre et abstentions") }
        return .remark(
            "«\u{A0}À la majorité\u{A0}» sans voix contraire ni abstention.",
            [.fact(act.pointer("vote/wording")), .fact(act.pointer("vote"))])
    }
}

/// A note that takes those who do not take part for abstentions concerns refusals by choice only: the voices of interested
/// members are not among the abstentions.
struct NotParticipatingNote: ActRule {
    let description = RuleDescription(
        "vote-npv-note", .warning, "Les voix des élus intéressés ne sont pas comptées comme des abstentions.",
        law: ["CGCT L2131-11"], scope: "votes suivis d’une note sur la non-participation")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let note = vote.note,
            LatinFolding.contains(LatinFolding.fold(note), "ABSTENTION")
        else { return .notApplicable("aucune note sur la non-participation") }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        guard let tally = act.tally else { return .indeterminate("décompte des voix") }
        let excluded = attendance.excluded
        if excluded == 0 || tally.abstentions < excluded { return .ok }
        if !attendance.doubts.isEmpty { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        guard tally.sum == attendance.voices + excluded else { return .ok }
        return .remark(
            "La note assimile la non-participation à une abstention\u{A0}; \(excluded) voix d’élus intéressés en sont exclues.",
            computed: "\(attendance.computation)\u{A0}; \(tally.computation)",
            [.fact(act.pointer("vote/note")), .fact(act.pointer("vote/abstentions")), .fact(act.pointer("vote"))])
    }
}

/// A secret ballot names nobody.
struct SecretBallot: ActRule {
    let description = RuleDescription(
        "vote-secret", .warning, "Un scrutin secret ne nomme pas les votants.", law: ["CGCT L2121-21"],
        scope: "scrutins secrets")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, vote.ballot == .secret else {
            return .notApplicable("pas de scrutin secret imprimé")
        }
        let named = [vote.supporters, vote.opponents, vote.abstainers].contains { !($0 ?? []).isEmpty }
        if !named { return .ok }
        return .remark(
            "Scrutin secret et votes nominatifs incompatibles.",
            [.fact(act.pointer("vote/ballot")), .fact(act.pointer("vote"))])
    }
}

/// A public ballot names every voter with the sense of the vote.
struct PublicBallot: ActRule {
    let description = RuleDescription(
        "vote-public-names", .warning, "Un scrutin public nomme chaque votant et le sens de son vote.",
        law: ["CGCT L2121-21", "CGCT L2121-15"], scope: "scrutins publics")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, vote.ballot == .public else {
            return .notApplicable("pas de scrutin public imprimé")
        }
        let named = [vote.supporters, vote.opponents, vote.abstainers].reduce(0) { $0 + ($1?.count ?? 0) }
        guard let tally = act.tally else { return named > 0 ? .ok : .indeterminate("décompte des voix") }
        if named >= tally.sum { return .ok }
        return .remark(
            "Scrutin public sans la liste des votants (\(named) nommés pour \(tally.sum) voix).",
            [.fact(act.pointer("vote/ballot")), .fact(act.pointer("vote"))])
    }
}

/// In an election: absolute majority of the voices expressed in rounds 1 and 2, the most voices in round 3.
struct Nomination: ActRule {
    let description = RuleDescription(
        "vote-nomination", .warning, "Une nomination suit les majorités de chaque tour.", law: ["CGCT L2121-21"],
        scope: "élections et nominations")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        let rounds = (act.deliberation.votes ?? []).enumerated().filter { $0.element.kind == .round }
        if rounds.isEmpty { return .notApplicable("pas d’élection") }
        let counted = rounds.filter { !($0.element.candidates ?? []).isEmpty }
        if counted.isEmpty { return .indeterminate("voix des candidats") }
        return .remarksOrOK(counted.compactMap { remark($0.element, at: act.pointer("votes/\($0.offset)")) })
    }

    private func remark(_ round: PartialVote, at pointer: String) -> Remark? {
        let candidates = round.candidates ?? []
        let expressed = candidates.reduce(0) { $0 + $1.votes }
        let best = candidates.map(\.votes).max() ?? 0
        if let majority = round.majority, majority != expressed / 2 + 1 {
            return Remark(
                "Élection\u{A0}: majorité absolue annoncée \(majority), \(expressed / 2 + 1) calculée.", lowered: .info,
                computed: "\(expressed) suffrages exprimés / 2 + 1 = \(expressed / 2 + 1)", [.fact(pointer)])
        }
        guard let elected = round.elected?.first else { return nil }
        let name = FoldedName(elected.name)
        guard let winner = candidates.first(where: { $0.persons.contains { FoldedName($0.name) == name } }) else {
            return nil
        }
        let needsMajority = (round.round ?? 1) < 3 && candidates.count > 1
        if winner.votes == best, !needsMajority || winner.votes * 2 > expressed { return nil }
        return Remark(
            "Élection\u{A0}: majorité ou tour incohérents (\(elected.name), \(winner.votes) voix sur \(expressed)).",
            computed: "\(winner.votes) voix, majorité absolue \(expressed / 2 + 1)", [.fact(pointer)])
    }
}

/// "Rejeté" agrees with the figures: not p > c.
struct VoteWordingAgainstResult: ActRule {
    let description = RuleDescription(
        "vote-wording-vs-result", .error, "Le résultat dit par le texte est celui du décompte.",
        scope: "votes dont les voix sont comptées")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let outcome = vote.outcome else { return .indeterminate("résultat du vote") }
        guard let pro = vote.for else { return .notApplicable("aucun décompte des voix") }
        switch outcome {
        case .adopted: return .ok
        case .rejected:
            let con = vote.against ?? 0
            if pro <= con { return .ok }
            return .remark(
                "Le texte dit «\u{A0}rejeté\u{A0}», le décompte dit le contraire.",
                computed: "\(pro) pour > \(con) contre",
                [.fact(act.pointer("vote/for")), .fact(act.pointer("vote"))])
        case .noted, .withdrawn, .postponed, .elected: return .notApplicable("aucun vote nécessaire")
        }
    }
}

/// On the accounts of the executive its head leaves: V(q) goes down by his voice and the proxy he holds.
struct AccountsPresidentOut: ActRule {
    let description = RuleDescription(
        "accounts-president-out", .error, "Le maire ou président se retire au vote de ses comptes.",
        law: ["CGCT L2121-14"], scope: "vote du compte administratif ou du compte financier unique")

    private static let withdrawals: [PhraseSearch.Phrase] = [
        "se retire", "s'est retiré", "s'est retirée", "quitte la salle", "a quitté la salle", "quitté la séance",
        "sort de la salle", "sorti de la salle", "sortie de la salle", "hors de la présence", "hors la présence",
        "ne prend pas part au vote", "ne participe pas au vote", "n'a pas pris part", "n'ayant pas pris part",
        "cède la présidence", "quitte l'assemblée", "ne prenant pas part", "se sont retirés", "quittant la salle",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard act.isAccounts, act.vote?.outcome == .adopted else { return .notApplicable("pas un vote des comptes") }
        if act.deliberation.president != nil { return .ok }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        if review.phrases.contains(Self.withdrawals) { return .ok }
        guard let president = review.session.president else { return .indeterminate("président de séance") }
        guard let attendance = act.attendance, let tally = act.tally else { return .indeterminate("décompte des voix") }
        if !attendance.doubts.isEmpty { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        guard act.trust.isConfirmed, isAuthorityHead(president) else { return .indeterminate("retrait du président") }
        if tally.sum != attendance.voices { return .indeterminate("retrait du président") }
        return .remark(
            "Le maire ou président (\(president.name)) a pris part au vote des comptes.",
            computed: "\(attendance.computation)\u{A0}; \(tally.computation)",
            [.fact("/session/president"), .fact(act.pointer("vote/for")), .fact(act.pointer("vote"))])
    }

    private func isAuthorityHead(_ president: Person) -> Bool {
        let role = LatinFolding.fold(president.role ?? "")
        let starts = ["MAIRE", "PRESIDENT", "LE MAIRE", "LA MAIRE", "LE PRESIDENT", "LA PRESIDENTE"]
        return starts.contains { role.starts(with: Array($0.utf8)) }
    }
}
