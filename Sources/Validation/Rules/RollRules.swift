import Deliberations

/// n(present list) + n(absent list) = N, substitutes counted for their member, and givers whom no list names added.
///
/// An error only where nothing was left unread in the lists; else a warning, and nothing when they differ wildly.
struct MembersInOffice: DocumentRule {
    let description = RuleDescription(
        "att-total-in-office", .error, "Les présents et les absents font ensemble l’effectif en exercice.",
        law: ["CGCT L2121-17"], scope: "documents qui donnent la liste des absents")

    func check(_ review: Review) -> Verdict {
        let attendance = review.extract.attendance
        guard let present = attendance.present, !present.isEmpty else { return .indeterminate("liste des présents") }
        guard let absent = attendance.absent else { return .notApplicable("aucune liste d’absents") }
        guard let inOffice = review.session.membersInOffice else { return .indeterminate("membres en exercice") }
        let persons = review.sitting.roll.persons
        let here = persons.count(where: { !$0.presentLines.isEmpty })
        let total = ListTrust.listed(review.sitting)
        let withoutGivers = total - review.sitting.unlistedGivers.count
        if total == inOffice || withoutGivers == inOffice { return .ok }
        let unnamed = attendance.giversWithoutHolder?.count ?? 0
        if unnamed > 0, (total...total + unnamed).contains(inOffice) { return .indeterminate("liste des mandants") }
        if abs(total - inOffice) > max(3, inOffice / 5) { return .indeterminate("listes des membres lues en entier") }
        if total < inOffice, Self.namesExcusedOnly(review) { return .indeterminate("liste des absents non excusés") }
        let others = total - here
        let message =
            "\(French.count(here, "présent", "présents")) + \(French.count(others, "absent", "absents")) = \(total), "
            + "mais \(French.count(inOffice, "membre", "membres")) en exercice."
        return .remark(
            message, lowered: isCertain(review, total - inOffice, present.count, absent.count) ? nil : .warning,
            computed: "\(here) + \(others) = \(total) ≠ \(inOffice)",
            [.fact("/session/membersInOffice"), .fact("/attendance/present/0"), .fact("/attendance/absent/0")])
    }

    /// Whether the lists name no other absent members than excused ones and givers of proxies, and no printed count says
    /// that these are all.
    private static func namesExcusedOnly(_ review: Review) -> Bool {
        let attendance = review.extract.attendance
        let absent = attendance.absent ?? []
        if review.session.stated.absent == absent.count { return false }
        let givers = (attendance.proxies ?? []).map(\.giver.name) + (attendance.giversWithoutHolder ?? []).map(\.name)
        let represented = Set(givers.map { FoldedName($0) })
        return absent.allSatisfy { $0.excused || represented.contains(FoldedName($0.name)) }
    }

    /// Whether the lists were read wholly, and no name stands in them in two spellings. A great difference is rather a
    /// damaged figure.
    private func isCertain(_ review: Review, _ difference: Int, _ present: Int, _ absent: Int) -> Bool {
        let inOffice = review.session.membersInOffice ?? 0
        if Review.hasReadingWarnings(review.extract) || abs(difference) > max(2, inOffice / 20) { return false }
        let roll = review.sitting.roll
        if roll.hasLoneWords || (difference > 0 && roll.hasTwinSpellings) { return false }
        let stated = review.session.stated
        if stated.present == present, absent > 0, stated.absent == absent { return true }
        return ["present", "absent"].allSatisfy { ListReading.isWhole(list: $0, of: review) }
    }
}

