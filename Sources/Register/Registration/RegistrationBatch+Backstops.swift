import Deadlines
import Deliberations
import Storage

/// Legal deadlines that stand behind an earlier one of a convention: they sleep until that one is overdue, and end with it.
extension RegistrationBatch {
    /// Statements with the days until which those that stand behind another one of the same document sleep.
    func asleep(_ statements: [DeadlineStatement]) -> [DeadlineStatement] {
        guard statements.contains(where: { $0.terms.backstopOf != nil }) else { return statements }
        return statements.map { statement in
            let front = statement.terms.backstopOf.flatMap { key in
                statements.first { $0.key == key && $0.scope == statement.scope }
            }
            var statement = statement
            statement.asleepUntil = front?.terms.due.map { $0 + 1 }
            return statement
        }
    }

    /// Puts an act's deadlines to sleep, wakes or ends them, as those in front of them stand.
    func settleBackstops(of act: ActID) throws {
        let rows = try deadlineRows(of: .act(act))
        for row in rows.values.sorted(by: { $0.id < $1.id }) {
            let front = row.terms.backstopOf.flatMap { rows[$0] }
            guard let changed = try writer.following(front, row) else { continue }
            if changed.state != row.state {
                audit("deadline.done", "deadline/\(row.id)", "with deadline \(front?.id.description ?? "")")
            }
            try store(changed)
        }
    }
}

extension DeadlineWriter {
    /// A deadline as the one in front of it leaves it; nil if that changes nothing. Without one it reminds as any other.
    func following(_ front: DeadlineRow?, _ row: DeadlineRow) throws -> DeadlineRow? {
        var changed = row
        changed.asleepUntil = front.flatMap { $0.isRunning ? $0.due.map { $0 + 1 } : nil }
        if let front, front.state == .closed, row.isRunning, !row.isReopened(after: front.handling) {
            changed.state = .closed
            changed.handling = front.handling
            changed.version += 1
            try cancelAlerts(of: row.id, reason: "done with deadline \(front.id)")
        }
        return changed.asleepUntil == row.asleepUntil && changed.state == row.state ? nil : changed
    }

    /// The deadlines that stand behind one.
    func backstops(of front: DeadlineRow) throws -> [DeadlineRow] {
        guard case .act(let act) = front.scope else { return [] }
        return try sql.readAll(
            DeadlineRow.query + " WHERE d.act = ? AND d.scope IS NULL AND d.backstop_of = ? ORDER BY d.id",
            [.init(act), .text(front.key)]
        ) { try DeadlineRow($0) }
    }
}

extension DeadlineRow {
    /// Whether a person let it run again after another one was handled so: then it does not end with that.
    fileprivate func isReopened(after other: DeadlineHandling?) -> Bool {
        guard let handling, handling.act == DeadlineAct.reopen.name else { return false }
        return handling.at > other?.at ?? .min
    }
}
