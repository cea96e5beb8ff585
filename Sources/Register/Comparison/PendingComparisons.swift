/// What the documents of a transaction touched, to be compared once when all of them stand: the extracts of one session
/// arrive together, and award the same bodies.
struct PendingComparisons {
    private(set) var sessions: [OrganSession: FindingCause] = [:]
    private(set) var beneficiaries: [BeneficiaryYear: FindingCause] = [:]

    /// Notes what one document touched.
    mutating func add(
        sessions: Set<OrganSession>, beneficiaries: Set<BeneficiaryYear>, cause: FindingCause
    ) {
        for session in sessions {
            self.sessions[session] = self.sessions[session]?.weightier(of: cause) ?? cause
        }
        for beneficiary in beneficiaries {
            self.beneficiaries[beneficiary] = self.beneficiaries[beneficiary]?.weightier(of: cause) ?? cause
        }
    }
}

extension FindingCause {
    /// The one of two documents by which staff are told: whose mail is to be made, else one of today; the later of equals.
    fileprivate func weightier(of later: FindingCause) -> FindingCause {
        if isAnnounced != later.isAnnounced { return isAnnounced ? self : later }
        return later.isArchive && !isArchive ? self : later
    }
}