/// The printed counts agree with the lists: present = |P(q)|, represented = |R(q)|, voters = |P(q)| + |R(q)|.
///
/// Counts made at the opening, at the item, or over the whole session are all taken, with or without interested members.
struct StatedCountsAgree: ActRule {
    let description = RuleDescription(
        "att-stated-counts", .error, "Les effectifs annoncés sont ceux des listes.",
        scope: "documents qui impriment des effectifs")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if act.index > 0, act.deliberation.stated == nil {
            return .notApplicable("effectifs de la séance déjà comparés")
        }
        let stated = act.stated
        if let contradiction = contradiction(stated, act, review.citations) { return contradiction }
        if stated.present == nil, stated.represented == nil, stated.voters == nil {
            return .notApplicable("aucun effectif imprimé")
        }
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        let counts = PossibleCounts(act, attendance)
        if let present = stated.present, !counts.present.contains(present), !counts.voters.contains(present),
            Self.isFar(present, attendance.present.count), !act.trust.isConfirmed
        {
            return .indeterminate("liste des présents lue en entier")
        }
        var remarks: [Remark] = []
        if let present = stated.present, !counts.present.contains(present), !counts.voters.contains(present) {
            remarks.append(remark("présents", present, attendance.present.count, "present", act))
        }
        let certain = attendance.doubts.isEmpty
        if let represented = stated.represented, represented > 0, act.sitting.proxies.isEmpty, remarks.isEmpty {
            return .indeterminate("liste des pouvoirs")
        }
        if let represented = stated.represented, certain, !counts.represented.contains(represented) {
            let isKnown = attendance.usable.count > 0
            remarks.append(
                remark("pouvoirs", represented, attendance.usable.count, "represented", act, isKnown: isKnown))
        }
        let voices = attendance.present.count + attendance.usable.count
        if let voters = stated.voters, certain, remarks.isEmpty, !counts.voters.contains(voters) {
            let isKnown = stated.represented == attendance.usable.count
            remarks.append(remark("votants", voters, voices, "voters", act, isKnown: isKnown))
        }
        if remarks.isEmpty, !certain { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        return .remarksOrOK(remarks)
    }

    /// More voters than members present and represented: the printed figures contradict each other.
    private func contradiction(_ stated: StatedCounts, _ act: ActReview, _ citations: CitationIndex) -> Verdict? {
        guard let present = stated.present, let represented = stated.represented, let voters = stated.voters,
            voters > present + represented
        else { return nil }
        let base = act.deliberation.stated == nil ? "/session/stated" : act.pointer("stated")
        let counts = ["present", "represented", "voters"].map { "\(base)/\($0)" }
        guard citations.areNear(counts, within: 400) else { return nil }
        return .remark(
            "Effectifs annoncés\u{A0}: \(voters) votants pour \(present) présents et \(represented) pouvoirs.",
            computed: "\(present) + \(represented) = \(present + represented) < \(voters)", sources(act, "voters"))
    }

    /// `isKnown`: whether the proxies are surely all read.
    private func remark(
        _ what: String, _ stated: Int, _ listed: Int, _ fact: String, _ act: ActReview, isKnown: Bool = true
    ) -> Remark {
        let isConfirmed = act.trust.isConfirmed && isKnown && !Self.isFar(stated, listed)
        return Remark(
            "Effectif annoncé (\(what)) \(stated), effectif calculé \(listed).", lowered: isConfirmed ? nil : .warning,
            computed: "\(listed) d’après les listes, \(stated) d’après le décompte", sources(act, fact))
    }

    /// So great a difference is rather one of reading.
    private static func isFar(_ stated: Int, _ listed: Int) -> Bool { abs(stated - listed) > max(2, listed / 5) }

    private func sources(_ act: ActReview, _ fact: String) -> [Source] {
        let base = act.deliberation.stated == nil ? "/session/stated" : act.pointer("stated")
        return [.fact("\(base)/\(fact)"), .fact("\(act.sitting.pointer)/present/0")]
    }

    /// The counts that a careful clerk may print.
    private struct PossibleCounts {
        var present: Set<Int>
        var represented: Set<Int>
        var voters: Set<Int>

        init(_ act: ActReview, _ attendance: AttendanceAtItem) {
            let persons = act.sitting.roll.persons
            let listed = persons.count(where: { !$0.presentLines.isEmpty })
            let atOpening = persons.count(where: { $0.isPresent(at: 1) })
            let here = attendance.present.count
            present = [listed, atOpening, here, here - attendance.interestedPresent.count]
            let usable = attendance.usable.count
            represented = [
                usable, attendance.active.count, act.sitting.proxies.count, usable - attendance.fallen.count,
            ]
            voters = [
                here + usable, attendance.voices, listed + act.sitting.proxies.count, here + attendance.active.count,
            ]
        }
    }
}

/// No member stands twice in one list.
struct ListedTwice: DocumentRule {
    let description = RuleDescription("att-listed-twice", .error, "Personne ne figure deux fois dans une liste.")

    func check(_ review: Review) -> Verdict {
        guard !review.sitting.roll.persons.isEmpty else { return .indeterminate("listes des membres") }
        let pointer = review.sitting.pointer
        return .remarksOrOK(
            review.sitting.roll.persons.flatMap { person -> [Remark] in
                if person.presentLines.count < 2, person.absentLines.count < 2 { return [] }
                return [("present", person.presentLines), ("absent", person.absentLines)].compactMap { list, lines in
                    guard lines.count > 1, !Self.isSeveralStays(lines, of: list, in: review),
                        !Self.mayBeTwo(person, lines, of: list, in: review)
                    else { return nil }
                    let isConfirmed =
                        (person.locality != nil || review.trust.isConfirmed) && person.written.contains(" ")
                    return Remark(
                        "\(person.written) figure deux fois dans les listes.", lowered: isConfirmed ? nil : .warning,
                        lines.map { .fact("\(pointer)/\(list)/\($0)") })
                }
            })
    }

