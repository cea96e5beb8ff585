import GreffierProtocol
import Storage

/// Whether a queue's rows agree with each other. Each question is one statement, which sees one moment while brokers go on.
enum QueueConsistency {
    /// What does not agree, each as a sentence.
    static func problems(_ sql: SQLTransaction) throws -> [String] {
        try questions(sql.dialect).compactMap { question in
            let count = try sql.first(question.statement) { Int(try $0.integer(0)) } ?? 0
            return count > 0 ? "\(count) \(question.finding)" : nil
        }
    }

    private static let columns = ["body", "extract", "converted", "report"]

    private static func questions(_ dialect: SQLDialect) -> [(finding: String, statement: String)] {
        [
            ("stages and states are counted otherwise than their documents are", tallies),
            (
                dialect == .sqlite
                    ? "segments count other uses than there are" : "records count other uses than there are",
                uses(dialect)
            ),
            (
                "documents that have not ended have no bytes",
                """
                SELECT COUNT(*) FROM documents
                WHERE body IS NULL AND state IN ('waiting', 'leased', 'delayed', 'held')
                """
            ),
            (
                "lines of history belong to no document",
                """
                SELECT COUNT(*) FROM history h WHERE h.document <> \(QueueTransaction.audit)
                    AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.number = h.document)
                """
            ),
            (
                "further pushers belong to no document",
                """
                SELECT COUNT(*) FROM pushers p WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.number = p.document)
                """
            ),
        ]
    }

    private static let tallies = """
        SELECT COUNT(*) FROM (
            SELECT stage, state FROM (
                SELECT stage, state, amount, bytes FROM tallies
                UNION ALL SELECT stage, state, -1, -size FROM documents) counted
            GROUP BY stage, state HAVING SUM(amount) <> 0 OR SUM(bytes) <> 0) others
        """

    private static func uses(_ dialect: SQLDialect) -> String {
        let uses = columns.map { column in
            let number =
                dialect == .sqlite
                ? "substr(\(column), 1, instr(\(column), '/') - 1)" : "split_part(\(column), '/', 1)"
            return "UNION ALL SELECT CAST(\(number) AS BIGINT), -1 FROM documents WHERE \(column) IS NOT NULL"
        }
        return """
            SELECT COUNT(*) FROM (
                SELECT number FROM (
                    SELECT number, uses FROM \(dialect == .sqlite ? "segments" : "records")
                    \(uses.joined(separator: "\n        "))) counted
                GROUP BY number HAVING SUM(uses) <> 0) others
            """
    }
}
