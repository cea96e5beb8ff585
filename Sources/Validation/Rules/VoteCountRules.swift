import Deliberations

/// p + c + a + n + b + u = V(q) = |P(q)| + |R(q)| − E(q).
///
/// More voices are an error where the lists are confirmed, else a warning; fewer voices are a warning, since a member
/// may leave the room. A surplus that is just the proxies of interested members is said by `interested-proxy`.
struct VoteBalance: ActRule {
    let description = RuleDescription(
        "vote-balance", .error, "Les voix comptées sont celles des membres présents et représentés.",
        law: ["CGCT L2121-20", "CGCT L2131-11"], scope: "votes dont les voix sont comptées")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        let tally = act.tally
        switch VoiceBalance(act, in: review) {
        case .noCount: return .notApplicable("aucun décompte des voix")
        case .undecided(let missing): return .indeterminate(missing)
        case .balanced: return .ok
        case .proxiesCounted: return .notApplicable("écart dit par interested-proxy")
        case .tooMany(let isConfirmed): return remark(tally, act, lowered: isConfirmed ? nil : .warning)
        case .tooFew: return remark(tally, act, lowered: .warning)
        }
    }

    private func remark(_ tally: VoteTally?, _ act: ActReview, lowered: Severity?) -> Verdict {
        guard let tally, let attendance = act.attendance else { return .ok }
        let detail =
            "\(attendance.present.count) présents + \(attendance.usable.count) pouvoirs − \(attendance.excluded) intéressés"
        return .remark(
            "\(tally.computation) voix, \(attendance.voices) attendues (\(detail)).", lowered: lowered,
            computed: "\(attendance.computation)\u{A0}; \(tally.computation)",
            [.fact(act.pointer("vote/for")), .fact(act.pointer("vote")), .fact("\(act.sitting.pointer)/present/0")])
    }
}

/// p + c + a + n + b + u ≤ the most voices there can be: where attendance is doubtful, everybody who may have been there
/// and every proxy that may have run; never more than the members in office.
struct VoteExceeds: ActRule {
    let description = RuleDescription(
        "vote-exceeds", .error, "Il n’y a pas plus de voix que de votants possibles.", law: ["CGCT L2121-20"],
        scope: "votes dont les voix sont comptées")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let tally = act.tally else { return .notApplicable("aucun décompte des voix") }
        if let inOffice = act.membersInOffice, tally.sum > inOffice, isStatedPlausible(act, inOffice) {
            return remark(tally, inOffice, act, "\(inOffice) membres en exercice")
        }
        guard let attendance = act.attendance else {
            return act.membersInOffice == nil ? .indeterminate("membres en exercice") : .ok
        }
        if attendance.doubts.isEmpty {
            return tally.sum <= attendance.voices ? .ok : .notApplicable("écart dit par vote-balance")
        }
        if tally.sum <= attendance.mostVoices { return .ok }
        guard act.trust.isConfirmed, act.sitting.attendance.proxies != nil else {
            return .indeterminate("listes des membres lues en entier")
        }
        return remark(tally, attendance.mostVoices, act, "présents et pouvoirs possibles")
    }

    /// Whether other figures of the document agree that there are no more members than that.
    private func isStatedPlausible(_ act: ActReview, _ inOffice: Int) -> Bool {
        let listed = act.sitting.roll.persons.count
        return (act.stated.present ?? 0) <= inOffice && (act.stated.voters ?? 0) <= inOffice && listed <= inOffice
            && act.attendance?.doubts.isEmpty != true
    }

    private func remark(_ tally: VoteTally, _ most: Int, _ act: ActReview, _ how: String) -> Verdict {
        .remark(
            "Plus de voix (\(tally.sum)) que de votants possibles (\(most)).",
            computed: "\(tally.computation) > \(most) (\(how))",
            [.fact(act.pointer("vote/for")), .fact(act.pointer("vote"))])
    }
}

/// Adopted ⇒ p > c: abstentions, blanks and nulls are not expressed (AN 27/01/2004). A tie is `vote-casting`'s.
struct VoteMajority: ActRule {
    let description = RuleDescription(
        "vote-majority", .error, "Un acte dit adopté a plus de voix pour que contre.",
        law: ["CGCT L2121-20", "CGCT L3121-14", "CGCT L4132-13", "CASF R123-18"],
        scope: "votes dont les voix sont comptées")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let pro = vote.for else { return .notApplicable("aucun décompte des voix") }
        guard let outcome = vote.outcome else { return .indeterminate("résultat du vote") }
        if outcome != .adopted { return .notApplicable("l’acte n’est pas dit adopté") }
        let con = vote.against ?? 0
        if pro == con { return .notApplicable("partage des voix\u{A0}: vote-casting") }
        if pro > con { return .ok }
        let text = LatinFolding.fold(
            act.deliberation.subject + " " + (act.deliberation.decisions ?? []).joined(separator: " "))
        if LatinFolding.contains(text, "DEFAVORABLE") { return .indeterminate("sens de l’avis défavorable") }
        return .remark(
            "Acte dit adopté avec \(pro) pour et \(con) contre.", computed: "\(pro) < \(con)",
            [.fact(act.pointer("vote/for")), .fact(act.pointer("vote/against")), .fact(act.pointer("vote"))])
    }
}

/// p = c: adopted iff the ballot is not secret and the president voted for; a tie in a secret ballot is a rejection.
struct VoteCasting: ActRule {
    let description = RuleDescription(
        "vote-casting", .error, "En cas de partage, la voix du président est prépondérante, sauf scrutin secret.",
        law: ["CGCT L2121-20", "CGCT L3121-15", "CGCT L4132-14", "CASF R123-18"], scope: "partages des voix")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let pro = vote.for, let con = vote.against, pro == con, pro > 0 else {
            return .notApplicable("pas de partage des voix")
        }
        guard let outcome = vote.outcome, outcome == .adopted || outcome == .rejected else {
            return .indeterminate("résultat du vote")
        }
        if vote.ballot == .secret {
            return outcome == .rejected ? .ok : remark(act, pro, con, "scrutin secret, l’acte est rejeté")
        }
        guard let president = act.deliberation.president ?? review.session.president else {
            return .indeterminate("président de séance")
        }
        let name = FoldedName(president.name)
        let isFor = (vote.supporters ?? []).contains { FoldedName($0.name) == name }
        let isAgainst = (vote.opponents ?? []).contains { FoldedName($0.name) == name }
        if isFor == isAgainst { return .indeterminate("sens du vote du président") }
        if isFor == (outcome == .adopted) { return .ok }
        return remark(act, pro, con, "voix prépondérante du président \(isFor ? "pour" : "contre")")
    }

    private func remark(_ act: ActReview, _ pro: Int, _ con: Int, _ why: String) -> Verdict {
        let said = act.vote?.outcome == .adopted ? "adopté" : "rejeté"
        return .remark(
            "Partage des voix \(pro)/\(con), acte dit \(said)\u{A0}: \(why).",
            [.fact(act.pointer("vote/for")), .fact(act.pointer("vote"))])
    }
}
