import Digest
import GreffierProtocol
import Storage

/// The audit trail: the history of no document. A line about a document bears its id as code.
extension QueueTransaction {
    /// The number under which the trail stands.
    static let audit: Int64 = 0

    /// Adds an operator's act on a document.
    func noteAct(_ what: String, _ request: DocumentAct, at stage: Stage) throws {
        try note(
            Self.audit,
            HistoryEntry(
                at: time.wallSeconds, what: what, stage: stage, generation: 0, who: BoundedName.cut(request.by),
                code: request.id.jsonString, message: request.why))
    }

    /// A page of what operators did, newest first.
    func acts(_ request: ActsRequest) throws -> StoreAnswer {
        let limit = min(max(1, request.limit ?? 100), ProtocolLimits.listedDocuments)
        let rows = try sql.query(
            """
            SELECT position, at, what, stage, who, code, message FROM history
            WHERE document = \(Self.audit) AND position < ? ORDER BY position DESC LIMIT \(limit + 1)
            """, [.integer(request.before ?? Int.max)]
        ) { row in
            let act = ActEntry(
                at: Int(try row.integer(1)), what: try row.text(2), by: try row.optionalText(4) ?? "",
                id: try row.optionalText(5).flatMap { DocumentID(jsonString: $0) },
                stage: try row.optionalText(3).flatMap { Stage(rawValue: $0) },
                why: try row.optionalText(6).map { BoundedText($0) })
            return (position: Int(try row.integer(0)), act: act)
        }
        var bytes = 0
        let page = rows.prefix(limit).prefix { row in
            bytes += row.act.jsonBytes(reserving: 256).count
            return bytes <= Self.answerBytes
        }
        return .acts(ActList(acts: page.map(\.act), next: rows.count > page.count ? page.last?.position : nil))
    }
}
