import Deliberations

/// What a proxy's defect means: an error where it touches the act under review, a remark elsewhere.
private struct ProxyDefects {
    let review: Review

    /// The positions at which `isDefective` holds while the proxy runs.
    func positions(_ proxy: Sitting.HeldProxy, where isDefective: (Int) -> Bool) -> [Int] {
        guard let span = proxy.span else { return [] }
        return span.filter(isDefective)
    }

    /// The severity for `positions`: nil keeps the rule's.
    func lowered(_ positions: [Int]) -> Severity? {
        let touchesAct = positions.contains { review.reviewedPositions.contains($0) }
        if !touchesAct { return .info }
        return review.trust.isConfirmed ? nil : .warning
    }

    /// " à la question 64", or nothing where nobody comes or goes.
    func when(_ positions: [Int]) -> String {
        guard review.order.items.count > 1 else { return "" }
        if positions.count == review.order.count { return " pendant toute la séance" }
        let items = review.order.describe(positions)
        return positions.count == 1 ? " à la question \(items)" : " aux questions \(items)"
    }

    /// Why no proxy can be judged, if so.
    var obstacle: Verdict? {
        let attendance = review.extract.attendance
        guard let proxies = attendance.proxies else { return .indeterminate("liste des pouvoirs") }
        if proxies.isEmpty { return .notApplicable("aucun pouvoir") }
        guard let present = attendance.present, !present.isEmpty else { return .indeterminate("liste des présents") }
        if review.hasContradictoryProxies { return .indeterminate("pouvoirs dont beaucoup contredisent les listes") }
        return nil
    }

    func name(_ person: Roll.PersonIndex) -> String { review.sitting.roll.persons[person].written }
}

/// At every q of a proxy the giver ∉ P(q).
struct ProxyGiverAbsent: DocumentRule {
    let description = RuleDescription(
        "proxy-giver-absent", .error, "Le mandant est absent pendant que son pouvoir court.",
        law: ["CGCT L2121-20", "CGCT L3121-16", "CGCT L4132-15", "CASF R123-16"])

    func check(_ review: Review) -> Verdict {
        let defects = ProxyDefects(review: review)
        if let obstacle = defects.obstacle { return obstacle }
        let persons = review.sitting.roll.persons
        let remarks = review.sitting.proxies.compactMap { proxy -> Remark? in
            guard let giver = proxy.giver, !persons[giver].hasUnknownPresence else { return nil }
            let positions = defects.positions(proxy) { persons[giver].isPresent(at: $0) }
            guard !positions.isEmpty else { return nil }
            let lowered = persons[giver].absentLines.isEmpty ? defects.lowered(positions) : .info
            return Remark(
                "\(defects.name(giver)) a donné pouvoir et est présent\(persons[giver].feminineEnding)\(defects.when(positions)).",
                lowered: lowered,
                [.fact(review.sitting.pointer("proxies", proxy.line)), .fact(review.sitting.pointer(of: giver))])
        }
        if remarks.isEmpty, let doubt = review.proxyDoubt { return .indeterminate(doubt) }
        return .remarksOrOK(remarks)
    }
}

/// At every q of a proxy the holder ∈ P(q).
struct ProxyHolderPresent: DocumentRule {
    let description = RuleDescription(
        "proxy-holder-present", .error, "Le mandataire est présent pendant que le pouvoir court.",
        law: ["CGCT L2121-20", "CGCT L3121-16", "CGCT L4132-15", "CASF R123-16"])

    func check(_ review: Review) -> Verdict {
        let defects = ProxyDefects(review: review)
        if let obstacle = defects.obstacle { return obstacle }
        let persons = review.sitting.roll.persons
        let remarks = review.sitting.proxies.compactMap { proxy -> Remark? in
            guard let holder = proxy.holder, let giver = proxy.giver, !persons[holder].hasUnknownPresence else {
                return nil
            }
            let positions = defects.positions(proxy) { !persons[holder].isPresent(at: $0) }
            guard !positions.isEmpty else { return nil }
            let who = "\(defects.name(holder)), porteur du pouvoir de \(defects.name(giver)),"
            return Remark(
                "\(who) est absent\(persons[holder].feminineEnding)\(defects.when(positions)).",
                lowered: defects.lowered(positions),
                [.fact(review.sitting.pointer("proxies", proxy.line)), .fact(review.sitting.pointer(of: holder))])
        }
        if remarks.isEmpty, let doubt = review.proxyDoubt { return .indeterminate(doubt) }
        return .remarksOrOK(remarks)
    }
}

