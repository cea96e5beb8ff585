import Deliberations

/// Who counts when one item is put to the vote, in the notation of the reference: P(q), X(q), R(q), I, S(q), E(q), V(q).
struct AttendanceAtItem {
    /// The item's position in the order of passage; 1 where nobody comes or goes and it does not matter.
    let position: Int
    /// P(q): members present.
    let present: [Roll.PersonIndex]
    /// X(q): proxies that run, as indices of the sitting's proxies.
    let active: [Int]
    /// R(q): proxies that can be used: the giver is away and the holder is there.
    let usable: [Int]
    /// I: members named as interested, of those who are found in the lists.
    let interested: [Roll.PersonIndex]
    /// P(q) ∩ I.
    let interestedPresent: [Roll.PersonIndex]
    /// S(q): usable proxies that fall because giver or holder is interested.
    let fallen: [Int]
    /// Why the figures are not certain, in French; empty if they are.
    let doubts: [String]
    /// More voices than this are impossible, whatever the doubts.
    let mostVoices: Int

    /// Whether more proxies than a clerk gets wrong contradict the lists: then they were not read as they were meant.
    var hasContradictoryProxies: Bool { active.count - usable.count > max(2, active.count / 4) }

    /// E(q): voices excluded = |P(q) ∩ I| + |S(q)|.
    var excluded: Int { interestedPresent.count + fallen.count }
    /// V(q): voices that may be cast = |P(q)| + |R(q)| − E(q).
    var voices: Int { present.count + usable.count - excluded }

    /// "81 présents + 24 pouvoirs − 4 intéressés = 101".
    var computation: String {
        let members = French.count(present.count, "présent", "présents")
        let powers = French.count(usable.count, "pouvoir", "pouvoirs")
        let away = excluded == 0 ? "" : " − \(French.count(excluded, "intéressé", "intéressés"))"
        return "\(members) + \(powers)\(away) = \(voices)"
    }

    /// The attendance of `sitting` when `vote` is taken; nil position: the item's place in the order is not known.
    init(_ sitting: Sitting, position: Int?, vote: Vote?, proxiesAreKnown: Bool) {
        let place = position ?? 1
        let persons = sitting.roll.persons
        let present = persons.indices.filter { persons[$0].isPresent(at: place) }
        let active = sitting.proxies.indices.filter { sitting.proxies[$0].isActive(at: place) }
        let usable = active.filter { Self.isUsable(sitting.proxies[$0], persons, place) }
        let found = Self.findInterested(vote, sitting)
        let isInterested = { (person: Roll.PersonIndex?) in person.map { found.persons.contains($0) } ?? false }
        self.position = place
        self.present = present
        self.active = active
        self.usable = usable
        interested = found.persons
        interestedPresent = found.persons.isEmpty ? [] : present.filter(isInterested)
        fallen =
            found.persons.isEmpty
            ? []
            : usable.filter { isInterested(sitting.proxies[$0].giver) || isInterested(sitting.proxies[$0].holder) }
        var doubts = Self.doubts(sitting, position: position, proxiesAreKnown: proxiesAreKnown)
        if !found.unknown.isEmpty {
            doubts.append("\(French.list(found.unknown)) (intéressés) introuvables dans les listes de membres")
        }
        if active.count - usable.count > max(2, active.count / 4) {
            doubts.append("pouvoirs dont beaucoup contredisent les listes")
        }
        self.doubts = doubts
        mostVoices = Self.mostVoices(sitting, at: position)
    }

    private static func isUsable(_ proxy: Sitting.HeldProxy, _ persons: [Roll.Person], _ position: Int) -> Bool {
        guard let giver = proxy.giver, let holder = proxy.holder else { return false }
        return !persons[giver].isPresent(at: position) && persons[holder].isPresent(at: position)
    }

    private static func findInterested(
        _ vote: Vote?, _ sitting: Sitting
    ) -> (persons: [Roll.PersonIndex], unknown: [String]) {
        var persons: [Roll.PersonIndex] = []
        var unknown: [String] = []
        guard let interested = vote?.interested, !interested.isEmpty else { return ([], []) }
        let matcher = NameMatcher(roll: sitting.roll)
        for member in interested {
            let match = matcher.match(member.person.name, civility: member.person.civility, locality: nil)
            guard let person = match.person else {
                unknown.append(member.person.name)
                continue
            }
            if !persons.contains(person) { persons.append(person) }
        }
        return (persons, unknown)
    }

    private static func doubts(_ sitting: Sitting, position: Int?, proxiesAreKnown: Bool) -> [String] {
        var doubts: [String] = []
        if position == nil { doubts.append("place du point dans l’ordre de passage") }
        if !sitting.roll.unknownPresence.isEmpty {
            let names = French.list(sitting.roll.unknownPresence)
            doubts.append("présence de \(names) au moment du point (heure sans lien avec l’ordre du jour)")
        }
        if !sitting.roll.impossibleIntervals.isEmpty { doubts.append("intervalles de présence impossibles") }
        if !proxiesAreKnown { doubts.append("liste des pouvoirs") }
        if !(sitting.attendance.giversWithoutHolder ?? []).isEmpty { doubts.append("mandataires non nommés") }
        if !sitting.unknownNames.isEmpty {
            let names = French.list(sitting.unknownNames.map(\.written))
            doubts.append("\(names) introuvables dans les listes de membres")
        }
        if sitting.proxies.contains(where: { $0.span == nil }) { doubts.append("durée de certains pouvoirs") }
        return doubts
    }

    /// Everybody who may have been there, and every proxy that may have run.
    private static func mostVoices(_ sitting: Sitting, at position: Int?) -> Int {
        let persons = sitting.roll.persons
        let members = persons.indices.filter { index in
            guard !persons[index].presentLines.isEmpty else { return false }
            guard let position else { return true }
            return persons[index].hasUnknownPresence || persons[index].isPresent(at: position)
        }
        let powers = sitting.proxies.filter { proxy in
            guard let position else { return true }
            let isGiverThere = proxy.giver.map { persons[$0].isPresent(at: position) } ?? false
            return (proxy.span == nil || proxy.isActive(at: position)) && !isGiverThere
        }
        return members.count + powers.count + (sitting.attendance.giversWithoutHolder ?? []).count
    }
}
