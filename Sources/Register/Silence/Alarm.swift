import Deadlines
import Deliberations
import JSONCodec
import Storage

/// Something that has fallen silent, or takes nothing any more.
public enum AlarmSubject: Hashable, Sendable, CustomStringConvertible {
    /// A source sends nothing, beyond its habit.
    case source(String)
    /// A stage has documents and finishes none.
    case stage(String)
    /// A recipient's mailbox refuses mails for good or for long.
    case mailbox(String)
    /// Documents of a stage wait for a person.
    case held(String)

    /// As rows have it.
    public var description: String {
        switch self {
        case .source(let name): "source/\(name)"
        case .stage(let name): "stage/\(name)"
        case .mailbox(let address): "mailbox/\(address)"
        case .held(let stage): "held/\(stage)"
        }
    }

    init?(key: String) {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "source": self = .source(parts[1])
        case "stage": self = .stage(parts[1])
        case "mailbox": self = .mailbox(parts[1])
        case "held": self = .held(parts[1])
        default: return nil
        }
    }

    /// Which of them are watched together.
    public var kind: Kind {
        switch self {
        case .source: .source
        case .stage: .stage
        case .mailbox: .mailbox
        case .held: .held
        }
    }

    /// Which of them are watched together.
    public enum Kind: String, Sendable {
        case source
        case stage
        case mailbox
        case held
    }
}

/// An alarm as the register has it.
public struct Alarm: Hashable, Sendable {
    /// Its number.
    public let id: Int64
    /// What it is about.
    public let subject: AlarmSubject
    /// When it was raised.
    public let raisedAt: UTCInstant
    /// When it ended; nil while it lasts.
    public let endedAt: UTCInstant?
    /// What was known when it was raised, in French.
    public let detail: String
}

extension Register {
    /// Brings the alarms of a kind up to what is `found` now, each with what is known of it in French: raises new ones and
    /// ends those that are no more, and enters a mail for each. One transaction; of many who find the same, one raises it.
    ///
    /// - Parameters:
    ///   - isOver: whether an alarm that is not found is known to be over; without this knowledge it lasts.
    ///   - recipients: who is told of an alarm.
    public func settleAlarms(
        _ kind: AlarmSubject.Kind, found: [AlarmSubject: String], now: UTCInstant, sendAt: UTCInstant,
        messageHost: String, isOver: (AlarmSubject) -> Bool = { _ in true },
        recipients: (AlarmSubject) -> [AlertRecipient]
    ) throws {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let known = Set(try lastingAlarms().filter { $0.subject.kind == kind }.map(\.subject))
        let isNew = found.keys.contains { !known.contains($0) }
        guard isNew || known.contains(where: { found[$0] == nil && isOver($0) }) else { return }
        try database.write { sql in
            var maker = AlertMaker(
                sql: sql, numbers: try RowNumbers(sql), register: id, messageHost: messageHost, planner: planner,
                now: now, bodies: bodies)
            let lasting = try Alarm.lasting(sql).filter { $0.subject.kind == kind }
            func plan(_ subject: AlarmSubject) -> AlertPlan {
                AlertPlan(recipients: recipients(subject), sendAt: sendAt)
            }
            for alarm in lasting where found[alarm.subject] == nil && isOver(alarm.subject) {
                try sql.execute("UPDATE alarms SET ended_at = ? WHERE id = ?", [.init(now), .integer(alarm.id)])
                try maker.audit("alarm.ended", "alarm/\(alarm.id)", "\(alarm.subject)")
                try maker.add(.alarm, .alarm(alarm.id), version: 1, step: "", plan: plan(alarm.subject))
            }
            let raised = Set(lasting.map(\.subject))
            for (subject, detail) in found.sorted(by: { "\($0.key)" < "\($1.key)" }) where !raised.contains(subject) {
                let number = maker.numbers.next(.alarm)
                try sql.execute(
                    "INSERT INTO alarms (id, subject, raised_at, detail) VALUES (?, ?, ?, ?)",
                    [.integer(number), .text("\(subject)"), .init(now), .text(detail)])
                try maker.audit("alarm.raised", "alarm/\(number)", "\(subject)")
                try maker.add(.alarm, .alarm(number), version: 0, step: "", plan: plan(subject))
            }
            try maker.finish()
        }
    }

    /// The alarms that last, the oldest first.
    public func lastingAlarms() throws -> [Alarm] { try database.read(Alarm.lasting) }

    /// An alarm for the mail that tells of it, or nil if there is nothing to tell: an end is told to whom the beginning was,
    /// and a beginning only while it lasts.
    public func alarm(_ number: Int64, version: Int, recipient: String) throws -> Alarm? {
        try database.read { sql in
            let found = try sql.first(Alarm.query + " WHERE id = ?", [.integer(number)]) { try Alarm($0) }
            guard let alarm = found ?? nil else { return nil }
            if version == 0 { return alarm.endedAt == nil ? alarm : nil }
            let isTold = try sql.first(
                """
                SELECT 1 FROM alerts WHERE subject = ? AND kind = 'alarm' AND version = 0 AND recipient = ?
                    AND (state IN ('sent', 'uncertain') OR doubts > 0)
                """, [.text(AlertSubject.alarm(number).key), .text(recipient)]
            ) { _ in true }
            return isTold == true ? alarm : nil
        }
    }

    /// The mailboxes that refuse mails: the last that the server had failed, and none was taken after it; each with what
    /// its server said.
    public func refusingMailboxes() throws -> [String: String] {
        let rows = try database.read { sql in
            try sql.query(
                """
                SELECT f.recipient, f.reply FROM alerts f
                WHERE f.wake_at IS NULL AND f.state = 'failed' AND f.refused_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alerts s
                    WHERE s.recipient = f.recipient AND s.state = 'sent' AND s.finished_at >= f.finished_at)
                ORDER BY f.finished_at, f.id
                """
            ) { (recipient: try $0.text(0), reply: try $0.text(1)) }
        }
        return Dictionary(rows.map { ($0.recipient, $0.reply) }, uniquingKeysWith: { $1 })
    }
}

extension Register {
    /// The addresses to which a mail is to leave before `moment`: whether they are taken is not known yet.
    public func awaitedMailboxes(before moment: UTCInstant) throws -> Set<String> {
        try database.read { sql in
            Set(
                try sql.query("SELECT DISTINCT recipient FROM alerts WHERE wake_at <= ?", [.init(moment)]) {
                    try $0.text(0)
                })
        }
    }
}

extension Alarm {
    static let query = "SELECT id, subject, raised_at, ended_at, detail FROM alarms"

    static func lasting(_ sql: SQLTransaction) throws -> [Alarm] {
        try sql.query(query + " WHERE ended_at IS NULL ORDER BY id") { try Alarm($0) }.compactMap { $0 }
    }

    init?(_ row: SQLRow) throws {
        guard let subject = AlarmSubject(key: try row.text(1)) else { return nil }
        self.init(
            id: try row.integer(0), subject: subject, raisedAt: try row.instant(2),
            endedAt: try row.optionalInstant(3), detail: try row.text(4))
    }
}
