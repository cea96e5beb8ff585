import Deliberations

/// Reads who comes late and who leaves early where the minutes tell it: "M. X arrive à 20 h 36", "Départ de Mme Y à 21 h".
///
/// Only movements with an hour or an item are read. Leaving the room for one vote is no movement.
struct MovementsReader {
    /// Who moves, and the part of the session that the member is there.
    struct Movement {
        let name: Range<Int>
        let presence: ItemRange
    }

    private let anchored: AnchoredText
    private var text: NormalizedText { anchored.text }

    /// The movements in `range`.
    static func movements(_ anchored: AnchoredText, in range: Range<Int>) -> [Movement] {
        let reader = Self(anchored: anchored)
        return anchored.all(.movement, in: range).compactMap { reader.movement($0) }
    }

    private func movement(_ wording: Range<Int>) -> Movement? {
        let end = min(
            anchored.sentenceEnd(from: wording.upperBound, limit: 160), text.lineEnd(from: wording.upperBound))
        guard let point = point(wording, end) else { return nil }
        let isNoun = text.matchAny(["arrivee", "arrivees", "depart", "departs"], at: wording.lowerBound) != nil
        guard let person = isNoun ? personAfter(wording, end) : personBefore(wording) else { return nil }
        return Movement(name: person.name, presence: point)
    }

    /// From when, or until when.
    private func point(_ wording: Range<Int>, _ end: Int) -> ItemRange? {
        let leaves = Self.leaving.contains { text.match($0, at: wording.lowerBound) != nil }
        var presence = PresenceReader.read(wording.upperBound ..| end, in: text) ?? ItemRange()
        if let time = TimeReader.first(in: wording.upperBound ..| min(end, wording.upperBound + 60), of: text)?.time {
            if leaves { presence.untilTime = time } else { presence.fromTime = time }
        }
        if leaves { (presence.from, presence.fromTime) = (nil, nil) } else { presence.untilTime = nil }
        return presence == ItemRange() ? nil : presence
    }

    private static let leaving: [StaticString] = ["depart", "quitte", "sort", "part "]

    private func personAfter(_ wording: Range<Int>, _ end: Int) -> PersonReader.Reading? {
        let next = text.skipSeparators(from: wording.upperBound, limit: end)
        return PersonReader.read(at: next, in: text, limit: end)
    }

    /// The person right before the verb.
    private func personBefore(_ wording: Range<Int>) -> PersonReader.Reading? {
        var position = max(anchored.sentenceStart(before: wording.lowerBound, limit: 90), wording.lowerBound - 90)
        while position < wording.lowerBound {
            if text.isWordStart(position),
                let person = PersonReader.read(at: position, in: text, limit: wording.lowerBound),
                text.trimmedOfPunctuation(person.range.upperBound ..| wording.lowerBound).isEmpty
            {
                return person
            }
            position += 1
        }
        return nil
    }
}

extension AttendanceReader {
    /// Gives present members the presence that `movements` tell, if one member bears the name and has none yet.
    mutating func apply(_ movements: [MovementsReader.Movement], in text: NormalizedText) {
        for movement in movements {
            guard let present, let index = only(movement.name, in: present, text), present[index].value.presence.isEmpty
            else { continue }
            var member = present[index].value
            member.presence = [movement.presence]
            self.present?[index] = Cited(value: member, range: present[index].range)
        }
    }

    /// The only member whose name has a word of `name`.
    private func only(_ name: Range<Int>, in members: [Cited<Member>], _ text: NormalizedText) -> Int? {
        let found = members.indices.filter { KnownMembers.sharesName(name, members[$0].range, in: text) }
        return found.count == 1 ? found[0] : nil
    }
}