/// For every q no holder has more active proxies than the law of the day allows: one, or two in the COVID periods.
struct ProxyLimit: DocumentRule {
    let description = RuleDescription(
        "proxy-limit", .error, "Un membre ne porte qu’un pouvoir (deux dans les périodes COVID).",
        law: ["CGCT L2121-20", "CGCT L3121-16", "CGCT L4132-15", "CASF R123-16"])

    func check(_ review: Review) -> Verdict {
        let defects = ProxyDefects(review: review)
        if let obstacle = defects.obstacle { return obstacle }
        let limit = ExceptionalPeriods.proxyLimit(on: review.session.date)
        var held: [Int: [Sitting.HeldProxy]] = [:]
        for proxy in review.sitting.proxies {
            if let holder = proxy.holder { held[holder, default: []].append(proxy) }
        }
        let remarks = held.filter { $0.value.count > limit.certain }.sorted { $0.key < $1.key }
            .compactMap { holder, proxies -> Remark? in
                let positions = (1...review.order.count).filter { position in
                    proxies.count(where: { $0.isActive(at: position) }) > limit.certain
                }
                guard let first = positions.first else { return nil }
                let count = proxies.count(where: { $0.isActive(at: first) })
                let isDoubtful = count <= limit.possible || review.extract.authority.kind == .syndicat
                let most = "(maximum \(limit.certain))"
                return Remark(
                    "\(defects.name(holder)) porte \(count) pouvoirs\(defects.when(positions)) \(most).",
                    lowered: isDoubtful ? .warning : defects.lowered(positions),
                    computed: "\(count) pouvoirs > \(limit.certain)",
                    proxies.map { .fact(review.sitting.pointer("proxies", $0.line)) })
            }
        if remarks.isEmpty, let doubt = review.proxyDoubt { return .indeterminate(doubt) }
        return .remarksOrOK(remarks)
    }
}

/// For every q a giver has at most one active proxy; successive holders are allowed.
struct ProxyOneHolder: DocumentRule {
    let description = RuleDescription(
        "proxy-one-holder", .error, "Un membre ne donne pouvoir qu’à un collègue à la fois.", law: ["CGCT L2121-20"])

    func check(_ review: Review) -> Verdict {
        let defects = ProxyDefects(review: review)
        if let obstacle = defects.obstacle { return obstacle }
        var given: [Int: [Sitting.HeldProxy]] = [:]
        for proxy in review.sitting.proxies {
            if let giver = proxy.giver { given[giver, default: []].append(proxy) }
        }
        let remarks = given.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
            .compactMap { giver, proxies -> Remark? in
                let positions = (1...review.order.count).filter { position in
                    proxies.count(where: { $0.isActive(at: position) }) > 1
                }
                guard !positions.isEmpty, Set(proxies.map(\.holder)).count > 1 else { return nil }
                return Remark(
                    "\(defects.name(giver)) a donné pouvoir à deux collègues\(defects.when(positions)).",
                    lowered: defects.lowered(positions),
                    proxies.map { .fact(review.sitting.pointer("proxies", $0.line)) })
            }
        if remarks.isEmpty, let doubt = review.proxyDoubt { return .indeterminate(doubt) }
        return .remarksOrOK(remarks)
    }
}

/// The holder has no active proxy given at the same q. Where it happens `proxy-holder-present` is an error already:
/// this says how, as a remark.
struct ProxyChain: DocumentRule {
    let description = RuleDescription(
        "proxy-chain", .error, "Le mandataire n’est pas lui-même représenté.", law: ["CGCT L2121-20"])

