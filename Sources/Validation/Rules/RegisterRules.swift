import Deliberations

/// No other act of the authority bears the number.
///
/// Many authorities begin again at 1 in every session (R2121-9): an equal number of another session is another's only
/// if it begins with a year. A document registered again under the same subject is a version of the same act.
struct NumberUnique: ActRule {
    let description = RuleDescription(
        "delib-number-unique", .error, "Le numéro n’est porté par aucun autre acte de la collectivité.",
        law: ["CGCT R2121-9"], scope: "actes numérotés, avec le registre")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let number = act.deliberation.number else { return .indeterminate("numéro de l’acte") }
        guard let register = review.parameters.register else { return .indeterminate("registre des actes") }
        let folded = FoldedName(number.text)
        let present = RegisterFacts.RegisteredAct(
            number: number, subject: act.deliberation.subject, sessionDate: review.session.date)
        let other = register.acts.first { registered in
            FoldedName(registered.number.text) == folded && Self.isConflict(present, with: registered)
        }
        guard let other else { return .ok }
        return .remark(Self.message(number, borneBy: other), [.fact(act.pointer("number"))])
    }

    /// Whether two acts of one number are not versions of one act.
    static func isConflict(_ act: RegisterFacts.RegisteredAct, with other: RegisterFacts.RegisteredAct) -> Bool {
        if other.sessionDate != act.sessionDate { return beginsWithYear(act.number.text) }
        return !isSameSubject(other.subject, act.subject)
    }

    static func message(_ number: ActNumber, borneBy other: RegisterFacts.RegisteredAct) -> String {
        "Le n°\u{A0}\(number) est déjà attribué à \(French.quoted(other.subject)) (\(French.date(other.sessionDate)))."
    }

    private static func beginsWithYear(_ number: String) -> Bool {
        let digits = number.utf8.prefix { (0x30...0x39).contains($0) }
        guard digits.count == 4, number.utf8.count > 4 else { return false }
        return (1982...2099).contains(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// Whether two subjects share half of their words or more.
    private static func isSameSubject(_ left: String, _ right: String) -> Bool {
        let (left, right) = (FoldedName(left), FoldedName(right))
        let (first, second) = (Set(left.words.map(Array.init)), Set(right.words.map(Array.init)))
        return first.intersection(second).count * 2 >= min(first.count, second.count)
    }
}

/// A proxy is not given to the same member for more than three consecutive sessions (L2121-20), illness excepted.
struct ProxyThreeSessions: DocumentRule {
    let description = RuleDescription(
        "proxy-three-sessions", .warning,
        "Un pouvoir ne court pas plus de trois séances consécutives, sauf maladie constatée.", law: ["CGCT L2121-20"],
        scope: "communes, EPCI et syndicats, avec le registre")

    static let longest = 3

    static func concerns(_ authority: Authority) -> Bool {
        [.commune, .epci, .syndicat].contains(authority.kind)
    }

    func check(_ review: Review) -> Verdict {
        guard Self.concerns(review.extract.authority) else {
            return .notApplicable("règle des communes, des EPCI et des syndicats")
        }
        guard let proxies = review.extract.attendance.proxies else { return .indeterminate("liste des pouvoirs") }
        if proxies.isEmpty { return .notApplicable("aucun pouvoir") }
        guard let register = review.parameters.register else {
            return .indeterminate("séances précédentes dans le registre")
        }
        let former = register.sessions.filter { $0.date < review.session.date }.sorted { $0.date > $1.date }
        let runs = proxies.map { Self.run(from: $0.giver.name, to: $0.holder.name, before: former) }
        let remarks = zip(proxies.indices, runs).compactMap { line, run -> Remark? in
            guard run > Self.longest else { return nil }
            let (giver, holder) = (proxies[line].giver.name, proxies[line].holder.name)
            return Remark(
                Self.message(giver, holder, run: run), computed: Self.computed(run),
                [.fact(review.sitting.pointer("proxies", line))])
        }
        if !remarks.isEmpty { return .remarks(remarks) }
        let isCut = runs.contains { $0 > former.count } && former.count < Self.longest
        return isCut ? .indeterminate("trois séances précédentes dans le registre") : .ok
    }

    static func message(_ giver: String, _ holder: String, run: Int) -> String {
        "Pouvoir donné par \(giver) à \(holder) plus de trois séances consécutives (\(run))."
    }

    static func computed(_ run: Int) -> String { "\(run) séances > \(longest)" }

    /// How many sessions in a row, this one included, the proxy was given.
    static func run(from giver: String, to holder: String, before sessions: [RegisterFacts.KnownSession]) -> Int {
        let pair = RegisterFacts.ProxyPair(giver: giver, holder: holder)
        let former = sessions.prefix { $0.pairs.contains(pair) }
        return former.count + 1
    }
}
