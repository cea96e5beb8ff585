import Deliberations

/// Puts together what the readers find: one Extract of one document.
struct Assembly {
    let anchored: AnchoredText
    let segments: Segments
    let outline: Outline
    /// The deliberations of minutes; none for a single act.
    let cuts: [DeliberationRange]
    let attendance: AttendanceReader
    let president: PersonReader.Reading?
    private let date: Cited<DateReader.Reading>
    let sessionDate: CivilDate
    let record: ActRecordReader
    var builder: ExtractBuilder
    private var text: NormalizedText { anchored.text }

    /// Reads what tells whether the document is a deliberation at all, and where its deliberations stand.
    init(
        _ anchored: AnchoredText, document: DocumentReference, producedBy: Producer, warnings: [ReadingWarning]
    ) throws(NotADeliberation) {
        self.anchored = anchored
        let single = Segmenter.segments(of: anchored)
        outline = Outline(anchored, act: single.act)
        let preamble = outline.preamble
        let date = SessionReader.date(in: anchored, head: outline.head, preamble: preamble)
        let kind = DocumentKindReader(anchored)
        cuts = kind.cuts(date: date?.value.date, after: outline.lists.last?.body.lowerBound ?? 0)
        segments = cuts.isEmpty ? single : Segmenter.segments(of: anchored, signed: cuts.last?.range.upperBound)
        let assembly = AuthorityReader.assembly(in: anchored, preamble: preamble, isInferred: kind.isList(cuts))
        let firstCut = cuts.first.flatMap { $0.isWholeExtract ? nil : $0.range.lowerBound } ?? anchored.text.count
        let read = AttendanceReader(outline.lists.map { $0.ending(at: firstCut) }, in: anchored.text)
        try kind.check(
            assembly: assembly.map { $0.name?.range.lowerBound ?? 0 }, hasDate: date != nil,
            hasMembers: !(read.present ?? []).isEmpty,
            deliberations: cuts.count, members: outline.lists.first?.heading.lowerBound ?? 0)
        guard let assembly, let date, let sessionDate = date.value.date else {
            throw NotADeliberation(missing: .sessionDate)
        }
        self.date = date
        self.sessionDate = sessionDate
        attendance = read
        president = PresidencyReader.president(in: anchored, preamble: preamble)
        record = ActRecordReader(anchored, act: segments.act, session: sessionDate)
        let name = AuthorityReader.name(
            of: assembly.kind, in: anchored, preamble: preamble, president: president)
        let extract = Extract(
            producedBy: producedBy, document: document,
            kind: kind.kind(cuts: cuts, identifiers: record.identifiers.count),
            authority: Authority(
                name: name?.value ?? "", kind: assembly.kind, siren: record.siren, department: record.department),
            organ: assembly.organ, session: Session(date: sessionDate), attendance: Attendance(), deliberations: [])
        builder = ExtractBuilder(extract: extract, text: anchored.text)
        builder.extract.warnings = warnings
        if let words = assembly.name {
            builder.extract.assembly = words.value
            builder.cite("/assembly", words.range)
        }
        if let name {
            builder.cite("/authority/name", name.range)
        } else {
            builder.warn("no-authority-name", "The name of the authority was not found.", nil)
        }
    }

    // MARK: Session

    /// Reads when, where and under whom the session sat.
    mutating func readSession() {
        let preamble = outline.preamble
        builder.extract.session.weekday = date.value.weekday
        builder.cite("/session/date", date.range)
        set(\.openedAt, "/session/openedAt", SessionReader.openedAt(sessionDate, in: anchored, preamble: preamble))
        set(\.closedAt, "/session/closedAt", SessionReader.closedAt(in: anchored, within: segments.act))
        set(\.place, "/session/place", SessionReader.place(in: anchored, preamble: preamble))
        set(
            \.convokedOn, "/session/convokedOn", SessionReader.convokedOn(sessionDate, in: anchored, preamble: preamble)
        )
        set(\.orderOfPassage, "/session/orderOfPassage", SessionReader.orderOfPassage(in: anchored, preamble: preamble))
        set(\.president, "/session/president", president.map { Cited(value: $0.person, range: $0.range) })
        let opening = 0 ..| max(preamble.upperBound, cuts.first?.range.lowerBound ?? 0)
        let secretaries = PresidencyReader.secretaries(in: anchored, preamble: opening)
        set(\.secretary, "/session/secretary", secretaries.first.map { Cited(value: $0.person, range: $0.range) })
        if secretaries.count > 1 {
            builder.extract.session.secretaries = secretaries.map(\.person)
            for (index, one) in secretaries.enumerated() { builder.cite("/session/secretaries", index, one.range) }
        }
        builder.extract.session.publishedOn = record.record.publishedOn
        cite(record.ranges.first { $0.member == "publishedOn" }?.range, "/session/publishedOn")
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Session, Value?>, _ pointer: String, _ fact: Cited<Value>?)
    {
        guard let fact else { return }
        builder.extract.session[keyPath: path] = fact.value
        builder.cite(pointer, fact.range)
    }

    mutating func cite(_ range: Range<Int>?, _ pointer: String) {
        if let range { builder.cite(pointer, range) }
    }

    // MARK: Attendance

    /// Reads the counts and the lists of members.
    mutating func readAttendance() {
        let counts = CountsReader(anchored, preamble: outline.preamble).counts
        readCounts(counts)
        var lists = attendance
        lists.add(president: president, statedPresent: counts[.present]?.value)
        if !cuts.isEmpty { lists.apply(MovementsReader.movements(anchored, in: segments.act), in: anchored.text) }
        var filled = Attendance()
        filled.present = lists.present?.map(\.value)
        filled.absent = lists.absent?.map(\.value)
        filled.proxies = lists.proxies?.map(\.value)
        if !lists.giversWithoutHolder.isEmpty { filled.giversWithoutHolder = lists.giversWithoutHolder.map(\.value) }
        builder.extract.attendance = filled
        builder.cite("/attendance/present", lists.present ?? [])
        builder.cite("/attendance/absent", lists.absent ?? [])
        builder.cite("/attendance/proxies", lists.proxies ?? [])
        builder.cite("/attendance/giversWithoutHolder", lists.giversWithoutHolder)
        for range in lists.unread {
            builder.warn("unread-member", "Words in a list of members could not be read as a person.", range)
        }
    }

    private mutating func readCounts(_ counts: [CountsReader.Count: Cited<Int>]) {
        set(\.membersInOffice, "/session/membersInOffice", counts[.inOffice])
        let stated: [(CountsReader.Count, WritableKeyPath<StatedCounts, Int?>, String)] = [
            (.quorum, \.quorum, "quorum"), (.present, \.present, "present"),
            (.represented, \.represented, "represented"),
            (.absent, \.absent, "absent"), (.voters, \.voters, "voters"),
        ]
        for (count, path, name) in stated {
            guard let fact = counts[count] else { continue }
            builder.extract.session.stated[keyPath: path] = fact.value
            builder.cite("/session/stated/" + name, fact.range)
        }
    }

    // MARK: End

    /// Reads the annexes and gives the Extract.
    mutating func finished() -> Extract {
        if builder.extract.kind != .extract, builder.extract.deliberations.count < 2 {
            builder.warn("several-deliberations", "Only one deliberation of this document was read.", nil)
        }
        AnnexFacts.read(segments, into: &builder)
        return builder.extract
    }
}
