import Deadlines
import Deliberations
import Storage

/// Why the day of an event gives a deadline no date.
public enum StartRefusal: Hashable, Sendable {
    /// The deadline does not run.
    case notRunning(Deadline.State)
    /// A document gives its date.
    case hasDate
    /// No rule says how a date follows from an event, or the Report is of a version that did not keep it.
    case noRule
    /// The event cannot lie before this day.
    case tooEarly(CivilDate)
    /// The law gives no date that can be computed.
    case incomputable
}

extension StartRefusal: CustomStringConvertible {
    /// What is so, and what a person can do.
    public var description: String {
        switch self {
        case .notRunning(let state): "it is \(state.rawValue)"
        case .hasDate: "a document gives its date; --due sets another"
        case .noRule:
            "nothing says how its date follows from the day of an event, or an earlier version of Greffier computed it and did "
                + "not keep that: set the date itself with `--due --how TEXT`, or let this version compute it with "
                + "`greffier replay --from DATE --stage validate --why TEXT` and say the day again"
        case .tooEarly(let day): "the event cannot lie before \(day): check the year"
        case .incomputable: "no date can be computed for it: set the date itself with --due"
        }
    }
}

/// Starting deadlines by the day of the event that they wait for.
extension DeadlineHandler {
    /// Starts a deadline, and every other of its scope that waits for the same event or was started by it.
    ///
    /// - Parameter isSession: whether the event happened that day to all acts of the session.
    mutating func start(
        _ row: DeadlineRow, on day: CivilDate, session isSession: Bool, as handling: DeadlineHandling
    ) throws {
        let rule = try checkedRule(of: row, on: day)
        var rows = [row]
        if let event = rule.event {
            let others = isSession ? try actsOfSession(of: row) : try others(of: row)
            rows += try others.filter { try isStarted($0, by: event) }
        }
        for var row in rows { try start(&row, on: day, as: handling) }
    }

    private func checkedRule(of row: DeadlineRow, on day: CivilDate) throws -> StartRule {
        let isFulfilled = row.state == .closed && row.entered?.start != nil
        guard row.isRunning || isFulfilled else { throw refusal(row, .notRunning(row.state)) }
        guard row.terms.due == nil else { throw refusal(row, .hasDate) }
        guard let rule = try startRule(of: row) else { throw refusal(row, .noRule) }
        if let first = rule.notBefore, day < first { throw refusal(row, .tooEarly(first)) }
        guard entered(rule, day) != nil else { throw refusal(row, .incomputable) }
        return rule
    }

    private func isStarted(_ row: DeadlineRow, by event: String) throws -> Bool {
        if let start = row.entered?.start { return start.event == event }
        guard row.state == .open else { return false }
        return try startRule(of: row)?.event == event
    }

    /// What a person closed otherwise stays closed.
    private mutating func start(_ row: inout DeadlineRow, on day: CivilDate, as handling: DeadlineHandling) throws {
        guard let rule = try startRule(of: row), let date = entered(rule, day) else { return }
        let former = row.due
        if row.isRunning {
            try enter(date, into: &row)
            if rule.counting == .fulfilled { (row.state, row.change) = (.closed, nil) }
            row.handling = handling
        } else {
            row.entered = date
        }
        try writer.write(row)
        try audit(.start(on: day), of: row, by: handling, former: former)
    }

    private func entered(_ rule: StartRule, _ day: CivilDate) -> EnteredDate? {
        EnteredDate(rule, from: day, addedHolidays: writer.planner.calendar.addedHolidays)
    }

    /// The other deadlines of a scope.
    private func others(of row: DeadlineRow) throws -> [DeadlineRow] {
        if case .act(let act) = row.scope {
            return try rows(but: row, "d.act = ? AND d.scope IS NULL", [.init(act)])
        }
        return try rows(but: row, "d.scope = ?", [.text(row.scope.key)])
    }

    /// The other deadlines of the acts of a session.
    private func actsOfSession(of row: DeadlineRow) throws -> [DeadlineRow] {
        guard row.scope.isAct else { return try others(of: row) }
        let acts = """
            SELECT o.id FROM acts a JOIN acts o ON o.authority = a.authority AND o.session_day = a.session_day WHERE a.id = ?
            """
        return try rows(but: row, "d.act IN (\(acts)) AND d.scope IS NULL", [.init(row.act)])
    }

    private func rows(but row: DeadlineRow, _ condition: String, _ values: [SQLValue]) throws -> [DeadlineRow] {
        let rows = try writer.sql.readAll(DeadlineRow.query + " WHERE \(condition)", values) { try DeadlineRow($0) }
        return rows.filter { $0.id != row.id }.sorted { $0.id < $1.id }
    }

    /// How the date follows from an event, as the best document says it; nil if it does not, or cannot be read.
    func startRule(of row: DeadlineRow) throws -> StartRule? {
        guard let place = row.place else { return nil }
        do throws(RegisterError) {
            return try stated.deadline(at: place).startRule
        } catch {
            if error.isDamage { return nil }
            throw error
        }
    }

    private func refusal(_ row: DeadlineRow, _ reason: StartRefusal) -> RegisterError {
        .refusedStart(deadline: row.id, reason: reason)
    }
}
