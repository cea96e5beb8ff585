import Deliberations

/// What the register knows of one authority, for the rules that compare several documents.
///
/// Without it these rules are indeterminate; an empty one says that the register knows nothing yet.
public struct RegisterFacts: Hashable, Sendable {
    /// An act that is registered.
    public struct RegisteredAct: Hashable, Sendable {
        /// Its number as printed.
        public var number: ActNumber
        /// What it is about.
        public var subject: String
        /// The day of its session.
        public var sessionDate: CivilDate

        /// An act.
        public init(number: ActNumber, subject: String, sessionDate: CivilDate) {
            self.number = number
            self.subject = subject
            self.sessionDate = sessionDate
        }
    }

    /// A session whose proxies are known.
    public struct KnownSession: Hashable, Sendable {
        /// Its day.
        public let date: CivilDate
        /// Its proxies.
        public let proxies: [Proxy]
        /// The same as they are looked for: a run of sessions asks each of them for each proxy.
        let pairs: Set<ProxyPair>

        /// A session.
        public init(date: CivilDate, proxies: [Proxy] = []) {
            self.date = date
            self.proxies = proxies
            pairs = Set(proxies.map { ProxyPair(giver: $0.giver.name, holder: $0.holder.name) })
        }
    }

    /// Who gave a proxy to whom, however the names are written.
    struct ProxyPair: Hashable, Sendable {
        private let giver: FoldedName
        private let holder: FoldedName

        init(giver: String, holder: String) {
            self.giver = FoldedName(giver)
            self.holder = FoldedName(holder)
        }
    }

    /// A grant that another act of the authority awarded.
    public struct AwardedGrant: Hashable, Sendable {
        /// To whom, as written.
        public var beneficiary: String
        /// The calendar year of the award.
        public var year: Int
        /// How much.
        public var amount: Money

        /// A grant.
        public init(beneficiary: String, year: Int, amount: Money) {
            self.beneficiary = beneficiary
            self.year = year
            self.amount = amount
        }
    }

    /// The acts of the authority, those of the document under review left out.
    public var acts: [RegisteredAct]
    /// The sessions of its assembly, in any order.
    public var sessions: [KnownSession]
    /// The grants of its other acts.
    public var grants: [AwardedGrant]

    /// Facts of the register.
    public init(acts: [RegisteredAct] = [], sessions: [KnownSession] = [], grants: [AwardedGrant] = []) {
        self.acts = acts
        self.sessions = sessions
        self.grants = grants
    }
}
