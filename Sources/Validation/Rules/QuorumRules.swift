import Deliberations

/// How a quorum is counted at one item.
private struct QuorumCount {
    /// Members counted: those present, interested ones left out; in one COVID period with the represented.
    var counted: Int
    var required: Int
    /// "81 présents − 2 intéressés = 79".
    var computation: String
    /// Whether a missed quorum is only a warning.
    var isDoubtful = false

    var isReached: Bool { counted >= required }

    /// floor(N/2) + 1, or ceil(N/3) in the periods of the health emergency.
    init(_ attendance: AttendanceAtItem, inOffice: Int, on date: CivilDate) {
        let present = attendance.present.count
        let away = attendance.interestedPresent.count
        counted = present - away
        computation = French.count(present, "présent", "présents")
        if away > 0 { computation += " − \(French.count(away, "intéressé", "intéressés")) = \(counted)" }
        required = inOffice / 2 + 1
        let third = (inOffice + 2) / 3
        switch ExceptionalPeriods.quorum(on: date) {
        case .ordinary: break
        case .thirdPresent: required = third
        case .doubtful: isDoubtful = counted >= third
        case .thirdPresentOrRepresented:
            required = third
            isDoubtful = counted + attendance.usable.count >= third
            if counted < third {
                counted += attendance.usable.count
                computation += " + \(French.count(attendance.usable.count, "pouvoir", "pouvoirs"))"
            }
        }
    }
}

/// |P(q) \ I| ≥ Qreq(N); proxies never count. Evaluated when the item is put to discussion.
///
/// In departments and regions interested members leave the count by law since 24/12/2025 only (L3132-5, L4142-5):
/// before, a quorum missed by them alone is a warning.
struct QuorumAtQuestion: ActRule {
    let description = RuleDescription(
        "quorum-at-question", .error, "Plus de la moitié des membres en exercice sont présents à l’ouverture du point.",
        law: ["CGCT L2121-17", "CGCT L3121-14", "CGCT L4132-13", "CGCT L2131-11"],
        scope: "assemblées, hors seconde convocation\u{A0}; un tiers dans les périodes COVID")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if let obstacle = QuorumScope.obstacle(review) { return obstacle }
        guard let inOffice = act.membersInOffice else { return .indeterminate("membres en exercice") }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        let count = QuorumCount(attendance, inOffice: inOffice, on: review.session.date)
        if act.position == nil { return .indeterminate("place du point dans l’ordre de passage") }
        if count.isReached { return .ok }
        if let doubt = QuorumScope.doubt(act, attendance, required: count.required) { return .indeterminate(doubt) }
        let isByInterestAlone = attendance.present.count >= count.required
        let isLocal = review.localLaw == true && attendance.interested.count * 2 >= inOffice
        if isLocal { return .notApplicable("droit local\u{A0}: la moitié des membres est intéressée (L2541-4)") }
        let isSecondary = isByInterestAlone && [.departement, .region].contains(review.extract.authority.kind)
        let item = act.deliberation.item.map { "Question \($0)" } ?? "Point"
        let members = French.count(count.counted, "membre présent pris en compte", "membres présents pris en compte")
        return .remark(
            "\(item)\u{A0}: \(members), quorum \(count.required) (\(inOffice) en exercice).",
            lowered: count.isDoubtful || isSecondary ? .warning : nil,
            computed: "\(count.computation) < \(count.required)",
            [.fact("/session/membersInOffice"), .fact("\(act.sitting.pointer)/present/0")])
    }
}

/// The same at the first item.
struct QuorumAtOpening: DocumentRule {
    let description = RuleDescription(
        "quorum-at-opening", .error, "Le quorum est atteint à l’ouverture de la séance.",
        law: ["CGCT L2121-17", "CGCT L3121-14", "CGCT L4132-13"],
        scope: "assemblées, hors seconde convocation\u{A0}; un tiers dans les périodes COVID")

    func check(_ review: Review) -> Verdict {
        if let obstacle = QuorumScope.obstacle(review) { return obstacle }
        guard let inOffice = review.session.membersInOffice else { return .indeterminate("membres en exercice") }
        guard let present = review.extract.attendance.present, !present.isEmpty else {
            return .indeterminate("liste des présents")
        }
        let attendance = AttendanceAtItem(review.sitting, position: 1, vote: nil, proxiesAreKnown: true)
        let count = QuorumCount(attendance, inOffice: inOffice, on: review.session.date)
        if count.isReached { return .ok }
        guard review.sitting.changesDuringSession else {
            return .notApplicable("même effectif qu’au vote\u{A0}: quorum-at-question")
        }
        if !review.trust.isConfirmed { return .indeterminate("listes des membres lues en entier") }
        if !review.sitting.roll.unknownPresence.isEmpty { return .indeterminate("présence à l’ouverture") }
        return .remark(
            "Quorum non atteint à l’ouverture\u{A0}: \(count.counted)/\(count.required).",
            lowered: count.isDoubtful ? .warning : nil, computed: "\(count.computation) < \(count.required)",
            [.fact("/session/membersInOffice"), .fact("/attendance/present/0")])
    }
}

