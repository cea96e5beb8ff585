import Deliberations

/// Reads the deliberations, each from its own part of the text.
extension Assembly {
    /// Reads every deliberation of the document: of minutes those that show a decision, else the only one.
    mutating func readDeliberations() {
        for (index, cut) in cuts.enumerated() {
            let isLast = index + 1 == cuts.count
            let isCut = isLast && index > 0 && TextEnd.isCut(anchored.text, at: cut.range.upperBound)
            readDeliberation(cut, isCut: isCut)
        }
        if builder.extract.deliberations.isEmpty, cuts.isEmpty {
            let headOnly = builder
            append(single(), outline, vote: vote(in: outline), range: segments.act, isOnly: true)
            if isEmpty {
                builder = headOnly
                builder.extract.kind = .minutes
            }
        }
    }

    /// Minutes of which nothing but the head could be read hold no deliberation.
    private var isEmpty: Bool {
        guard let only = builder.extract.deliberations.first else { return true }
        return only.subject.isEmpty && only.vote == nil && only.number == nil
            && anchored.first(.registerExtract, in: segments.act) == nil
    }

    /// Reads the deliberation in `cut`, if it shows a decision or the text breaks off in it.
    private mutating func readDeliberation(_ cut: DeliberationRange, isCut: Bool) {
        if cut.isWholeExtract {
            let outline = Outline(anchored, act: cut.range)
            append(identity(in: outline), outline, vote: vote(in: outline), range: cut.range, isOnly: false)
            readRecord(outline, range: cut.range)
            return
        }
        let outline = Outline(anchored, deliberation: cut)
        let reader = vote(in: outline)
        let isDecided = reader.map { !isImplausible($0.vote) || $0.vote.unanimous } ?? false
        if let reader, isImplausible(reader.vote), !isDecided { warnOfVote(cut.range) }
        guard isDecided || isCut || cut.isRow else { return }
        if !isDecided, isCut {
            builder.warn("cut-off", "The text breaks off before this deliberation's decision.", cut.range)
        }
        append(ReadIdentity(cut, in: anchored), outline, vote: reader, range: cut.range, isOnly: false)
    }

    /// Reads what an act of a collection says again for itself: its record, its members, its closing.
    private mutating func readRecord(_ outline: Outline, range: Range<Int>) {
        let index = builder.extract.deliberations.count - 1
        let pointer = "/deliberations/\(index)"
        var deliberation = builder.extract.deliberations[index]
        let record = ActRecordReader(anchored, act: range, session: sessionDate)
        readClosing(into: &deliberation, pointer, outline, range: range, record: record)
        let lists = AttendanceReader(outline.lists, in: anchored.text)
        if lists.present != nil {
            var attendance = Attendance()
            attendance.present = lists.present?.map(\.value)
            attendance.absent = lists.absent?.map(\.value)
            attendance.proxies = lists.proxies?.map(\.value)
            deliberation.attendance = attendance
            cite((lists.present ?? []).map(\.range), pointer + "/attendance/present/")
            cite((lists.absent ?? []).map(\.range), pointer + "/attendance/absent/")
            cite((lists.proxies ?? []).map(\.range), pointer + "/attendance/proxies/")
        }
        builder.extract.deliberations[index] = deliberation
    }

    private var members: KnownMembers {
        KnownMembers(present: attendance.present ?? [], president: president, in: anchored.text)
    }

    private func single() -> ReadIdentity { identity(in: outline, from: 0) }

    private func identity(in outline: Outline, from start: Int? = nil) -> ReadIdentity {
        ReadIdentity(outline, from: start ?? outline.preamble.lowerBound, year: sessionDate.year, in: anchored)
    }

    /// Adds the deliberation that `identity` names, with what stands in `range`.
    private mutating func append(
        _ identity: ReadIdentity, _ outline: Outline, vote: VoteReader?, range: Range<Int>, isOnly: Bool
    ) {
        let pointer = "/deliberations/\(builder.extract.deliberations.count)"
        var deliberation = Deliberation(subject: identity.subject?.value ?? "")
        deliberation.number = identity.number?.value
        deliberation.item = identity.item?.value
        cite(identity.number?.range, pointer + "/number")
        cite(identity.item?.range, pointer + "/item")
        cite(identity.subject?.range, pointer + "/subject")
        let matter = MatterReader.code(in: anchored, range: range)
        deliberation.matterCode = matter?.value
        cite(matter?.range, pointer + "/matterCode")
        if identity.subject == nil {
            builder.warn("no-subject", "The subject of the act was not found.", isOnly ? nil : range)
        }
        let rapporteur = RapporteurReader.rapporteur(
            in: anchored, range: identity.range, after: identity.subject?.range.upperBound ?? outline.listsEnd,
            before: outline.decided, members: members)
        deliberation.rapporteur = rapporteur?.person
        cite(rapporteur?.range, pointer + "/rapporteur")
        readDecision(into: &deliberation, pointer, outline, range: range, subject: identity.subject?.range)
        if let vote { put(vote, into: &deliberation, pointer, outline) }
        if isOnly { readClosing(into: &deliberation, pointer, outline, range: range, record: record) }
        builder.extract.deliberations.append(deliberation)
        builder.deliberationRanges.append(range)
    }

