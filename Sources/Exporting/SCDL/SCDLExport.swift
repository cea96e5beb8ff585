import Deliberations
import GreffierProtocol
import Register

/// Writes acts in the tables of the Socle commun des données locales (schema.data.gouv.fr).
public struct SCDLExport {
    /// Which table.
    public enum Table: Sendable {
        /// Schema "délibérations" 2.1.5.
        case deliberations
        /// Schema "subventions" 2.1.1.
        case grants
    }

    /// What became of the rows.
    public struct Outcome: Hashable, Sendable {
        /// How many rows were written.
        public var written = 0
        /// How many rows were left out, because something that the schema requires is missing.
        public var leftOut = 0
        /// How many rows miss each column that the schema requires.
        public var missing: [String: Int] = [:]
        /// Acts whose Extract cannot be read any more.
        public var unreadable: [ActID] = []
    }

    private let table: Table
    private let settings: ExportSettings
    private let includesIncomplete: Bool

    /// An export.
    ///
    /// - Parameter includesIncomplete: whether rows are written that miss something required, for a person to fill in.
    public init(_ table: Table, settings: ExportSettings, includesIncomplete: Bool = false) {
        self.table = table
        self.settings = settings
        self.includesIncomplete = includesIncomplete
    }

    /// Hands over the file, line by line.
    /// - Throws: `StorageError`, `RegisterError`, and what `write` throws.
    public func run(
        _ register: Register, _ filter: ActFilter, write: ([UInt8]) throws -> Void
    ) throws -> Outcome {
        var outcome = Outcome()
        try write(CSV.line(header))
        try register.forEachAct(filter) { act in
            if act.statement == nil { outcome.unreadable.append(act.id) }
            for row in rows(of: act) {
                for column in row.missing { outcome.missing[column, default: 0] += 1 }
                guard includesIncomplete || row.missing.isEmpty else {
                    outcome.leftOut += 1
                    continue
                }
                try write(row.line)
                outcome.written += 1
            }
        }
        return outcome
    }

    private func rows(of act: RegisteredAct) -> [SCDLRow] {
        let publisher = settings.identity(of: act.authority)
        switch table {
        case .deliberations: return [DeliberationRow(act: act, publisher: publisher).row]
        case .grants: return GrantRow.rows(of: act, publisher)
        }
    }

    /// The names of the columns: those of a row of which nothing is known.
    private var header: [String] {
        let act = RegisteredAct(
            id: ActID(0), authority: Authority(name: "", kind: .other), session: CivilDate(daysSince1970: 0),
            facts: ActSummary(subject: ""), document: DocumentID(of: []), statement: nil)
        let nobody = PublisherIdentity()
        let row =
            switch table {
            case .deliberations: DeliberationRow(act: act, publisher: nobody).row
            case .grants:
                GrantRow(
                    act: act, grant: Grant(beneficiary: "", amount: Money(cents: 0)), convention: nil, publisher: nobody
                ).row
            }
        return row.cells.map(\.column)
    }
}
