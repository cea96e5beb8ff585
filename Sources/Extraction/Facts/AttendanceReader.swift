import Deliberations

/// Reads who is present, who is absent, and who holds whose proxy.
struct AttendanceReader {
    /// The lists with their ranges.
    var present: [Cited<Member>]?
    private(set) var absent: [Cited<Member>]?
    private(set) var proxies: [Cited<Proxy>]?
    private(set) var giversWithoutHolder: [Cited<Person>] = []
    /// What stood in a list and could not be read.
    private(set) var unread: [Range<Int>] = []

    /// Reads the lists of members of an act.
    init(_ sections: [AttendanceSections.Section], in text: NormalizedText) {
        for section in sections { read(section, in: text) }
        if present != nil, proxies == nil { proxies = [] }
    }

    private mutating func read(_ section: AttendanceSections.Section, in text: NormalizedText) {
        let list = MemberListReader(section.body, in: text)
        unread += list.unread
        switch section.kind {
        case .present:
            present = (present ?? []).filter { !Self.isStray($0, before: list) }
            present? += list.entries.indices.map { Self.sitting(list.entries[$0], among: list.entries) }
        case .absent, .excused, .represented:
            let isExcused = section.kind == .excused
            absent = (absent ?? []) + list.entries.indices.map { Self.member(list.entries[$0], excused: isExcused) }
        case .proxies: break
        }
        let isOfGivers = section.kind == .proxies || section.kind == .represented
        // By index, for an entry is large.
        for index in list.entries.indices where isOfGivers || list.entries[index].namesProxy {
            if section.kind == .present, Self.isReplaced(list.entries[index], among: list.entries) { continue }
            addProxies(of: list.entries[index], section.kind)
        }
        if isOfGivers, proxies == nil { proxies = [] }
    }

    /// A word alone after a count ("28 NAN"), before the list itself.
    private static func isStray(_ member: Cited<Member>, before list: MemberListReader) -> Bool {
        member.value.civility == nil && !member.value.name.contains(" ") && list.entries.count > 1
            && list.entries.allSatisfy { $0.person.name.contains(" ") }
    }

    /// "M. X représenté par Mme Y" among the present: Y sits, unless she is in the list herself and so holds a proxy.
    private static func isReplaced(
        _ entry: MemberListReader.Entry, among entries: [MemberListReader.Entry]
    ) -> Bool {
        entry.isRepresented && entry.holders.count == 1
            && !entries.contains { $0.person.name == entry.holders[0].person.name }
    }

    private static func sitting(
        _ entry: MemberListReader.Entry, among entries: [MemberListReader.Entry]
    ) -> Cited<Member> {
        guard isReplaced(entry, among: entries) else { return member(entry) }
        let member = Member(
            entry.holders[0].person, locality: entry.locality, substitute: true, excused: false,
            presence: entry.presence)
        return Cited(value: member, range: entry.range)
    }

    private static func member(_ entry: MemberListReader.Entry, excused: Bool = false) -> Cited<Member> {
        let member = Member(
            entry.person, locality: entry.locality, substitute: entry.isSubstitute,
            excused: excused || entry.isExcused, presence: entry.presence)
        return Cited(value: member, range: entry.range)
    }

    private mutating func addProxies(of entry: MemberListReader.Entry, _ kind: AttendanceSections.Kind) {
        for holder in entry.hasColumnOfHolders ? [] : entry.holders {
            let proxy = Proxy(
                giver: entry.person, holder: holder.person, locality: entry.locality, during: holder.during)
            add(Cited(value: proxy, range: entry.range))
        }
        for giver in entry.givers {
            let proxy = Proxy(giver: giver.person, holder: entry.person, locality: entry.locality)
            add(Cited(value: proxy, range: entry.range))
        }
        let isWithoutHolder =
            entry.hasColumnOfHolders || entry.holders.isEmpty && (kind == .proxies || kind == .represented)
        if entry.givers.isEmpty, isWithoutHolder {
            giversWithoutHolder.append(Cited(value: entry.person, range: entry.range))
        }
    }

    private mutating func add(_ proxy: Cited<Proxy>) {
        if proxies == nil { proxies = [] }
        proxies?.append(proxy)
    }

    /// Adds the person who presides to the present members if the printed count says that one is missing.
    mutating func add(president: PersonReader.Reading?, statedPresent: Int?) {
        guard let president, let present, let statedPresent, statedPresent == present.count + 1 else { return }
        let name = present.contains { $0.value.name == president.person.name }
        if !name { self.present = [Cited(value: Member(president.person), range: president.range)] + present }
    }
}
