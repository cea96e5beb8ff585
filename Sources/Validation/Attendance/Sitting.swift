import Deliberations

/// Who sat and who held whose proxy, by position in the order of passage: computed once and shared by all rules.
struct Sitting {
    /// A proxy with both its persons found.
    struct HeldProxy {
        /// Its line in the list of proxies.
        var line: Int
        var giver: Roll.PersonIndex?
        var holder: Roll.PersonIndex?
        /// For which positions; nil while that is unknown.
        var span: ClosedRange<Int>?

        /// Whether it certainly runs at `position`.
        func isActive(at position: Int) -> Bool { span?.contains(position) ?? false }
    }

    /// A name of the list of proxies that the lists of members spell otherwise.
    struct Misspelling {
        var line: Int
        var written: String
        var person: Roll.PersonIndex
    }

    /// A name of the list of proxies that no member bears, or several.
    struct UnknownName {
        var line: Int
        var written: String
        var isGiver: Bool
        var candidates: [Roll.PersonIndex]
    }

    let attendance: Attendance
    /// The JSON Pointer of the attendance.
    let pointer: String
    let order: AgendaOrder
    private(set) var roll: Roll
    private(set) var proxies: [HeldProxy] = []
    private(set) var misspellings: [Misspelling] = []
    private(set) var unknownNames: [UnknownName] = []
    /// Givers whom neither list names: they are members all the same.
    private(set) var unlistedGivers: [Roll.PersonIndex] = []

    init(_ attendance: Attendance, at pointer: String, order: AgendaOrder, hours: Roll.SessionHours) {
        self.attendance = attendance
        self.pointer = pointer
        self.order = order
        roll = Roll(attendance, order: order, hours: hours)
        let matcher = NameMatcher(roll: roll)
        proxies.reserveCapacity(attendance.proxies?.count ?? 0)
        for (line, proxy) in (attendance.proxies ?? []).enumerated() {
            var held = HeldProxy(line: line)
            if case .known(let span) = PositionSpan(proxy.during, order: order, hours: hours) { held.span = span }
            held.giver = giver(of: proxy, line: line, span: held.span, matcher)
            held.holder = holder(of: proxy, line: line, matcher)
            if !isRepeated(held) { proxies.append(held) }
        }
    }

    /// Whether the same persons stand on another line for the same items.
    private func isRepeated(_ proxy: HeldProxy) -> Bool {
        guard proxy.giver != nil, proxy.holder != nil else { return false }
        return proxies.contains { $0.giver == proxy.giver && $0.holder == proxy.holder && $0.span == proxy.span }
    }

    /// The pointer of a line of one of the lists: `present`, `absent`, `proxies`.
    func pointer(_ list: String, _ line: Int) -> String { "\(pointer)/\(list)/\(line)" }

    /// The pointer of the line that names `person` first.
    func pointer(of person: Roll.PersonIndex) -> String {
        let entry = roll.persons[person]
        if let line = entry.presentLines.first { return pointer("present", line) }
        if let line = entry.absentLines.first { return pointer("absent", line) }
        return pointer("proxies", proxies.first { $0.giver == person }?.line ?? 0)
    }

    /// Whether somebody comes, goes, or votes by proxy for some items only: then an act's position matters.
    var changesDuringSession: Bool {
        !roll.unknownPresence.isEmpty
            || roll.persons.contains { !$0.presentLines.isEmpty && !$0.isPresentThroughout(order) }
            || proxies.contains { $0.span != 1...order.count }
    }

    /// A giver is absent by definition. A spelling that is only near to a member who is there means somebody else.
    private mutating func giver(
        of proxy: Proxy, line: Int, span: ClosedRange<Int>?, _ matcher: NameMatcher
    ) -> Roll.PersonIndex? {
        let match = matcher.match(proxy.giver.name, civility: proxy.giver.civility, locality: proxy.locality)
        switch match {
        case .exact(let person):
            return person
        case .abbreviated(let person), .near(let person):
            if isThere(person, during: span) { break }
            if case .near = match { noteMisspelling(proxy.giver.name, of: person, line: line) }
            return person
        case .ambiguous(let candidates):
            let absent = candidates.filter { !isThere($0, during: span) }
            if absent.count == 1 { return absent[0] }
            unknownNames.append(
                UnknownName(line: line, written: proxy.giver.name, isGiver: true, candidates: candidates))
            return nil
        case .none:
            break
        }
        return enterGiver(proxy)
    }

    private mutating func enterGiver(_ proxy: Proxy) -> Roll.PersonIndex {
        let person = roll.enterGiver(proxy.giver, locality: proxy.locality)
        if !unlistedGivers.contains(person), roll.persons[person].presentLines.isEmpty,
            roll.persons[person].absentLines.isEmpty
        {
            unlistedGivers.append(person)
        }
        return person
    }

    private mutating func holder(of proxy: Proxy, line: Int, _ matcher: NameMatcher) -> Roll.PersonIndex? {
        let match = matcher.match(proxy.holder.name, civility: proxy.holder.civility, locality: nil)
        switch match {
        case .exact(let person), .abbreviated(let person):
            return person
        case .near(let person):
            noteMisspelling(proxy.holder.name, of: person, line: line)
            return person
        case .ambiguous(let candidates):
            unknownNames.append(
                UnknownName(line: line, written: proxy.holder.name, isGiver: false, candidates: candidates))
        case .none:
            unknownNames.append(UnknownName(line: line, written: proxy.holder.name, isGiver: false, candidates: []))
        }
        return nil
    }

    private mutating func noteMisspelling(_ written: String, of person: Roll.PersonIndex, line: Int) {
        misspellings.append(Misspelling(line: line, written: written, person: person))
    }

    private func isThere(_ person: Roll.PersonIndex, during span: ClosedRange<Int>?) -> Bool {
        let entry = roll.persons[person]
        guard let span else { return !entry.presence.isEmpty }
        return entry.presence.contains { $0.overlaps(span) }
    }
}
