import Deliberations
import Register

/// A grant as a row of the SCDL schema "subventions" 2.1.1 (decree 2017-779, annexed to the convention's publication).
public struct GrantRow {
    let act: RegisteredAct
    let grant: Grant
    let convention: Convention?
    let publisher: PublisherIdentity

    /// The rows of an act, one a grant.
    static func rows(of act: RegisteredAct, _ publisher: PublisherIdentity) -> [SCDLRow] {
        guard let statement = act.statement, let grants = statement.deliberation.grants else { return [] }
        let conventions = statement.conventions
        return grants.map { grant in
            // One convention for one grant is that grant's; which of several is whose, nothing says.
            let convention = grants.count == 1 && conventions.count == 1 ? conventions[0] : nil
            return GrantRow(act: act, grant: grant, convention: convention, publisher: publisher).row
        }
    }

    /// The row; its missing cells are what no document says.
    public var row: SCDLRow {
        SCDLRow(cells: [
            .required("nomAttribuant", act.authority.name),
            .required("idAttribuant", publisher.siret),
            .required("dateConvention", convention?.signedOn?.description),
            .optional("referenceDecision", act.facts.number?.text),
            .required("nomBeneficiaire", grant.beneficiary),
            beneficiaryNumber,
            .optional("rnaBeneficiaire", grant.rna),
            .required("objet", (grant.purpose ?? act.facts.subject).shortened(to: 256)),
            .required("montant", Self.amount(grant.amount)),
            .required("nature", "aide en numéraire"),
            .required("conditionsVersement", conditions),
            .required("datesPeriodeVersement", paymentDay?.description),
            .optional("idRAE", nil as String?),
            .required("notificationUE", publisher.notifiesUnion.map { $0 ? "oui" : "non" }),
            .required("pourcentageSubvention", convention.map { _ in "1" }),
            .optional("dispositifAide", nil as String?),
        ])
    }

    /// One of SIRET and RNA is required.
    private var beneficiaryNumber: SCDLRow.Cell {
        let siret = grant.siret.flatMap { Luhn.isSIRET($0) ? $0 : nil }
        return grant.rna == nil ? .required("idBeneficiaire", siret) : .optional("idBeneficiaire", siret)
    }

    private var conditions: String? {
        guard let convention, !convention.payments.isEmpty else { return nil }
        return convention.payments.count == 1 ? "unique" : "échelonné"
    }

    /// A single payment at the signature is made on its day; when others are made, nothing says.
    private var paymentDay: CivilDate? {
        guard let convention, convention.payments.count == 1,
            convention.payments[0].when.lowercased().contains("à la signature")
        else { return nil }
        return convention.signedOn
    }

    /// Euros with a point: 65000, 1250.50.
    private static func amount(_ money: Money) -> String {
        let (euros, cents) = abs(money.cents).quotientAndRemainder(dividingBy: 100)
        let sign = money.cents < 0 ? "-" : ""
        return cents == 0 ? "\(sign)\(euros)" : "\(sign)\(euros).\(cents < 10 ? "0" : "")\(cents)"
    }
}
