import Digest
import Storage

/// Copies a register into another place, with the Reports and Extracts.
public struct RegisterCopy {
    private let source: Register
    private let target: Register
    /// Both are this copy's alone.
    private let uses: [StoreUse]

    /// Columns that refer to bodies.
    private static let references: [String: [String]] = [
        "documents": ["report", "extract"], "deadlines": ["report"],
    ]

    /// Which body of the target is the copy of which, while a copy is under way.
    private static let mapping = """
        CREATE TABLE IF NOT EXISTS copied_bodies (former TEXT NOT NULL PRIMARY KEY, present TEXT NOT NULL)
        """

    /// A copy of the register at one place into another, where one is begun.
    /// - Throws: `CopyError.inUse` where a notify worker works; `StorageError`, `RegisterError`.
    public init(from source: RegisterPlace, to target: RegisterPlace) throws {
        self.source = try Register(mending: source)
        self.target = try Register(target, mayBeCopyUnderWay: true)
        uses = try [source, target].compactMap { try $0.useAlone() }
        for register in [self.source, self.target] { try register.database.requireAbsence(of: "greffier-notify") }
    }

    /// Copies and compares; answers how many rows there are. With `isWhole` false the copy may be run again, until
    /// a last run makes a register of its own of it.
    /// - Throws: `CopyError`, `StorageError`, `RegisterError`.
    public func run(
        isWhole: Bool = true, progress: @escaping (String) throws -> Void = { _ in }
    ) throws -> Int {
        let isCopied = try isCopied()
        if !isCopied { try target.database.write { try $0.execute(Self.mapping) } }
        let passage = StoreCopy.Passage { _, body in
            try target.database.write { sql in
                let mark = target.bodies.mark
                do {
                    try body(sql) { table, row in try adapt(table, row, sql) }
                    try target.bodies.synchronize(sql)
                } catch {
                    target.bodies.rewind(to: mark)
                    throw error
                }
            }
            target.bodies.committed()
        } resolved: { table, side, _, row in
            try resolved(table, row, side == .source ? source.bodies : target.bodies)
        }
        let copy = StoreCopy(from: source.database, to: target.database, passage: passage, progress: progress)
        let rows = try copy.run(isCopied: isCopied)
        guard isWhole, !isCopied else { return rows }
        try SearchIndexCopy(database: target.database).run()
        try target.database.write { try $0.execute("DROP TABLE copied_bodies") }
        try copy.finish()
        return rows
    }

    /// Whether the target is this register already: an earlier run ended with it, before the queue's copy had.
    private func isCopied() throws -> Bool {
        try target.id == source.id && !target.database.holdsCopyUnderWay()
    }

    private func adapt(_ table: CopiedTable, _ row: [SQLValue], _ sql: SQLTransaction) throws -> [SQLValue] {
        guard let columns = Self.references[table.name] else { return row }
        var adapted = row
        for (index, column) in table.columns.enumerated() where columns.contains(column) {
            guard case .text(let text) = row[index], let reference = BodyReference(text) else { continue }
            adapted[index] = .text(try copied(reference, sql))
        }
        return adapted
    }

    /// The body in the target that is the copy of a source's.
    private func copied(_ reference: BodyReference, _ sql: SQLTransaction) throws -> String {
        let former = reference.description
        let known = try sql.first("SELECT present FROM copied_bodies WHERE former = ?", [.text(former)]) {
            try $0.text(0)
        }
        if let known { return known }
        let (present, _) = try target.bodies.append(try source.bodies.read(reference), [])
        try sql.enqueue(
            "INSERT INTO copied_bodies (former, present) VALUES (?, ?)",
            [.text(former), .text(present.description)])
        return present.description
    }

    private func resolved(_ table: CopiedTable, _ row: [SQLValue], _ bodies: BodyStore) throws -> [SQLValue] {
        guard let columns = Self.references[table.name] else { return row }
        var resolved = row
        for (index, column) in table.columns.enumerated() where columns.contains(column) {
            guard case .text(let text) = row[index], let reference = BodyReference(text) else { continue }
            resolved[index] = .blob(SHA256Digest(of: try bodies.read(reference)).bytes)
        }
        return resolved
    }
}