/// |P| + |R| ≥ floor(N/2) + 1 in a standing commission: present or represented.
struct QuorumOfStandingCommission: ActRule {
    let description = RuleDescription(
        "quorum-standing-commission", .error,
        "La majorité des membres de la commission permanente est présente ou représentée.",
        law: ["CGCT L3121-14-1", "CGCT L4132-13-1"], scope: "commissions permanentes")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard review.extract.organ == .standingCommission else {
            return .notApplicable("pas une commission permanente")
        }
        guard let inOffice = act.membersInOffice else { return .indeterminate("membres en exercice") }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        let isThird = ExceptionalPeriods.quorum(on: review.session.date) != .ordinary
        let required = isThird ? (inOffice + 2) / 3 : inOffice / 2 + 1
        let counted = attendance.present.count + attendance.usable.count
        if counted >= required { return .ok }
        if !attendance.doubts.isEmpty { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        if !act.trust.isConfirmed { return .indeterminate("listes des membres lues en entier") }
        return .remark(
            "Commission permanente\u{A0}: quorum non atteint (\(counted)/\(required)).",
            computed:
                "\(attendance.present.count) présents + \(attendance.usable.count) pouvoirs = \(counted) < \(required)",
            [.fact("/session/membersInOffice"), .fact("\(act.sitting.pointer)/present/0")])
    }
}

/// |P| ≥ floor(N/2) + 1 in the board of a CCAS.
struct QuorumOfSocialCentre: ActRule {
    let description = RuleDescription(
        "quorum-ccas", .error, "La majorité des membres du conseil d’administration est présente.",
        law: ["CASF R123-17"], scope: "CCAS et CIAS")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard review.extract.authority.kind == .ccas else { return .notApplicable("pas un CCAS") }
        if review.session.secondConvocation == true { return .notApplicable("seconde convocation") }
        guard let inOffice = act.membersInOffice else { return .indeterminate("membres en exercice") }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        let required = inOffice / 2 + 1
        let present = attendance.present.count
        if present >= required { return .ok }
        if let doubt = QuorumScope.doubt(act, attendance, required: required) { return .indeterminate(doubt) }
        return .remark(
            "Quorum du conseil d’administration non atteint (\(present)/\(required)).",
            lowered: ExceptionalPeriods.quorum(on: review.session.date) == .ordinary ? nil : .warning,
            computed: "\(French.count(present, "présent", "présents")) < \(required)",
            [.fact("/session/membersInOffice"), .fact("\(act.sitting.pointer)/present/0")])
    }
}

/// |P(q) \ I| − Qreq ≤ 2: narrowly reached.
struct QuorumMargin: ActRule {
    let description = RuleDescription(
        "quorum-margin", .info, "Le quorum est atteint de plus de deux voix.", law: ["CGCT L2121-17"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if let obstacle = QuorumScope.obstacle(review) { return obstacle }
        guard let inOffice = act.membersInOffice else { return .indeterminate("membres en exercice") }
        guard let attendance = act.attendance, act.position != nil else { return .indeterminate("liste des présents") }
        let count = QuorumCount(attendance, inOffice: inOffice, on: review.session.date)
        let margin = count.counted - count.required
        if margin > 2 { return .ok }
        if margin < 0 { return .notApplicable("quorum non atteint") }
        return .remark(
            "Quorum atteint de justesse (marge \(margin)).", computed: "\(count.computation), quorum \(count.required)",
            [.fact("/session/membersInOffice")])
    }
}

/// Where the ordinary quorum applies, and when a missed one may be said.
private enum QuorumScope {
    static func obstacle(_ review: Review) -> Verdict? {
        if review.extract.organ == .standingCommission { return .notApplicable("commission permanente") }
        if review.extract.authority.kind == .ccas { return .notApplicable("CCAS\u{A0}: quorum-ccas") }
        if review.session.secondConvocation == true { return .notApplicable("seconde convocation") }
        return nil
    }

    /// Why a missed quorum is not said: something in the lists or the counts speaks against it.
    static func doubt(_ act: ActReview, _ attendance: AttendanceAtItem, required: Int) -> String? {
        if !act.sitting.roll.unknownPresence.isEmpty { return attendance.doubts.joined(separator: "\u{A0}; ") }
        if let stated = act.stated.present, stated >= required, !act.sitting.changesDuringSession {
            return "effectif des présents (\(stated) annoncés, \(attendance.present.count) dans la liste)"
        }
        return act.trust.isConfirmed ? nil : "listes des membres lues en entier"
    }
}
