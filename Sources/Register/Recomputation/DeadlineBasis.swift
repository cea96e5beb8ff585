import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec

/// On what a register's deadlines are computed, beside its documents.
public struct DeadlineBasis: Sendable {
    /// The same for everything that makes the same deadlines: what a Report's `basis` is compared with.
    public let fingerprint: String
    let facts: @Sendable (Authority) -> AuthorityFacts

    /// - Parameters:
    ///   - fingerprint: the same for everything that makes the same deadlines, a digest for instance.
    ///   - facts: what is known of an authority.
    public init(fingerprint: String, facts: @escaping @Sendable (Authority) -> AuthorityFacts) {
        self.fingerprint = fingerprint
        self.facts = facts
    }
}

extension Registration {
    /// The same with the deadlines that it has on a basis, as of `today`: validation may have seen it before rules, calendar or
    /// authorities changed, or with another configuration.
    ///
    /// - Throws: `RegisterError.unreadableExtract`.
    func computed(on basis: DeadlineBasis, today: CivilDate) throws(RegisterError) -> Registration {
        guard report.basis != basis.fingerprint else { return self }
        let extract: Extract
        do throws(JSONError) {
            extract = try Extract(json: extractBytes)
        } catch {
            throw .unreadableExtract(document: document, reason: "\(error)")
        }
        var report = report
        report.deadlines = DeadlineComputer(facts: basis.facts(extract.authority), today: today)
            .deadlines(of: extract, recalling: report)
        report.basis = basis.fingerprint
        return try Registration(
            document: document, generation: generation, description: description, report: report.jsonBytes(),
            extract: extractBytes)
    }
}
