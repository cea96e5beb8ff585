import Deliberations

extension ComparedFacts {
    /// What the register is to compare of a document under review.
    init(of review: Review, quoting quoted: (TextRange) -> Evidence?) {
        let extract = review.extract
        let citations = review.citations
        func evidence(_ pointer: String) -> Evidence? { citations.nearestRange(at: pointer).flatMap(quoted) }
        self.init(organ: extract.organ)
        proxies = extract.attendance.proxies.map { proxies in
            let list = "\(review.sitting.pointer)/proxies"
            return proxies.indices.map { index in
                ComparedProxy(
                    giver: proxies[index].giver.name, holder: proxies[index].holder.name,
                    evidence: citations.nearestRange(at: list, index).flatMap(quoted))
            }
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
