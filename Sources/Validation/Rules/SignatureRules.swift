import Deliberations

/// The president and a secretary are named with first name, name and quality (since 1 July 2022; before, all members
/// present signed: L2121-23 in its former text).
struct SignatureAuthors: ActRule {
    let description = RuleDescription(
        "signature-authors", .warning, "Le président et un secrétaire signent avec prénom, nom et qualité.",
        law: ["CGCT L2121-23", "CRPA L212-1", "CGCT R2131-1"], scope: "séances depuis le 1er juillet 2022")

    private static let reform = CivilDate(year: 2022, month: 7, day: 1)

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if let reform = Self.reform, review.session.date < reform {
            return .notApplicable("avant le 1er juillet 2022, tous les membres présents signaient")
        }
        if !review.isSingleAct { return .notApplicable("plusieurs délibérations dans le document") }
        guard let signatories = act.deliberation.signatories, !signatories.isEmpty else {
            return .indeterminate("bloc de signature")
        }
        var missing = signatories.filter { !Self.isFullyNamed($0) }.map { "\($0.name)" }
        if !signatories.contains(where: { Self.signsAsSecretary($0, review) }) {
            missing.append("secrétaire de séance")
        }
        if !signatories.contains(where: { Self.signsAsPresident($0, review) }) { missing.append("président de séance") }
        if missing.isEmpty { return .ok }
        return .remark(
            "Signature sans prénom, nom et qualité de\u{A0}: \(French.list(missing)).",
            signatories.indices.map { .fact(act.pointer("signatories/\($0)")) })
    }

    private static func isFullyNamed(_ person: Person) -> Bool {
        let words = FoldedName(person.name).words
        return words.count >= 2 && words.allSatisfy { $0.count > 1 } && !(person.role ?? "").isEmpty
    }

    private static func signsAsSecretary(_ person: Person, _ review: Review) -> Bool {
        let secretaries = (review.session.secretaries ?? []) + [review.session.secretary].compactMap(\.self)
        return isOne(of: secretaries, person) || roleContains(person, ["SECRETAIRE"])
    }

    private static func signsAsPresident(_ person: Person, _ review: Review) -> Bool {
        let presidents = [review.session.president].compactMap(\.self)
        return isOne(of: presidents, person) || roleContains(person, ["PRESIDENT", "MAIRE"])
    }

    private static func isOne(of persons: [Person], _ person: Person) -> Bool {
        let words = FoldedName(person.name).words
        return persons.contains { other in
            let name = FoldedName(other.name)
            return NameMatcher.isAbbreviation(words, of: name.words)
                || NameMatcher.isAbbreviation(name.words, of: words)
                || NameMatcher.isNear(FoldedName(person.name), name)
        }
    }

    private static func roleContains(_ person: Person, _ words: [StaticString]) -> Bool {
        let role = LatinFolding.fold(person.role ?? "")
        return LatinFolding.contains(role, anyOf: words)
    }
}

/// Every secretary is a member who is there at the item. Local law (L2541-6) lets the assembly name somebody else.
struct SecretaryPresent: ActRule {
    let description = RuleDescription(
        "secretary-present", .error, "Le secrétaire de séance est un membre présent.", law: ["CGCT L2121-15"],
        scope: "hors droit local d’Alsace-Moselle (L2541-6)")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        if review.localLaw == true { return .notApplicable("droit local\u{A0}: L2541-6") }
        let session = review.session
        let named = session.secretaries ?? session.secretary.map { [$0] } ?? []
        if named.isEmpty { return .indeterminate("secrétaire de séance") }
        let pointer = session.secretaries == nil ? "/session/secretary" : "/session/secretaries"
        let officer = PresentOfficer(act, in: review)
        let standings = named.map { officer.standing(of: $0) }
        if standings.contains(.present) { return .ok }
        return officer.verdict(standings[0], of: named[0], as: "Le secrétaire de séance", pointer: pointer)
    }
}

/// The president is there at the item, unless the text names another for it.
struct PresidentPresent: ActRule {
    let description = RuleDescription(
        "president-present", .error, "Le président de séance est un membre présent.", law: ["CGCT L2121-14"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let president = act.deliberation.president ?? review.session.president else {
            return .indeterminate("président de séance")
        }
        let isReplaced = act.deliberation.president != nil
        let officer = PresentOfficer(act, in: review)
        let pointer = isReplaced ? act.pointer("president") : "/session/president"
        let standing = officer.standing(of: president)
        return officer.verdict(standing, of: president, as: "Le président", pointer: pointer)
    }
}

/// Where somebody with an office in the session stands in the lists.
private struct PresentOfficer {
    enum Standing: Equatable {
        case present
        /// In the list of present members, but not at this item.
        case away
        /// In the list of absent members only.
        case absent
        /// In no list.
        case unlisted
        /// The lists or the item do not tell.
        case unknown(String)
    }

    let act: ActReview
    let review: Review

    init(_ act: ActReview, in review: Review) {
        self.act = act
        self.review = review
    }

    func standing(of officer: Person) -> Standing {
        guard let attendance = act.attendance else { return .unknown("liste des présents") }
        let matcher = NameMatcher(roll: act.sitting.roll)
        switch matcher.match(officer.name, civility: officer.civility, locality: nil) {
        case .exact(let index), .abbreviated(let index), .near(let index):
            let person = act.sitting.roll.persons[index]
            if person.presentLines.isEmpty { return person.absentLines.isEmpty ? .unlisted : .absent }
            if person.isPresent(at: attendance.position) { return .present }
            if person.hasUnknownPresence || act.position == nil { return .unknown("présence au moment du point") }
            return .away
        case .ambiguous: return .unknown("membre désigné (plusieurs homonymes)")
        case .none: return .unlisted
        }
    }

    func verdict(_ standing: Standing, of officer: Person, as office: String, pointer: String) -> Verdict {
        let who = "\(office) \(officer.name)"
        let item = act.deliberation.item.map { " à la question \($0)" } ?? ""
        let sources: [Source] = [.fact(pointer), .fact("\(act.sitting.pointer)/present")]
        switch standing {
        case .present:
            return .ok
        case .away:
            return .remark("\(who) n’est pas membre présent\(item).", lowered: confirmed, sources)
        case .absent:
            return .remark("\(who) figure parmi les absents.", lowered: confirmed, sources)
        case .unlisted:
            let isComplete = act.membersInOffice.map { ListTrust.listed(act.sitting) == $0 } ?? false
            guard isComplete, !NameMatcher(roll: act.sitting.roll).resemblesSomebody(officer.name) else {
                return .indeterminate("place de \(officer.name) dans les listes de membres")
            }
            return .remark("\(who) ne figure pas parmi les membres présents.", sources)
        case .unknown(let missing):
            return .indeterminate(missing)
        }
    }

    /// Lists that nothing confirms lower the finding.
    private var confirmed: Severity? { act.trust.isConfirmed ? nil : .warning }
}
