import Deliberations

/// Everybody whom the attendance names as a member: the present, the absent, and givers of proxies that no list names.
struct Roll {
    /// A person's index in ``persons``.
    typealias PersonIndex = Int

    /// One person, however many lines of the lists name them.
    struct Person {
        /// The name as written first.
        var written: String
        var name: FoldedName
        var locality: FoldedName?
        var localityWritten: String?
        var gender: Gender?
        var isSubstitute: Bool
        /// The lines in the list of present members.
        var presentLines: [Int] = []
        /// The lines in the list of absent members.
        var absentLines: [Int] = []
        /// The positions at which the person is there, of those that are known.
        var presence: [ClosedRange<Int>] = []
        /// Whether a line gives a presence that cannot be turned into positions.
        var hasUnknownPresence = false

        /// What an adjective or participle about the person ends in.
        var feminineEnding: String { gender == .woman ? "e" : "" }

        /// Whether the person is certainly there at `position`.
        func isPresent(at position: Int) -> Bool {
            presence.contains { $0.contains(position) }
        }

        /// Whether the person is there for the whole session.
        func isPresentThroughout(_ order: AgendaOrder) -> Bool {
            presence.contains { $0 == 1...order.count }
        }
    }

    private(set) var persons: [Person] = []
    /// The first person of each name.
    private var firstByName: [FoldedName: PersonIndex] = [:]
    /// Persons of names that several bear, in different communes.
    private var homonyms: [FoldedName: [PersonIndex]] = [:]
    /// Intervals of presence that are impossible: the person, and the items as written.
    private(set) var impossibleIntervals: [(line: Int, words: String)] = []
    /// Members whose presence is told by the clock alone, or by items that are not in the order.
    private(set) var unknownPresence: [String] = []

    private let order: AgendaOrder
    private let hours: SessionHours
    /// Presence at every item, which most members share.
    private let wholeSession: [ClosedRange<Int>]
    /// The commune of the last member entered: lists name members by commune.
    private var lastLocality: (written: String, folded: FoldedName)?

    /// When the session was opened and closed: an arrival before the one or a departure after the other is no limit.
    struct SessionHours {
        var openedAt: TimeOfDay?
        var closedAt: TimeOfDay?
    }

    init(_ attendance: Attendance, order: AgendaOrder, hours: SessionHours) {
        self.order = order
        self.hours = hours
        wholeSession = [1...order.count]
        let count = (attendance.present?.count ?? 0) + (attendance.absent?.count ?? 0)
        persons.reserveCapacity(count)
        firstByName.reserveCapacity(count)
        for (line, member) in (attendance.present ?? []).enumerated() {
            let person = enter(member)
            persons[person].presentLines.append(line)
            notePresence(of: member, person: person, line: line)
        }
        for (line, member) in (attendance.absent ?? []).enumerated() {
            persons[enter(member)].absentLines.append(line)
        }
    }

    /// The persons of that name, in the order of the lists.
    func persons(named name: FoldedName) -> [PersonIndex] {
        homonyms[name] ?? firstByName[name].map { [$0] } ?? []
    }

    /// The person of that name, if one alone bears it.
    func onlyPerson(named name: FoldedName) -> PersonIndex? { homonyms[name] == nil ? firstByName[name] : nil }

    /// Enters a giver whom no list names: absent by that, and a member by L2121-20.
    mutating func enterGiver(_ giver: Deliberations.Person, locality: String?) -> PersonIndex {
        enter(Member(giver, locality: locality))
    }

    /// Whether a few names are a single word while the others have two or more: one may be half of another's name.
    var hasLoneWords: Bool {
        let lone = persons.count(where: { !$0.name.bytes.contains(LatinFolding.space) })
        return lone > 0 && lone * 4 < persons.count
    }

    /// Whether two persons' names are nearly the same: one may stand in the lists in two spellings.
    var hasTwinSpellings: Bool {
        persons.indices.contains { left in
            persons[(left + 1)...].contains { right in
                persons[left].name != right.name && NameMatcher.isNear(persons[left].name, right.name)
            }
        }
    }

