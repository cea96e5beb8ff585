/// What a wording of a deliberation announces.
enum Anchor: UInt8, CaseIterable, Sendable {
    case registerExtract, minutesTitle, listTitle, otherActTitle, agendaTitle, assembly
    case sessionOn, yearOpening, gathered, convoked, published, opened, closed, presidency, presidentLabel, secretary
    case inOffice, quorum, orderOfPassage
    case present, absent, excused, proxies, represented, voters, movement
    case actNumber, itemNumber, matter, subject, rapporteur, reports, recital, deliberated, decides
    case votesFor, votesAgainst, abstentions, notParticipating, interestedCount, withdraws
    case unanimity, majority, adopted, rejected, noted, withdrawn, postponed, secretBallot, publicBallot, showOfHands
    case closing, court, sent, received, executory
    case commune, intercommunal, department, region, syndicate, socialCentre
    case budgetPlanned, budgetOperation, grant, formerYear, convention, annex
}

/// The wordings of deliberations, folded (see ``WordingMatcher``). To add one, add a line and a test.
enum ActWordings {
    /// The wordings of each announcement.
    static let all: [(Anchor, [String])] = document + session + counts + identity + decision + vote + closing + names

    /// Finds all of them in one pass.
    static let matcher = WordingMatcher(all.flatMap { kind, wordings in wordings.map { ($0, kind) } })
}
