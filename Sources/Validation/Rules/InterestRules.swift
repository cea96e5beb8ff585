import Deliberations

/// i = E(q) = |P(q) ∩ I| + |S(q)|, and each printed figure = the person's own voice, present or represented, plus the
/// usable proxy that the person holds; a proxy whose giver and holder are both interested counts once.
///
/// A count of persons (i = |I|) is only remarked.
struct InterestedCount: ActRule {
    let description = RuleDescription(
        "interested-count", .error, "Le nombre de conseillers intéressés est celui des voix retirées.",
        law: ["CGCT L2131-11"], scope: "actes qui nomment des élus intéressés")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        let named = act.vote?.interested ?? []
        let weights = named.compactMap(\.weight)
        let hasEveryWeight = !named.isEmpty && weights.count == named.count
        guard let declared = act.vote?.interestedCount ?? (hasEveryWeight ? weights.reduce(0, +) : nil) else {
            return .notApplicable(named.isEmpty ? "aucun élu intéressé" : "nombre d’intéressés non imprimé")
        }
        if hasEveryWeight, weights.reduce(0, +) != declared {
            return .remark(
                "\(declared) conseillers intéressés annoncés, \(weights.reduce(0, +)) voix entre parenthèses.",
                computed: weights.map(String.init).joined(separator: " + ") + " = \(weights.reduce(0, +))", sources(act)
            )
        }
        if named.isEmpty { return declared == 0 ? .ok : .indeterminate("noms des élus intéressés") }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        if !attendance.doubts.isEmpty { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        if declared == attendance.excluded { return misplacedFigure(act, attendance) ?? .ok }
        return wrongCount(declared, act, attendance)
    }

    private func wrongCount(_ declared: Int, _ act: ActReview, _ attendance: AttendanceAtItem) -> Verdict {
        let detail =
            "\(French.count(attendance.interestedPresent.count, "intéressé présent", "intéressés présents")) + "
            + French.count(attendance.fallen.count, "pouvoir", "pouvoirs")
        if declared == attendance.interested.count || declared == attendance.interestedPresent.count {
            return .remark(
                "\(declared) conseillers intéressés\u{A0}: décompte en personnes, \(attendance.excluded) voix retirées.",
                lowered: .info, computed: "\(detail) = \(attendance.excluded)", sources(act))
        }
        return .remark(
            "\(declared) conseillers intéressés annoncés, \(attendance.excluded) voix calculées (\(detail)).",
            lowered: act.trust.isConfirmed ? nil : .warning,
            computed: "\(detail) = \(attendance.excluded) ≠ \(declared)",
            sources(act))
    }

    /// A figure in brackets that is not the person's, although the sum is right.
    private func misplacedFigure(_ act: ActReview, _ attendance: AttendanceAtItem) -> Verdict? {
        let matcher = NameMatcher(roll: act.sitting.roll)
        var counted: Set<Int> = []
        for (index, member) in (act.vote?.interested ?? []).enumerated() {
            guard let weight = member.weight,
                let person = matcher.match(member.person.name, civility: member.person.civility, locality: nil).person
            else { continue }
            let proxies = attendance.fallen.filter { proxy in
                let held = act.sitting.proxies[proxy]
                return held.giver == person || held.holder == person
            }
            let own = attendance.interestedPresent.contains(person) ? 1 : 0
            let figure = own + proxies.count(where: { !counted.contains($0) })
            let sharedFigure = own + proxies.count
            counted.formUnion(proxies)
            if weight == figure || weight == sharedFigure { continue }
            return .remark(
                "\(member.person.name)\u{A0}: \(weight) voix retirées, \(figure) calculées.",
                lowered: act.trust.isConfirmed ? nil : .warning, [.fact(act.pointer("vote/interested/\(index)"))])
        }
        return nil
    }

    private func sources(_ act: ActReview) -> [Source] {
        [.fact(act.pointer("vote/interestedCount"))]
            + (act.vote?.interested ?? []).indices.map { .fact(act.pointer("vote/interested/\($0)")) }
    }
}

/// No interested member is among the named voters. In departments and regions a warning before 24/12/2025 (L3132-5).
struct InterestedNotVoting: ActRule {
    let description = RuleDescription(
        "interested-not-voting", .error, "Aucun élu intéressé ne vote.",
        law: ["CGCT L2131-11", "CGCT L3132-5", "CGCT L4142-5"], scope: "actes qui nomment des élus intéressés")

