import Deliberations

/// Puts together what the readers find: one Extract of one document.
struct Assembly {
    private let anchored: AnchoredText
    private let segments: Segments
    private let outline: Outline
    private let attendance: AttendanceReader
    private let president: PersonReader.Reading?
    private let date: Cited<DateReader.Reading>
    private let sessionDate: CivilDate
    private let record: ActRecordReader
    private var builder: ExtractBuilder
    private var text: NormalizedText { anchored.text }

    /// Reads what tells whether the document is a deliberation at all.
    init(
        _ anchored: AnchoredText, document: DocumentReference, producedBy: Producer, warnings: [ReadingWarning]
    ) throws(NotADeliberation) {
        self.anchored = anchored
        segments = Segmenter.segments(of: anchored)
        outline = Outline(anchored, act: segments.act)
        let preamble = outline.preamble
        let date = SessionReader.date(in: anchored, head: outline.head, preamble: preamble)
        let assembly = AuthorityReader.assembly(in: anchored, preamble: preamble)
        let read = AttendanceReader(outline.lists, in: anchored.text)
        try DocumentKindReader.check(
            anchored, hasAssembly: assembly != nil, hasDate: date != nil, hasMembers: !(read.present ?? []).isEmpty)
        guard let assembly, let date, let sessionDate = date.value.date else {
            throw NotADeliberation(missing: .sessionDate)
        }
        self.date = date
        self.sessionDate = sessionDate
        attendance = read
        president = PresidencyReader.president(in: anchored, preamble: preamble)
        record = ActRecordReader(anchored, act: segments.act, session: sessionDate)
        let name = AuthorityReader.name(of: assembly.kind, in: anchored, president: president)
        let extract = Extract(
            producedBy: producedBy, document: document,
            kind: DocumentKindReader.kind(of: anchored, identifiers: record.identifiers.count),
            authority: Authority(
                name: name?.value ?? "", kind: assembly.kind, siren: record.siren, department: record.department),
            organ: assembly.organ, session: Session(date: sessionDate), attendance: Attendance(), deliberations: [])
        builder = ExtractBuilder(extract: extract, text: anchored.text)
        builder.extract.warnings = warnings
        builder.extract.assembly = assembly.name.value
        builder.cite("/assembly", assembly.name.range)
        if let name { builder.cite("/authority/name", name.range) }
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
        let secretaries = PresidencyReader.secretaries(in: anchored, preamble: preamble)
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

    private mutating func cite(_ range: Range<Int>?, _ pointer: String) {
        if let range { builder.cite(pointer, range) }
    }

    // MARK: Attendance

    /// Reads the counts and the lists of members.
    mutating func readAttendance() {
        let counts = CountsReader(anchored, preamble: outline.preamble).counts
        readCounts(counts)
        var lists = attendance
        lists.add(president: president, statedPresent: counts[.present]?.value)
        var filled = Attendance()
        filled.present = lists.present?.map(\.value)
        filled.absent = lists.absent?.map(\.value)
        filled.proxies = lists.proxies?.map(\.value)
        if !lists.giversWithoutHolder.isEmpty { filled.giversWithoutHolder = lists.giversWithoutHolder.map(\.value) }
        builder.extract.attendance = filled
        for (index, fact) in (lists.present ?? []).enumerated() {
            builder.cite("/attendance/present", index, fact.range)
        }
        for (index, fact) in (lists.absent ?? []).enumerated() { builder.cite("/attendance/absent", index, fact.range) }
        for (index, fact) in (lists.proxies ?? []).enumerated() {
            builder.cite("/attendance/proxies", index, fact.range)
        }
        for (index, fact) in lists.giversWithoutHolder.enumerated() {
            builder.cite("/attendance/giversWithoutHolder", index, fact.range)
        }
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

    // MARK: Deliberation

    /// Reads the act: identity, reasons, decisions, vote, money, record, closing.
    mutating func readDeliberation() {
        let number = IdentityReader.number(in: anchored, before: outline.identityEnd, year: sessionDate.year)
        let item = IdentityReader.item(in: anchored, before: outline.identityEnd)
        let subject = SubjectReader.subject(
            in: anchored, after: outline.listsEnd, before: outline.identityEnd, item: item?.range, number: number?.range
        )
        var deliberation = Deliberation(subject: subject?.value ?? "")
        deliberation.number = number?.value
        deliberation.item = item?.value.item
        cite(number?.range, "/deliberations/0/number")
        cite(item?.range, "/deliberations/0/item")
        cite(subject?.range, "/deliberations/0/subject")
        if subject == nil { builder.warn("no-subject", "The subject of the act was not found.", nil) }
        let rapporteur = RapporteurReader.rapporteur(
            in: anchored, after: subject?.range.upperBound ?? outline.listsEnd, before: outline.identityEnd)
        deliberation.rapporteur = rapporteur?.person
        cite(rapporteur?.range, "/deliberations/0/rapporteur")
        readDecision(into: &deliberation, subject: subject?.range)
        readVote(into: &deliberation)
        readClosing(into: &deliberation)
        builder.extract.deliberations = [deliberation]
    }

    private mutating func readDecision(into deliberation: inout Deliberation, subject: Range<Int>?) {
        let body = outline.body
        let recitals = DecisionReader.recitals(in: anchored, body: body)
        let decisions = DecisionReader.decisions(in: anchored, body: body)
        let opinions = FinanceReader.opinions(in: anchored, range: segments.act)
        let grants = GrantReader(anchored, decisions: decisions, subject: subject, body: body).grants
        deliberation.recitals = recitals.isEmpty ? nil : recitals.map(\.value)
        deliberation.decisions = decisions.isEmpty ? nil : decisions.map(\.value)
        deliberation.opinions = opinions.isEmpty ? nil : opinions.map(\.value)
        deliberation.grants = grants.isEmpty ? nil : grants.map(\.value)
        for (index, fact) in recitals.enumerated() { builder.cite("/deliberations/0/recitals", index, fact.range) }
        for (index, fact) in decisions.enumerated() { builder.cite("/deliberations/0/decisions", index, fact.range) }
        for (index, fact) in opinions.enumerated() { builder.cite("/deliberations/0/opinions", index, fact.range) }
        for (index, fact) in grants.enumerated() { builder.cite("/deliberations/0/grants", index, fact.range) }
        if let budget = FinanceReader.budget(in: anchored, range: segments.act) {
            deliberation.budget = budget.value
            builder.cite("/deliberations/0/budget", budget.range)
        }
    }

    private mutating func readVote(into deliberation: inout Deliberation) {
        guard let reader = VoteReader(anchored, region: outline.voteRegion, body: outline.body) else { return }
        deliberation.vote = reader.vote
        cite(reader.range, "/deliberations/0/vote")
        for person in reader.persons {
            builder.cite("/deliberations/0/vote/\(person.list)/\(person.index)", person.range)
        }
    }

    private mutating func readClosing(into deliberation: inout Deliberation) {
        if record.record != ActRecord() { deliberation.act = record.record }
        for fact in record.ranges { builder.cite("/deliberations/0/act/" + fact.member, fact.range) }
        if let appeal = ClosingReader.appeal(in: anchored, act: segments.act) {
            deliberation.appeal = appeal.value
            builder.cite("/deliberations/0/appeal", appeal.range)
        }
        let signatories = ClosingReader.signatories(in: anchored, closing: outline.closing)
        if !signatories.isEmpty { deliberation.signatories = signatories.map(\.value) }
        for (index, fact) in signatories.enumerated() {
            builder.cite("/deliberations/0/signatories", index, fact.range)
        }
    }

    // MARK: End

    /// Reads the annexes and gives the Extract.
    mutating func finished() -> Extract {
        if builder.extract.kind != .extract {
            builder.warn("several-deliberations", "Only the first deliberation of this document was read.", nil)
        }
        AnnexFacts.read(segments, into: &builder)
        return builder.extract
    }
}
