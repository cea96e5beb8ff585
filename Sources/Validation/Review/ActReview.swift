import Deliberations

/// One deliberation under review.
final class ActReview {
    /// Its index in the Extract.
    let index: Int
    let deliberation: Deliberation
    /// What it is about, folded.
    let subject: FoldedName
    /// The attendance that holds for it: its own where the text restates it, else the session's.
    let sitting: Sitting
    /// Whether its lists are confirmed by printed counts.
    let trust: ListTrust
    /// Its position in the order of passage; 1 where nobody comes or goes; nil while it matters and is unknown.
    let position: Int?
    /// Who counts when it is voted; nil if no list of present members was read.
    let attendance: AttendanceAtItem?
    /// The counts that the text prints for it, or for the session.
    let stated: StatedCounts
    let membersInOffice: Int?
    /// Whether it votes the authority's accounts, for which its head leaves (L2121-14).
    let isAccounts: Bool

    init(_ index: Int, of extract: Extract, order: AgendaOrder, _ sessionSitting: Sitting, _ sessionTrust: ListTrust) {
        let deliberation = extract.deliberations[index]
        self.index = index
        self.deliberation = deliberation
        let session = extract.session
        stated = deliberation.stated ?? session.stated
        membersInOffice = session.membersInOffice
        subject = FoldedName(deliberation.subject)
        isAccounts = LatinFolding.contains(
            subject.bytes,
            anyOf: [
                "COMPTE ADMINISTRATIF", "COMPTES ADMINISTRATIFS", "COMPTE FINANCIER UNIQUE",
                "COMPTES FINANCIERS UNIQUES",
            ])
        if let restated = deliberation.attendance {
            let merged = Attendance(
                present: restated.present ?? extract.attendance.present,
                absent: restated.absent ?? (restated.present == nil ? extract.attendance.absent : nil),
                proxies: restated.proxies ?? extract.attendance.proxies,
                giversWithoutHolder: restated.giversWithoutHolder ?? extract.attendance.giversWithoutHolder)
            sitting = Sitting(
                merged, at: "/deliberations/\(index)/attendance", order: order,
                hours: .init(openedAt: session.openedAt, closedAt: session.closedAt))
            trust = ListTrust(
                sitting, stated: deliberation.stated, membersInOffice: session.membersInOffice,
                hasReadingWarnings: Review.hasReadingWarnings(extract))
        } else {
            sitting = sessionSitting
            trust = sessionTrust
        }
        position = Self.position(of: deliberation, order: order, sitting)
        attendance = Self.attendance(
            sitting, position: position, deliberation: deliberation, stated: stated)
    }

    /// The JSON Pointer of one of its facts: "vote/for".
    func pointer(_ path: String) -> String { "/deliberations/\(index)/\(path)" }

    var vote: Vote? { deliberation.vote }

    private static func position(of deliberation: Deliberation, order: AgendaOrder, _ sitting: Sitting) -> Int? {
        if let item = deliberation.item, let position = order.position(of: item) { return position }
        return sitting.changesDuringSession ? nil : 1
    }

    private static func attendance(
        _ sitting: Sitting, position: Int?, deliberation: Deliberation, stated: StatedCounts
    ) -> AttendanceAtItem? {
        guard let present = sitting.attendance.present, !present.isEmpty else { return nil }
        let saysNone = stated.represented == 0 || (stated.voters != nil && stated.voters == stated.present)
        let nobodyIsAbsent = sitting.attendance.absent?.isEmpty == true
        let proxiesAreKnown = sitting.attendance.proxies != nil || saysNone || nobodyIsAbsent
        return AttendanceAtItem(
            sitting, position: position, vote: deliberation.vote, proxiesAreKnown: proxiesAreKnown)
    }
}