    private static let departmentalLaw = CivilDate(year: 2025, month: 12, day: 24)

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let vote = act.vote, let interested = vote.interested, !interested.isEmpty else {
            return .notApplicable("aucun élu intéressé")
        }
        let lists = [
            ("supporters", vote.supporters ?? []), ("opponents", vote.opponents ?? []),
            ("abstainers", vote.abstainers ?? []),
        ]
        let names = Set(interested.map { FoldedName($0.person.name) })
        var remarks: [Remark] = []
        for (list, persons) in lists {
            for (index, person) in persons.enumerated() where names.contains(FoldedName(person.name)) {
                remarks.append(
                    Remark(
                        "\(person.name), intéressé, a pris part au vote.", lowered: lowered(act, review),
                        [.fact(act.pointer("vote/\(list)/\(index)")), .fact(act.pointer("vote/interested/0"))]))
            }
        }
        return .remarksOrOK(remarks)
    }

    private func lowered(_ act: ActReview, _ review: Review) -> Severity? {
        let vote = ["vote/for", "vote/interested/0"].map(act.pointer)
        if !review.isSingleAct, !review.citations.areNear(vote, within: 1_000) { return .warning }
        let isDepartmental = [.departement, .region].contains(review.extract.authority.kind)
        guard isDepartmental, let law = Self.departmentalLaw else { return nil }
        return review.session.date < law ? .warning : nil
    }
}

/// The proxies of S(q) are not among the voices cast: the sum must not exceed V(q) by just their number, and their
/// givers are not named as voters.
struct InterestedProxy: ActRule {
    let description = RuleDescription(
        "interested-proxy", .error, "Le pouvoir donné par un élu intéressé, ou porté par lui, n’est pas exercé.",
        law: ["CGCT L2131-11", "CGCT L2121-20"], scope: "actes qui nomment des élus intéressés")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let attendance = act.attendance, !attendance.interested.isEmpty else {
            return .notApplicable("aucun élu intéressé dans les listes")
        }
        if attendance.fallen.isEmpty { return .notApplicable("aucun pouvoir donné ou porté par un élu intéressé") }
        if case .proxiesCounted(let surplus) = VoiceBalance(act, in: review) {
            return .remarks([remark(act, attendance, surplus: surplus)])
        }
        if let named = namedGiver(act, attendance) { return .remarks([named]) }
        if act.tally == nil { return .indeterminate("décompte des voix") }
        return attendance.doubts.isEmpty ? .ok : .indeterminate(attendance.doubts.joined(separator: "\u{A0}; "))
    }

    private func remark(_ act: ActReview, _ attendance: AttendanceAtItem, surplus: Int) -> Remark {
        let persons = act.sitting.roll.persons
        let proxies = attendance.fallen.map { act.sitting.proxies[$0] }
        let described = proxies.compactMap { proxy -> String? in
            guard let giver = proxy.giver, let holder = proxy.holder else { return nil }
            return "de \(persons[giver].written) porté par \(persons[holder].written)"
        }
        let isOne = described.count == 1
        let what =
            isOne ? "Le pouvoir \(described[0]) ne pouvait" : "Les pouvoirs \(French.list(described)) ne pouvaient"
        let sum = act.tally?.sum ?? 0
        return Remark(
            "\(what) être exercé\(isOne ? "" : "s").",
            computed: "\(attendance.computation)\u{A0}; \(sum) voix comptées, soit \(surplus) de plus",
            [.fact(act.pointer("vote/for"))] + proxies.map { .fact(act.sitting.pointer("proxies", $0.line)) })
    }

    private func namedGiver(_ act: ActReview, _ attendance: AttendanceAtItem) -> Remark? {
        guard let vote = act.vote else { return nil }
        let persons = act.sitting.roll.persons
        for (list, voters) in [
            ("supporters", vote.supporters), ("opponents", vote.opponents), ("abstainers", vote.abstainers),
        ] {
            let names = (voters ?? []).map { FoldedName($0.name) }
            for index in attendance.fallen {
                let proxy = act.sitting.proxies[index]
                guard let giver = proxy.giver, let holder = proxy.holder, !attendance.interested.contains(giver),
                    let voter = names.firstIndex(of: persons[giver].name)
                else { continue }
                return Remark(
                    "Le pouvoir de \(persons[giver].written) porté par \(persons[holder].written) ne pouvait être exercé.",
                    [.fact(act.pointer("vote/\(list)/\(voter)")), .fact(act.sitting.pointer("proxies", proxy.line))])
            }
        }
        return nil
    }
}

/// The rapporteur is not one of the interested members.
struct InterestedRapporteur: ActRule {
    let description = RuleDescription(
        "interested-rapporteur", .warning, "Le rapporteur n’est pas intéressé à l’affaire.", law: ["CGCT L2131-11"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        let interested = act.vote?.interested ?? []
        if interested.isEmpty { return .notApplicable("aucun élu intéressé") }
        guard let rapporteur = act.deliberation.rapporteur else { return .indeterminate("rapporteur") }
        let name = FoldedName(rapporteur.name)
        let index = interested.firstIndex { other in
            let otherName = FoldedName(other.person.name)
            return otherName == name
                || (name.words.count > 1 && NameMatcher.isAbbreviation(name.words, of: otherName.words))
        }
        guard let index else { return .ok }
        return .remark(
            "Le rapporteur \(rapporteur.name) est intéressé à l’affaire.",
            [.fact(act.pointer("rapporteur")), .fact(act.pointer("vote/interested/\(index)"))])
    }
}