    private mutating func readDecision(
        into deliberation: inout Deliberation, _ pointer: String, _ outline: Outline, range: Range<Int>,
        subject: Range<Int>?
    ) {
        let body = outline.body
        let recitals = DecisionReader.recitals(in: anchored, body: body)
        let decisions = DecisionReader.decisions(in: anchored, body: body)
        let opinions = FinanceReader.opinions(in: anchored, range: range)
        let grants = GrantReader(
            anchored, decisions: decisions, subject: subject, body: body,
            scope: cuts.isEmpty ? anchored.text.whole : range
        ).grants
        deliberation.recitals = recitals.isEmpty ? nil : recitals.map(\.value)
        deliberation.decisions = decisions.isEmpty ? nil : decisions.map(\.value)
        deliberation.opinions = opinions.isEmpty ? nil : opinions.map(\.value)
        deliberation.grants = grants.isEmpty ? nil : grants.map(\.value)
        cite(recitals.map(\.range), pointer + "/recitals/")
        cite(decisions.map(\.range), pointer + "/decisions/")
        cite(opinions.map(\.range), pointer + "/opinions/")
        cite(grants.map(\.range), pointer + "/grants/")
        if let budget = FinanceReader.budget(in: anchored, range: range) {
            deliberation.budget = budget.value
            builder.cite(pointer + "/budget", budget.range)
        }
    }

    private mutating func cite(_ ranges: [Range<Int>], _ pointer: String) {
        for (index, range) in ranges.enumerated() { builder.cite(pointer + String(index), range) }
    }

    private func vote(in outline: Outline) -> VoteReader? {
        VoteReader(anchored, region: outline.voteRegion, body: outline.body)
    }

    private mutating func put(
        _ reader: VoteReader, into deliberation: inout Deliberation, _ pointer: String, _ outline: Outline
    ) {
        if isImplausible(reader.vote) {
            warnOfVote(reader.range)
            return
        }
        deliberation.vote = reader.vote
        cite(reader.range, pointer + "/vote")
        let parts = PartialVotesReader.parts(anchored, region: outline.voteRegion)
        if !parts.isEmpty {
            deliberation.votes = parts.map(\.vote)
            cite(parts.map(\.range), pointer + "/votes/")
            if parts.last?.vote.kind != .whole { deliberation.vote?.summarize(parts.map(\.vote.vote)) }
        }
        let listed = deliberation.vote?.listedPersons ?? []
        for person in reader.persons where listed.contains(person.list) {
            builder.cite(pointer + "/vote/\(person.list)/\(person.index)", person.range)
        }
    }

    private mutating func warnOfVote(_ range: Range<Int>?) {
        builder.warn("implausible-vote", "More votes than the assembly can have; they were not read.", range)
    }

    /// Whether there are more votes than twice the members that the text names: they are another body's, or no votes.
    private func isImplausible(_ vote: Vote) -> Bool {
        guard let present = attendance.present?.count, present > 4 else { return false }
        let named = present + (attendance.absent?.count ?? 0) + (attendance.proxies?.count ?? 0)
        return (vote.for ?? 0) + (vote.against ?? 0) + (vote.abstentions ?? 0) > 2 * named + 4
    }

    private mutating func readClosing(
        into deliberation: inout Deliberation, _ pointer: String, _ outline: Outline, range: Range<Int>,
        record: ActRecordReader
    ) {
        if record.record != ActRecord() { deliberation.act = record.record }
        for fact in record.ranges { builder.cite(pointer + "/act/" + fact.member, fact.range) }
        if let appeal = ClosingReader.appeal(in: anchored, act: range) {
            deliberation.appeal = appeal.value
            builder.cite(pointer + "/appeal", appeal.range)
        }
        let signatories = ClosingReader.signatories(in: anchored, closing: outline.closing)
        if !signatories.isEmpty { deliberation.signatories = signatories.map(\.value) }
        cite(signatories.map(\.range), pointer + "/signatories/")
    }
}

/// What names a deliberation: its number, its item of the agenda, its subject.
struct ReadIdentity {
    /// The number of the act.
    let number: Cited<ActNumber>?
    /// The item of the agenda.
    let item: Cited<AgendaItem>?
    /// What it is about.
    let subject: Cited<String>?
    /// Where its rapporteur may be named.
    let range: Range<Int>

    /// What the heading of `deliberation` says.
    init(_ deliberation: DeliberationRange, in anchored: AnchoredText) {
        let text = anchored.text
        number = deliberation.number.map { Cited(value: ActNumber(text.words(of: $0)), range: $0) }
        item = deliberation.item.map { Cited(value: AgendaItem(text.words(of: $0)), range: $0) }
        subject = deliberation.title.map { Cited(value: text.words(of: $0), range: $0) }
        range = deliberation.range.lowerBound ..| min(deliberation.bodyStart + 600, deliberation.range.upperBound)
    }

    /// What the beginning of a whole act says, from `start` on, for a session in `year`.
    init(_ outline: Outline, from start: Int, year: Int, in anchored: AnchoredText) {
        range = start ..| outline.identityEnd
        number = IdentityReader.number(in: anchored, range: range, year: year)
        let item = IdentityReader.item(in: anchored, range: range)
        self.item = item.map { Cited(value: $0.value.item, range: $0.range) }
        subject = SubjectReader.subject(
            in: anchored, identity: range, after: outline.listsEnd, item: item?.range, number: number?.range)
    }
}

/// Tells a text that breaks off from one that ends.
enum TextEnd {
    /// Whether the text of `range` up to `position` breaks off: `position` is its end, within a sentence.
    static func isCut(_ text: NormalizedText, at position: Int) -> Bool {
        guard position >= text.count, let last = text.folded.last else { return false }
        return last.isWord || last == UInt8(ascii: ",") || last == UInt8(ascii: "-") || last == UInt8(ascii: "(")
    }
}
