import Deliberations

/// Whether the lists of members are known to have been read wholly. A finding that accuses somebody rests only on lists
/// that something else confirms; where nothing does, it is lowered or left undecided.
enum ListTrust {
    /// Something confirms the lists: it is said in French.
    case confirmed(String)
    /// Nothing does.
    case unconfirmed

    var isConfirmed: Bool {
        if case .confirmed = self { return true }
        return false
    }

    /// Compares the lists with the printed counts and the number of members in office.
    init(_ sitting: Sitting, stated: StatedCounts?, membersInOffice: Int?, hasReadingWarnings: Bool) {
        let present = sitting.roll.persons.count(where: { !$0.presentLines.isEmpty })
        let total = Self.listed(sitting)
        if let membersInOffice, total == membersInOffice, present > 0 {
            self = .confirmed("\(total) membres dans les listes, \(membersInOffice) en exercice")
        } else if let count = stated?.present, count == present, !hasReadingWarnings {
            self = .confirmed("\(present) présents dans la liste et dans le décompte imprimé")
        } else {
            self = .unconfirmed
        }
    }

    /// How many members the lists name: the present, the absent and givers of proxies; a full member whose substitute
    /// sits counts once.
    static func listed(_ sitting: Sitting) -> Int {
        let persons = sitting.roll.persons
        let replaced = persons.filter { substitute in
            guard substitute.isSubstitute, !substitute.presentLines.isEmpty, let place = substitute.locality else {
                return false
            }
            let neighbours = persons.filter { $0.locality == place && !$0.isSubstitute }
            return neighbours.count == 1 && neighbours[0].presentLines.isEmpty
        }
        return persons.count - replaced.count
    }
}
