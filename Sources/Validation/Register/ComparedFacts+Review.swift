import Deliberations

extension ComparedFacts {
    /// What the register is to compare of a document under review.
    init(of review: Review, quoting evidence: (String) -> Evidence?) {
        let extract = review.extract
        self.init(organ: extract.organ)
        proxies = extract.attendance.proxies?.enumerated().map { index, proxy in
            ComparedProxy(
                giver: proxy.giver.name, holder: proxy.holder.name,
                evidence: evidence(review.sitting.pointer("proxies", index)))
        }
        for act in review.acts {
            if act.deliberation.number != nil, let words = evidence(act.pointer("number")) {
                numbers.append(ComparedNumber(deliberation: act.index, evidence: words))
            }
            guard let awarded = GrantReview(act, in: review) else { continue }
            for (index, grant) in awarded.grants.enumerated()
            where PublicBodies.nature(of: grant.beneficiary) != .publicBody {
                grants.append(
                    ComparedGrant(
                        deliberation: act.index, beneficiary: grant.beneficiary, cents: grant.amount.cents,
                        hasConvention: grant.conventionMentioned || !awarded.conventions.isEmpty,
                        evidence: evidence("\(awarded.pointer(index))/amount")))
            }
        }
    }
}
