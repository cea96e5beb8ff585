import Deliberations
import Register

/// An act as a row of the SCDL schema "délibérations" 2.1.5.
public struct DeliberationRow {
    let act: RegisteredAct
    let publisher: PublisherIdentity

    /// The row; its missing cells are what no document says.
    public var row: SCDLRow {
        let deliberation = act.statement?.deliberation
        let matter = deliberation?.matterCode.flatMap(ActMatter.init(code:))
        let budget = BudgetCells(deliberation?.budget)
        let votes = VoteCells(act)
        return SCDLRow(cells: [
            .required("COLL_NOM", act.authority.name),
            .required("COLL_SIRET", publisher.siret),
            .required("DELIB_ID", act.facts.number?.text),
            .required("DELIB_DATE", act.session.description),
            .required("DELIB_MATIERE_CODE", matter?.code),
            .required("DELIB_MATIERE_NOM", matter?.name),
            .required("DELIB_OBJET", act.facts.subject),
            .optional("BUDGET_ANNEE", budget?.year),
            .optional("BUDGET_NOM", budget?.name),
            .optional("PREF_ID", publisher.prefecture ?? Self.prefecture(of: act.authority)),
            .optional("PREF_DATE", receipt),
            .optional("VOTE_EFFECTIF", votes?.members),
            .optional("VOTE_REEL", votes.map { $0.for + $0.against + $0.abstentions }),
            .optional("VOTE_POUR", votes?.for),
            .optional("VOTE_CONTRE", votes?.against),
            .optional("VOTE_ABSTENTION", votes?.abstentions),
            .optional("DELIB_URL", nil as String?),
        ])
    }

    /// When the prefecture received the act; the schema takes no day before the session.
    private var receipt: String? {
        act.facts.receivedOn.flatMap { $0 >= act.session ? $0.description : nil }
    }

    /// The prefecture of the department that the text names: PREF025, PREF02A, PREF974.
    private static func prefecture(of authority: Authority) -> String? {
        authority.department.map { code in
            "PREF" + String(repeating: "0", count: max(0, 3 - code.count)) + code
        }
    }
}

/// The year and the name of a budget: the schema wants both or none.
private struct BudgetCells {
    let year: Int
    let name: String

    init?(_ line: BudgetLine?) {
        guard let line, let year = line.year, let name = line.label else { return nil }
        self.year = year
        self.name = name
    }
}

/// The five numbers of a vote: the schema wants all or none, and those who vote to be no more than the members.
private struct VoteCells {
    let members: Int
    let `for`: Int
    let against: Int
    let abstentions: Int

    init?(_ act: RegisteredAct) {
        guard let members = act.statement?.extract.session.membersInOffice, let voices = act.facts.for else {
            return nil
        }
        // "À l'unanimité" says that nobody was against and nobody abstained.
        let others = act.facts.unanimous ? 0 : nil
        guard let against = act.facts.against ?? others, let abstentions = act.facts.abstentions ?? others,
            voices + against + abstentions <= members
        else { return nil }
        self.members = members
        self.for = voices
        self.against = against
        self.abstentions = abstentions
    }
}
