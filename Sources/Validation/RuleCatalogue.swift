import Deliberations

/// Every rule that is built, in the order of the reference. A new rule is one type in a file of its subject, one line
/// here, and its tests.
public enum RuleCatalogue {
    /// What each rule is.
    public static let all: [RuleDescription] = rules.map(\.description)

    /// The rule with `id`.
    public static func rule(_ id: String) -> RuleDescription? { all.first { $0.id == id } }

    /// A rule by what it is about.
    enum Entry {
        case document(any DocumentRule)
        case act(any ActRule)

        var description: RuleDescription {
            switch self {
            case .document(let rule): rule.description
            case .act(let rule): rule.description
            }
        }
    }

    static let rules: [Entry] =
        identity + dates + convocation + attendance + quorum + votes + publicity + grants
        + tables + conventions

    /// The rules by subject, each with its title in French.
    public static let chapters: [(title: String, rules: [RuleDescription])] = [
        ("Identité et forme", identity), ("Dates", dates), ("Convocation", convocation),
        ("Présence et pouvoirs", attendance), ("Quorum", quorum), ("Intérêt et vote", votes),
        ("Publicité et transmission", publicity), ("Subventions", grants), ("Tableaux et montants", tables),
        ("Conventions", conventions),
    ].map { ($0.0, $0.1.map(\.description)) }

    private static let identity: [Entry] = [
        .document(AuthorityIdentified()), .document(UnreadParts()), .document(SirenCheckDigit()),
        .act(SiretCheckDigits()),
        .act(TransmissionIdentifierForm()),
        .act(TransmissionIdentifierSiren()), .act(TransmissionIdentifierDepartment()),
        .act(TransmissionIdentifierDate()), .act(TransmissionIdentifierNature()), .act(MatterCode()),
        .act(NumberYear()), .act(NumberUnique()), .act(ReportInAgenda()), .document(AgendaComplete()),
        .act(TitleConsistent()), .document(MandatoryMentions()),
        .act(SignatureAuthors()), .act(SecretaryPresent()), .act(PresidentPresent()),
    ]

    private static let dates: [Entry] = [
        .document(WeekdayOfDate()), .document(PlausibleDates()), .act(OpinionBeforeSession()),
        .document(SessionHours()),
    ]

    private static let convocation: [Entry] = [
        .document(ConvocationNotice()), .document(UrgentConvocation()), .document(ConvocationBeforeSession()),
        .document(SecondConvocation()), .act(BudgetNotice()), .document(ExplanatoryNote()),
    ]

    private static let attendance: [Entry] = [
        .document(MembersInOffice()), .act(StatedCountsAgree()), .document(ListedTwice()),
        .document(PresentAndAbsent()),
        .document(PresenceIntervals()), .document(NameMismatch()), .document(NameUnknown()),
        .document(CivilityMissing()), .document(CommuneUnknown()), .document(SubstituteAllowed()),
        .document(ProxyGiverAbsent()),
        .document(ProxyHolderPresent()), .document(ProxyLimit()), .document(ProxyOneHolder()), .document(ProxyChain()),
        .document(ProxyToSelf()), .document(ProxyThreeSessions()), .act(ProxyGap()),
    ]

    private static let quorum: [Entry] = [
        .act(QuorumAtQuestion()), .document(QuorumAtOpening()), .act(QuorumOfStandingCommission()),
        .act(QuorumOfSocialCentre()), .act(QuorumMargin()),
    ]

    private static let votes: [Entry] = [
        .act(InterestedCount()), .act(InterestedNotVoting()), .act(InterestedProxy()), .act(InterestedRapporteur()),
        .act(VoteBalance()), .act(VoteExceeds()), .act(VoteMajority()), .act(VoteCasting()), .act(VoteUnanimity()),
        .act(VoteMajorityWording()), .act(NotParticipatingNote()), .act(SecretBallot()), .act(PublicBallot()),
        .act(Nomination()), .act(QualifiedMajority()), .act(VoteWordingAgainstResult()), .act(AccountsPresidentOut()),
    ]

    private static let publicity: [Entry] = [
        .act(PublicationPresent()), .act(PublicationAfterSession()), .act(PublicationLate()), .act(PublicationMode()),
        .act(PublicationTwoMonths()), .document(ListOneWeek()), .document(MinutesOneWeek()),
        .act(TransmissionRequired()),
        .act(TransmissionWithin15Days()), .act(ExecutoryDate()), .act(AppealMention()),
        .act(AppealCourt()), .act(AppealPeriod()),
    ]

    private static let grants: [Entry] = [
        .act(GrantBudgetLine()), .act(GrantEqualsOperation()), .act(GrantAmountConsistent()), .act(GrantHistoryClaim()),
        .act(GrantSeparate()), .act(GrantConventionRequired()), .act(GrantConventionClauses()), .act(FinancialReport()),
        .act(GrantAccounts()), .act(GrantNoRedistribution()), .act(GrantAuditor()),
        .act(GrantAccountsJoined()), .act(RepublicanCommitment()), .act(GrantEssentialData()),
        .act(BeneficiaryIdentified()), .act(GrantPaymentSum()), .act(GrantPayment60Days()), .act(GrantCofunding()),
        .act(GrantRate()),
        .act(PaymentAgainstControl()), .act(GrantRetroactive()),
    ]

    private static let tables: [Entry] = [
        .document(TableSubtotal()), .document(TableTotal()), .document(TableBalance()), .act(TableAndBody()),
        .document(UnitPrices()), .document(LabelVariants()), .document(TablePercent()), .document(AmountFormat()),
        .document(AmountInThousands()), .document(AmountInWords()),
        .document(AmountTax()),
    ]

    private static let conventions: [Entry] = [
        .document(SignatureAfterAct()), .document(ConventionEffective()), .document(ConventionEnd()),
        .document(DueAfterPeriod()), .document(DueAgainstLaw()), .document(ConventionBlanks()),
        .document(CrossReferences()), .document(LawCited()), .document(ConventionCourt()),
        .document(RetentionStart()), .document(ConventionParties()), .document(ConventionCopies()),
    ]
}
