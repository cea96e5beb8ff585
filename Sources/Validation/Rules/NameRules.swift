import Deliberations

/// A name of the proxies or of the interested members that only comes near to one of the lists.
struct NameMismatch: DocumentRule {
    let description = RuleDescription(
        "att-name-mismatch", .warning, "Chaque personne est écrite de la même façon partout.")

    func check(_ review: Review) -> Verdict {
        guard let present = review.extract.attendance.present, !present.isEmpty else {
            return .indeterminate("liste des présents")
        }
        let sitting = review.sitting
        var remarks = sitting.misspellings.map { misspelling in
            remark(misspelling.written, misspelling.person, .fact(sitting.pointer("proxies", misspelling.line)), review)
        }
        let matcher = NameMatcher(roll: sitting.roll)
        for act in review.acts {
            for (index, interested) in (act.vote?.interested ?? []).enumerated() {
                let name = interested.person
                guard case .near(let person) = matcher.match(name.name, civility: name.civility, locality: nil) else {
                    continue
                }
                var found = remark(name.name, person, .fact(act.pointer("vote/interested/\(index)")), review)
                found?.deliberation = act.index
                remarks.append(found)
            }
        }
        return .remarksOrOK(remarks.compactMap(\.self))
    }

    private func remark(_ written: String, _ person: Int, _ source: Source, _ review: Review) -> Remark? {
        let listed = review.sitting.roll.persons[person].written
        let slip = ScannerSlip(FoldedName(written), FoldedName(listed))
        if slip == .sameLetters { return nil }
        return Remark(
            "\(French.quoted(written)) rapproché de \(French.quoted(listed))\u{A0}: orthographes différentes.",
            lowered: slip == .confusedLetters ? .info : nil, [source, .fact(review.sitting.pointer(of: person))])
    }
}

/// What a scanner or a line's end makes of a name: no other name.
private enum ScannerSlip {
    /// Only hyphens and spaces differ.
    case sameLetters
    /// Letters differ that scanners take for each other.
    case confusedLetters

    init?(_ left: FoldedName, _ right: FoldedName) {
        let (left, right) = (
            left.bytes.filter { $0 != LatinFolding.space }, right.bytes.filter { $0 != LatinFolding.space }
        )
        if left == right {
            self = .sameLetters
        } else if left.count == right.count,
            zip(left, right).allSatisfy({ $0 == $1 || Self.confused.contains([min($0, $1), max($0, $1)]) })
        {
            self = .confusedLetters
        } else {
            return nil
        }
    }

    private static let confused: Set<[UInt8]> = Set(
        ["CE", "IL", "1I", "1L", "0O", "OQ", "5S", "8B"].map { Array($0.utf8) })
}

/// A name of the proxies that no member bears. An error only if the lists name every member in office.
struct NameUnknown: DocumentRule {
    let description = RuleDescription(
        "att-name-unknown", .error, "Mandants et mandataires sont membres de l’assemblée.", law: ["CGCT L2121-20"])

    func check(_ review: Review) -> Verdict {
        guard let proxies = review.extract.attendance.proxies else { return .indeterminate("liste des pouvoirs") }
        if proxies.isEmpty { return .notApplicable("aucun pouvoir") }
        guard let present = review.extract.attendance.present, !present.isEmpty else {
            return .indeterminate("liste des présents")
        }
        let sitting = review.sitting
        var unknown = sitting.unknownNames.filter(\.candidates.isEmpty).map { ($0.written, $0.line) }
        if everybodyIsListedWithoutGivers(review) {
            for person in sitting.unlistedGivers {
                let line = sitting.proxies.first { $0.giver == person }?.line ?? 0
                unknown.append((sitting.roll.persons[person].written, line))
            }
        }
        if unknown.isEmpty {
            let doubtful = sitting.unknownNames.map(\.written)
            return doubtful.isEmpty ? .ok : .indeterminate("membre désigné par \(French.list(doubtful))")
        }
        let isComplete = review.session.membersInOffice.map { ListTrust.listed(sitting) >= $0 } ?? false
        let listed = NameMatcher(roll: Roll(review.extract.attendance, order: review.order, hours: .init()))
        if !isComplete || unknown.contains(where: { listed.resemblesSomebody($0.0) }) {
            return .indeterminate("liste complète des membres (\(French.list(unknown.map(\.0))))")
        }
        return .remarksOrOK(
            unknown.map { name, line in
                Remark("\(name) n’est pas membre de l’assemblée.", [.fact(sitting.pointer("proxies", line))])
            })
    }