    private static func members(of list: String, in review: Review) -> [Member] {
        (list == "present" ? review.extract.attendance.present : review.extract.attendance.absent) ?? []
    }

    /// One line for each stay in the session is no repetition; nor is one for each proxy of an absence.
    private static func isSeveralStays(_ lines: [Int], of list: String, in review: Review) -> Bool {
        let members = members(of: list, in: review)
        let givers = (review.extract.attendance.proxies ?? []).filter { $0.during != nil }.map(\.giver.name)
        return lines.allSatisfy { !members[$0].presence.isEmpty || givers.contains(members[$0].name) }
    }

    /// A man and a woman, or an initial: namesakes. One word, where others have two, is a place or a title.
    private static func mayBeTwo(
        _ person: Roll.Person, _ lines: [Int], of list: String, in review: Review
    ) -> Bool {
        let members = members(of: list, in: review)
        let genders = Set(lines.compactMap { Gender(civility: members[$0].civility) })
        if genders.count > 1 { return true }
        let words = FoldedName(person.written).words
        if words.count > 1 { return words.contains { $0.count == 1 } && lines.count == 2 && genders.isEmpty }
        return members.contains { $0.name.contains(" ") }
    }
}

/// No member stands both in the list of present and in that of absent members. An error only where nothing was left
/// unread in the lists: else a sentence after the list may have been taken for a line of it.
struct PresentAndAbsent: DocumentRule {
    let description = RuleDescription(
        "att-present-and-absent", .error, "Personne n’est à la fois présent et absent.")

    func check(_ review: Review) -> Verdict {
        guard !review.sitting.roll.persons.isEmpty else { return .indeterminate("listes des membres") }
        if review.extract.attendance.absent == nil { return .notApplicable("aucune liste d’absents") }
        let twice = review.sitting.roll.persons.filter { !$0.presentLines.isEmpty && !$0.absentLines.isEmpty }
        if twice.count > 2 { return .indeterminate("listes des présents et des absents distinctes") }
        if twice.isEmpty { return .ok }
        let isWhole = ["present", "absent"].allSatisfy { ListReading.isWhole(list: $0, of: review) }
        return .remarksOrOK(
            twice.compactMap { person in
                guard let present = person.presentLines.first, let absent = person.absentLines.first else { return nil }
                let stays = person.presentLines.contains {
                    review.extract.attendance.present?[$0].presence.isEmpty == false
                }
                let isPartial = stays || person.hasUnknownPresence || !person.isPresentThroughout(review.order)
                let feminine = person.feminineEnding
                return Remark(
                    "\(person.written) est à la fois présent\(feminine) et absent\(feminine).",
                    lowered: isPartial ? .info : isWhole ? nil : .warning,
                    [
                        .fact(review.sitting.pointer("present", present)),
                        .fact(review.sitting.pointer("absent", absent)),
                    ])
            })
    }
}

/// Every interval of presence begins before it ends.
struct PresenceIntervals: DocumentRule {
    let description = RuleDescription(
        "att-interval", .error, "Chaque intervalle de présence commence avant de finir, dans l’ordre du jour.")

    func check(_ review: Review) -> Verdict {
        guard let present = review.extract.attendance.present else { return .indeterminate("liste des présents") }
        var remarks = review.sitting.roll.impossibleIntervals.map { line, words in
            Remark(
                "Intervalle de présence impossible pour \(present[line].name)\u{A0}: \(words).",
                [.fact(review.sitting.pointer("present", line))])
        }
        guard review.order.isPrinted else { return .remarksOrOK(remarks) }
        for (line, member) in present.enumerated() where !member.presence.isEmpty {
            let items = member.presence.flatMap { [$0.from, $0.through].compactMap(\.self) }
            guard let outside = items.first(where: { review.order.position(of: $0) == nil }) else { continue }
            let message =
                "Intervalle de présence impossible pour \(member.name)\u{A0}: question \(outside) hors de l’ordre de passage."
            remarks.append(Remark(message, [.fact(review.sitting.pointer("present", line))]))
        }
        return .remarksOrOK(remarks)
    }
}
