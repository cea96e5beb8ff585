import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Storage
import Validation

/// The acts, documents, deadlines and alerts of one authority or of many: rows, and the bodies beside
/// them, in a folder or in a PostgreSQL database.
///
/// Safe to share between threads and between processes (of one host, if it is in a folder): every change is one transaction, and what several
/// could do twice is claimed first. The calls wait for the disk; they belong on a thread of their own.
public final class Register: Sendable {
    /// How reminders are planned.
    public struct Settings: Sendable {
        /// Which days are worked where the readers are.
        public var calendar = WorkingCalendar()
        /// When reminders may leave.
        public var reminderHours = SendingHours.standard
        /// On what deadlines are computed: documents whose Reports say another are computed anew as they come. Nil keeps
        /// what Reports say.
        public var basis: DeadlineBasis?
        /// What is decided about the rules that compare documents.
        public var rules = RuleSettings.none
        /// Told of everything stored that is damaged and was passed over, when the rest went on without it.
        public var passedOver: @Sendable (RegisterError) -> Void = { _ in }

        /// Metropolitan France, the standard hours.
        public init() {}
    }

    /// Which register this is; a notify worker says it in its READY.
    public let id: RegisterID
    let database: SQLDatabase
    let bodies: BodyStore
    let planner: ReminderPlanner
    let isReadOnly: Bool
    let passedOver: @Sendable (RegisterError) -> Void
    let review: RegisterReview
    let basis: DeadlineBasis?

    /// Opens the register in a folder, which is made (mode 0700) with a new register when there is none.
    /// - Throws: `StorageError`, `RegisterError`.
    public convenience init(folder: String, settings: Settings = Settings()) throws {
        try self.init(.folder(folder), settings: settings)
    }

    /// Opens the register at a place, which is made with a new register when there is none.
    /// - Throws: `StorageError`, `RegisterError`, `CopyError.underWay` for the beginning of a copy.
    public convenience init(_ place: RegisterPlace, settings: Settings = Settings()) throws {
        try self.init(place, settings: settings, mayBeCopyUnderWay: false)
    }

    init(_ place: RegisterPlace, settings: Settings = Settings(), mayBeCopyUnderWay: Bool) throws {
        try place.prepare()
        database = try place.database()
        if !mayBeCopyUnderWay { try database.requireNoCopyUnderWay() }
        try database.migrate(RegisterSchema.migrations)
        bodies = try place.bodies()
        planner = ReminderPlanner(calendar: settings.calendar, hours: settings.reminderHours)
        isReadOnly = false
        passedOver = settings.passedOver
        review = RegisterReview(settings.rules)
        basis = settings.basis
        let upgrade = (bodies: bodies, planner: planner)
        id = try database.write { sql in
            let numbers = try RowNumbers(sql)
            try numbers.save(to: sql)
            try RegisterUpgrade(
                sql: sql, bodies: upgrade.bodies, planner: upgrade.planner, passedOver: settings.passedOver
            ).run()
            try SearchUpgrade(
                sql: sql, bodies: upgrade.bodies, planner: upgrade.planner, passedOver: settings.passedOver
            ).run()
            if let id = try Self.storedID(sql) { return id }
            var generator = SystemRandomNumberGenerator()
            let id = RegisterID.random(using: &generator)
            try sql.execute("INSERT INTO meta (name, value) VALUES ('register', ?)", [.text(id.text)])
            return id
        }
    }

    /// Opens the register in a folder for reading, beside the workers that write it.
    /// - Throws: `RegisterError.missing` when the folder has none, `StorageError`.
    public convenience init(reading folder: String, settings: Settings = Settings()) throws {
        try self.init(reading: .folder(folder), settings: settings)
    }

    /// Opens the register at a place for reading, beside the workers that write it.
    /// - Throws: `RegisterError.missing` when there is none, `StorageError`.
    public init(reading place: RegisterPlace, settings: Settings = Settings()) throws {
        try place.requireRegister()
        database = try place.database(isReadOnly: true)
        try database.requireNoCopyUnderWay()
        bodies = try place.bodies(isReadOnly: true)
        planner = ReminderPlanner(calendar: settings.calendar, hours: settings.reminderHours)
        isReadOnly = true
        passedOver = settings.passedOver
        review = RegisterReview(settings.rules)
        basis = settings.basis
        guard let id = try database.read(Self.storedID) else { throw RegisterError.missing(path: place.name) }
        self.id = id
    }

    /// Opens the register in a folder for a person's acts, beside the workers that fill it; makes none.
    /// - Throws: `RegisterError.missing` when the folder has none, `StorageError`.
    public convenience init(mending folder: String, settings: Settings = Settings()) throws {
        try self.init(mending: .folder(folder), settings: settings)
    }

    /// Opens the register at a place for a person's acts, beside the workers that fill it; makes none.
    /// - Throws: `RegisterError.missing` when there is none, `StorageError`.
    public convenience init(mending place: RegisterPlace, settings: Settings = Settings()) throws {
        try place.requireRegister()
        try self.init(place, settings: settings)
    }

    /// Says that this program works with the register, which nobody on this host copies for as long as what is answered lives;
    /// nil for a register on PostgreSQL, where its connections say so.
    /// - Throws: `CopyError.underWay` while it is copied, or where a copy has been begun since it was opened.
    public func use() throws -> StoreUse? {
        let folder = URL(fileURLWithPath: database.path).deletingLastPathComponent().path
        let use = try bodies.folder.isEmpty ? nil : StoreUse(workingIn: folder)
        try database.requireNoCopyUnderWay()
        return use
    }

    private static func storedID(_ sql: SQLTransaction) throws -> RegisterID? {
        try sql.first("SELECT value FROM meta WHERE name = 'register'") { RegisterID(try $0.text(0)) }
    }

    /// Registers documents in one transaction: all of them, or none when this throws. The outcomes are in their order.
    ///
    /// - Parameter now: when they are registered: from then on deadlines are reminded of.
    /// - Throws: `StorageError`, `RegisterError`.
    public func register(_ batch: [Registration], now: UTCInstant) throws -> [RegistrationOutcome] {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let batch = computedOnBasis(batch, now: now)
        let outcomes = try database.write { sql in
            let mark = bodies.mark
            do {
                let transaction = try RegistrationBatch(
                    sql: sql, bodies: bodies, planner: planner, now: now, review: review, passedOver: passedOver)
                try noteBasis(sql)
                let outcomes = try batch.map { try transaction.register($0) }
                try transaction.finish()
                return outcomes
            } catch {
                bodies.rewind(to: mark)
                throw error
            }
        }
        bodies.committed()
        return outcomes
    }
}