    func check(_ review: Review) -> Verdict {
        let defects = ProxyDefects(review: review)
        if let obstacle = defects.obstacle { return obstacle }
        let sitting = review.sitting
        let remarks = sitting.proxies.compactMap { proxy -> Remark? in
            guard let holder = proxy.holder, let giver = proxy.giver,
                let next = sitting.proxies.first(where: { other in
                    other.giver == holder && !defects.positions(proxy) { other.isActive(at: $0) }.isEmpty
                })
            else { return nil }
            let positions = defects.positions(proxy) { next.isActive(at: $0) }
            let person = sitting.roll.persons[holder]
            let oneself = person.gender == .woman ? "elle-même" : "lui-même"
            let who =
                "\(person.written) est \(oneself) représenté\(person.feminineEnding)\(defects.when(positions))"
            return Remark(
                "\(who)\u{A0}: le pouvoir de \(defects.name(giver)) ne peut être exercé.", lowered: .info,
                [.fact(sitting.pointer("proxies", proxy.line)), .fact(sitting.pointer("proxies", next.line))])
        }
        return .remarksOrOK(remarks)
    }
}

/// giver ≠ holder.
struct ProxyToSelf: DocumentRule {
    let description = RuleDescription(
        "proxy-self", .error, "Personne ne se donne pouvoir à soi-même.", law: ["CGCT L2121-20"])

    func check(_ review: Review) -> Verdict {
        guard let proxies = review.extract.attendance.proxies else { return .indeterminate("liste des pouvoirs") }
        if proxies.isEmpty { return .notApplicable("aucun pouvoir") }
        return .remarksOrOK(
            proxies.enumerated().compactMap { line, proxy in
                guard proxy.giver.name.utf8.count > 3, Self.mayBeAlike(proxy.giver.name, proxy.holder.name),
                    FoldedName(proxy.giver.name) == FoldedName(proxy.holder.name)
                else { return nil }
                let message = "Pouvoir donné à soi-même\u{A0}: \(proxy.giver.name)."
                return Remark(message, [.fact(review.sitting.pointer("proxies", line))])
            })
    }

    /// False where the names begin with different letters of ASCII, as nearly all do.
    private static func mayBeAlike(_ left: String, _ right: String) -> Bool {
        guard let first = left.utf8.first, let other = right.utf8.first, first < 0x80, other < 0x80 else { return true }
        let (letter, otherLetter) = (LatinFolding.ascii(first), LatinFolding.ascii(other))
        return letter == otherLetter || letter == LatinFolding.space || otherLetter == LatinFolding.space
    }
}

/// Members neither present nor validly represented at the act.
struct ProxyGap: ActRule {
    let description = RuleDescription(
        "proxy-gap", .info, "Membres ni présents ni représentés au moment du point.",
        scope: "documents qui donnent la liste des absents")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let attendance = act.attendance else { return .indeterminate("liste des présents") }
        if act.sitting.attendance.absent == nil { return .notApplicable("aucune liste d’absents") }
        if !attendance.doubts.isEmpty { return .indeterminate(attendance.doubts.joined(separator: "\u{A0}; ")) }
        let persons = act.sitting.roll.persons
        var counts = [Bool](repeating: false, count: persons.count)
        for person in attendance.present { counts[person] = true }
        for proxy in attendance.usable { if let giver = act.sitting.proxies[proxy].giver { counts[giver] = true } }
        let neither = persons.indices.filter { !counts[$0] }
        if neither.isEmpty { return .ok }
        let names = French.list(neither.map { persons[$0].written })
        let item = act.deliberation.item.map { " à la question \($0)" } ?? ""
        return .remark(
            "\(French.count(neither.count, "membre", "membres")) ni présents ni représentés\(item)\u{A0}: \(names).",
            computed:
                "\(persons.count) membres − \(attendance.present.count) présents − \(attendance.usable.count) représentés = \(neither.count)",
            neither.prefix(Validator.maximumEvidence).map { .fact(act.sitting.pointer(of: $0)) })
    }
}

extension Review {
    /// Why proxies may hide a defect that was not seen: nil if nothing does.
    fileprivate var proxyDoubt: String? {
        if let unknown = sitting.unknownNames.first { return "membre désigné par \(unknown.written)" }
        if sitting.proxies.contains(where: { $0.span == nil }) { return "durée de certains pouvoirs" }
        return sitting.roll.unknownPresence.first.map { "moment de la présence de \($0)" }
    }
}
