import Deadlines
import Deliberations
import Foundation
import Mail
import Register

/// A folder with one calendar file a route, to which staff subscribe (webcal): what is to be done, as of now. What is done
/// leaves it.
struct CalendarFolder {
    private let path: String
    private let settings: AlertSettings
    private var written: (revision: Int64, day: CivilDate, at: UTCInstant)?

    /// How long the files may lag behind the register, in seconds: each reads all running deadlines.
    private static let interval = 60
    private static let limit = 100_000

    /// The folder at `path`, which is made when it is missing.
    init(path: String, settings: AlertSettings) {
        self.path = path
        self.settings = settings
    }

    /// What the file of a route is called.
    static func fileName(of route: Route) -> String {
        route.path.isEmpty ? "greffier.ics" : "greffier-\(route.path.replacing("/", with: "-")).ics"
    }

    /// Writes the files that are no longer as the register is. A file is whole or as it was; one that would not change is not
    /// touched.
    /// - Throws: `StorageError`, `RegisterError`, `MailError`, `AlertingError.calendarFile`.
    mutating func refresh(from register: Register, now: UTCInstant) throws {
        let today = ParisTime.civil(at: now).date
        let revision = try register.revision()
        if let written {
            if written.revision == revision, written.day == today { return }
            if written.at <= now, now < written.at + Self.interval { return }
        }
        try makeFolder()
        var filter = DeadlineFilter()
        filter.states = [.scheduled, .due, .overdue]
        filter.limit = Self.limit
        let rows = try register.registeredDeadlines(filter, today: today)
        let taken = rows.map { row in
            (row: row, routes: Set(settings.routes.routes(for: [AlertTopic(row)]).map(\.path)))
        }
        // The stamp changes once a day, so that a file changes only with what it says.
        let midnight = ParisTime.instant(of: today, at: settings.hours.reminders.opens)
        let calendar = DeadlineCalendar(
            settings: settings, stamp: Instant(unixSeconds: Int64(midnight.secondsSince1970)))
        for route in settings.routes.root.all {
            let own = taken.filter { $0.routes.contains(route.path) }.map(\.row)
            let name = route.path.isEmpty ? "Échéances" : "Échéances – \(route.path)"
            try write(try calendar.subscription(to: own, name: name), to: "\(path)/\(Self.fileName(of: route))")
        }
        written = (revision, today, now)
    }

    private func makeFolder() throws(AlertingError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw .calendarFile(path: path, reason: error.localizedDescription)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(AlertingError) {
        if FileManager.default.contents(atPath: path).map({ Array($0) == bytes }) == true { return }
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: temporary))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: temporary)
        } catch {
            throw .calendarFile(path: temporary, reason: error.localizedDescription)
        }
        guard rename(temporary, path) == 0 else {
            throw .calendarFile(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
