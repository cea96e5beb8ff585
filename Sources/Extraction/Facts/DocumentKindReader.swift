import Deliberations

/// Tells an extract from minutes and lists, and refuses what is no deliberation.
struct DocumentKindReader {
    /// Bytes at the beginning of a document in which its title stands.
    private static let titleLimit = 1_500

    private let anchored: AnchoredText
    private let isRegister: Bool
    private let isMinutes: Bool
    private let isListTitled: Bool
    /// How many headings of extracts there are.
    private let registers: Int

    /// Reads the title of a document.
    init(_ anchored: AnchoredText) {
        self.anchored = anchored
        let title = 0 ..| min(Self.titleLimit, anchored.text.count)
        let register = anchored.first(.registerExtract, in: anchored.text.whole).flatMap {
            anchored.mayBeHeading($0.lowerBound) ? $0 : nil
        }
        registers =
            anchored.all(.registerExtract).lazy.filter {
                anchored.beginsLine($0.lowerBound) || anchored.text.isAllCapitals($0)
            }.count
        let minutes = Self.minutes(anchored, title)
        isRegister = register != nil
        isMinutes =
            minutes.map { minutes in
                register.map {
                    minutes.lowerBound < $0.upperBound + 60 && anchored.text.isAllCapitals(minutes)
                        || minutes.lowerBound < $0.lowerBound
                } ?? true
            } ?? false
        isListTitled = anchored.all(.listTitle, in: title).contains { anchored.mayBeHeading($0.lowerBound) }
    }

    // MARK: Deliberations

    /// The deliberations of a document that holds several: minutes and lists, by their title or by their numbers.
    func cuts(date: CivilDate?, after start: Int) -> [DeliberationRange] {
        guard let date else { return [] }
        let text = anchored.text
        let isCollection = registers > 1
        let lower = isListTitled || isCollection ? 0 : start
        let cuts = DeliberationCutter.cut(anchored, in: lower ..| text.count, year: date.year)
        if isListTitled, cuts.isEmpty { return ListRows.rows(anchored, in: 0 ..| text.count) }
        if cuts.contains(where: \.isWholeExtract) { return cuts }
        if isMinutes || isListTitled || isHeaded(as: date) { return cuts }
        let numbered = cuts.filter { $0.number != nil }
        return numbered.count > 1 || hasAgenda && cuts.count > 1 ? cuts : []
    }

    /// Whether an agenda is printed before the deliberations.
    private var hasAgenda: Bool {
        anchored.all(.agendaTitle, in: 0 ..| min(8_000, anchored.text.count)).contains {
            anchored.mayBeHeading($0.lowerBound)
        }
    }

    /// "Procès-verbal du Conseil municipal du 9 février" on each page, with the day of this session; "Procès-verbal 2/15".
    private func isHeaded(as date: CivilDate) -> Bool {
        let text = anchored.text
        return anchored.all(.minutesTitle).prefix(40).contains { title in
            guard text.isCapital(at: title.lowerBound) else { return false }
            let next = text.skipSeparators(from: title.upperBound, limit: text.count)
            if let page = text.integer(at: next), text[page.range.upperBound] == UInt8(ascii: "/"),
                let pages = text.integer(at: page.range.upperBound + 1)
            {
                return pages.range.count < 4 && text[pages.range.upperBound] != UInt8(ascii: "/")
            }
            let day = DateReader.first(in: next ..| min(next + 70, text.count), of: text)
            return day?.date == date
        }
    }

    /// Whether these deliberations are rows of a list.
    func isList(_ cuts: [DeliberationRange]) -> Bool {
        if isListTitled { return true }
        let lengths = cuts.map(\.range.count).sorted()
        return !isMinutes && !isRegister && cuts.count > 1 && lengths[lengths.count / 2] < 260
    }

    // MARK: Refusal

    /// Refuses a document that shows no sign of a deliberation.
    func check(
        assembly: Int?, hasDate: Bool, hasMembers: Bool, deliberations: Int, members: Int
    ) throws(NotADeliberation) {
        let other = anchored.first(.otherActTitle, in: 0 ..| min(600, anchored.text.count))
        if let other, !isRegister, !hasMembers, deliberations == 0, anchored.mayBeHeading(other.lowerBound) {
            throw NotADeliberation(missing: .actOfTheAssembly)
        }
        guard let assembly else { throw NotADeliberation(missing: .assembly) }
        let isTitled = isMinutes || isListTitled
        let isDecided = !anchored.all(.deliberated).isEmpty || !anchored.all(.unanimity).isEmpty
        guard
            isRegister || (hasMembers && (isDecided || isTitled)) || (isTitled && isDecided) || isListTitled
                || deliberations > 1 || isSession(of: assembly, before: hasMembers ? members : 0)
                || isMinutes && isNamed
        else { throw NotADeliberation(missing: .deliberation) }
        guard hasDate else { throw NotADeliberation(missing: .sessionDate) }
    }

    /// Whether an assembly and its session are named before the members.
    private func isSession(of assembly: Int, before members: Int) -> Bool {
        let head = 0 ..| min(members, 2_500)
        let isHeld = [Anchor.sessionOn, .gathered, .yearOpening].contains { anchored.first($0, in: head) != nil }
        return isHeld && assembly < members
    }

    /// Whether the title says of which assembly they are the minutes.
    private var isNamed: Bool {
        guard let minutes = Self.minutes(anchored, 0 ..| min(Self.titleLimit, anchored.text.count)) else {
            return false
        }
        let agenda = anchored.first(.agendaTitle, in: 0 ..| minutes.lowerBound)
        guard agenda == nil, minutes.lowerBound < 400 else { return false }
        let title = max(0, minutes.lowerBound - 120) ..| min(minutes.upperBound + 120, anchored.text.count)
        return [Anchor.assembly, .sessionOn].contains { anchored.first($0, in: title) != nil }
    }

    // MARK: Kind

    /// What the document holds.
    func kind(cuts: [DeliberationRange], identifiers: Int) -> Extract.Kind {
        if isList(cuts) { return .list }
        if isMinutes { return .minutes }
        let isAct = isRegister || anchored.text.find("deliberation", in: 0 ..| min(2_500, anchored.text.count)) != nil
        return !cuts.isEmpty || identifiers > 1 || !isAct ? .minutes : .extract
    }

    /// "Procès-verbal", "Compte rendu" as a title: not "approbation du procès-verbal".
    private static func minutes(_ anchored: AnchoredText, _ title: Range<Int>) -> Range<Int>? {
        anchored.all(.minutesTitle, in: title).first { range in
            let before = max(0, range.lowerBound - 30) ..| range.lowerBound
            return anchored.mayBeHeading(range.lowerBound) && anchored.text.find("approbation", in: before) == nil
                && anchored.text.find("extrait", in: before) == nil
        }
    }
}