    private mutating func enter(_ member: Member) -> PersonIndex {
        let name = FoldedName(member.name)
        let locality = member.locality.map { fold(locality: $0) }
        let next = persons.count
        let first = Self.value(&firstByName[name, default: next])
        if first < next {
            let gender = Gender(civility: member.civility)
            let same = persons(named: name).first {
                isPossible(locality, for: $0) && !areNamesakes(name, gender, persons[$0].gender)
            }
            if let same { return same }
            homonyms[name, default: [first]].append(next)
        }
        persons.append(
            Person(
                written: member.name, name: name, locality: locality, localityWritten: member.locality,
                gender: Gender(civility: member.civility), isSubstitute: member.substitute))
        return next
    }

    /// What an entry of a table holds, noted there by default if it was new: the key is looked up once.
    private static func value(_ entry: inout PersonIndex) -> PersonIndex { entry }

    /// Whether a member of `locality` may be `person`: one of the two is not known to live elsewhere.
    private func isPossible(_ locality: FoldedName?, for person: PersonIndex) -> Bool {
        guard let locality, let known = persons[person].locality else { return true }
        return locality == known
    }

    /// "Mme BOUVARD M." and "M. BOUVARD M.": where no first name tells, a woman and a man are two.
    private func areNamesakes(_ name: FoldedName, _ gender: Gender?, _ other: Gender?) -> Bool {
        guard let gender, let other, gender != other else { return false }
        let words = name.words
        return words.count == 1 || words.contains { $0.count == 1 }
    }

    private mutating func fold(locality written: String) -> FoldedName {
        if let last = lastLocality, last.written == written { return last.folded }
        let folded = FoldedName(written)
        lastLocality = (written, folded)
        return folded
    }

    private mutating func notePresence(of member: Member, person: PersonIndex, line: Int) {
        guard !member.presence.isEmpty else {
            if persons[person].presence.isEmpty {
                persons[person].presence = wholeSession
            } else {
                persons[person].presence += wholeSession
            }
            return
        }
        for range in member.presence {
            switch PositionSpan(range, order: order, hours: hours) {
            case .known(let positions):
                persons[person].presence.append(positions)
            case .impossible(let words):
                impossibleIntervals.append((line, words))
                persons[person].hasUnknownPresence = true
            case .unknown:
                unknownPresence.append(member.name)
                persons[person].hasUnknownPresence = true
            }
        }
    }
}

/// A range of items turned into positions.
enum PositionSpan {
    case known(ClosedRange<Int>)
    /// The range ends before it begins.
    case impossible(words: String)
    /// The range is told by the clock alone, or names an item that is not in the order.
    case unknown

    /// A missing lower bound is the first item, a missing upper bound the last.
    init(_ range: ItemRange?, order: AgendaOrder, hours: Roll.SessionHours) {
        guard let range else {
            self = .known(1...order.count)
            return
        }
        let first = range.from.map { order.position(of: $0) } ?? (Self.isFromOpening(range, hours) ? 1 : nil)
        let last =
            range.through.map { order.position(of: $0) } ?? (Self.isUntilClosing(range, hours) ? order.count : nil)
        guard let first, let last else {
            self = .unknown
            return
        }
        if first > last {
            self = .impossible(words: "\(range.from?.text ?? "1") à \(range.through?.text ?? "\(order.count)")")
        } else {
            self = .known(first...last)
        }
    }

    private static func isFromOpening(_ range: ItemRange, _ hours: Roll.SessionHours) -> Bool {
        guard let from = range.fromTime else { return true }
        return hours.openedAt.map { from <= $0 } ?? false
    }

    private static func isUntilClosing(_ range: ItemRange, _ hours: Roll.SessionHours) -> Bool {
        guard let until = range.untilTime else { return true }
        return hours.closedAt.map { until >= $0 } ?? false
    }
}