    /// Whether present and absent alone are the members in office.
    private func everybodyIsListedWithoutGivers(_ review: Review) -> Bool {
        let listed = ListTrust.listed(review.sitting) - review.sitting.unlistedGivers.count
        return review.extract.attendance.absent != nil && listed == review.session.membersInOffice
    }
}

/// Every person has a civility in lists that use one.
struct CivilityMissing: DocumentRule {
    let description = RuleDescription(
        "att-civility-missing", .info, "Chaque personne porte une civilité lorsque la liste en emploie.")

    func check(_ review: Review) -> Verdict {
        let attendance = review.extract.attendance
        let members = (attendance.present ?? []) + (attendance.absent ?? [])
        guard !members.isEmpty else { return .indeterminate("listes des membres") }
        let titled = members.count(where: { $0.civility != nil })
        guard titled * 2 > members.count else { return .notApplicable("listes sans civilité") }
        var remarks: [Remark] = []
        for (list, lines) in [("present", attendance.present ?? []), ("absent", attendance.absent ?? [])] {
            for (line, member) in lines.enumerated() where member.civility == nil {
                remarks.append(remark(member.name, review.sitting.pointer(list, line)))
            }
        }
        for (line, proxy) in (attendance.proxies ?? []).enumerated() {
            for person in [proxy.giver, proxy.holder] where person.civility == nil {
                remarks.append(remark(person.name, review.sitting.pointer("proxies", line)))
            }
        }
        if remarks.count * 4 > members.count { return .notApplicable("civilités communes à plusieurs personnes") }
        return .remarksOrOK(remarks)
    }

    private func remark(_ name: String, _ pointer: String) -> Remark {
        Remark("Civilité absente\u{A0}: \(name).", [.fact(pointer)])
    }
}

/// A substitute sits only for a commune with a single seat, and not beside the full member (L5211-6).
struct SubstituteAllowed: DocumentRule {
    let description = RuleDescription(
        "att-substitute", .error,
        "Un suppléant siège seulement pour une commune à siège unique, en l’absence du titulaire.",
        law: ["CGCT L5211-6"], scope: "EPCI à fiscalité propre")

    func check(_ review: Review) -> Verdict {
        guard review.extract.authority.kind == .epci else { return .notApplicable("règle des EPCI à fiscalité propre") }
        let persons = review.sitting.roll.persons
        let substitutes = persons.filter { $0.isSubstitute && !$0.presentLines.isEmpty }
        if substitutes.isEmpty { return .notApplicable("aucun suppléant présent") }
        if substitutes.contains(where: { $0.locality == nil }) { return .indeterminate("commune du suppléant") }
        return .remarksOrOK(
            substitutes.compactMap { substitute in
                let seats = persons.filter { $0.locality == substitute.locality && !$0.isSubstitute }
                let place = substitute.localityWritten ?? ""
                let sources = ([substitute] + seats).flatMap { self.sources(of: $0, review) }
                let isPrintedBeside = self.isPrintedBeside(substitute, review)
                if seats.count > 1 {
                    let message = "Suppléant admis seulement si la commune n’a qu’un siège\u{A0}: \(place)."
                    return Remark(
                        message, lowered: isPrintedBeside ? nil : .warning,
                        computed: "\(seats.count) conseillers titulaires pour \(place)", sources)
                }
                guard let full = seats.first, Self.sitTogether(full, substitute) else { return nil }
                return Remark(
                    "\(substitute.written), suppléant, siège en présence de \(full.written) (\(place)).", sources)
            })
    }

    /// Whether the commune stands just before the name: else it is inherited from other lines, and may be misread.
    private func isPrintedBeside(_ substitute: Roll.Person, _ review: Review) -> Bool {
        guard let line = substitute.presentLines.first, let locality = substitute.locality,
            let range = review.citations.range(at: review.sitting.pointer("present", line)),
            range.start <= review.text.count
        else { return false }
        let before = review.text[max(0, range.start - 60)..<range.start]
        return LatinFolding.contains(before.withUnsafeBufferPointer { LatinFolding.fold($0) }, locality.bytes)
    }

    private static func sitTogether(_ left: Roll.Person, _ right: Roll.Person) -> Bool {
        left.presence.contains { stay in right.presence.contains { $0.overlaps(stay) } }
    }

    private func sources(of person: Roll.Person, _ review: Review) -> [Source] {
        person.presentLines.map { .fact(review.sitting.pointer("present", $0)) }
            + person.absentLines.map { .fact(review.sitting.pointer("absent", $0)) }
    }
}
