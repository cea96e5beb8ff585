import Deadlines
import Deliberations
import Mail
import Register

/// Looks for what has fallen silent, and has operators told once, and once more when it ends.
struct SilenceWatch {
    private let register: Register
    private let settings: AlertSettings
    private var lastLook: UTCInstant?

    /// How often it looks, in seconds: habits are counted in days.
    private static let interval = 1_800

    init(register: Register, settings: AlertSettings) {
        self.register = register
        self.settings = settings
    }

    /// Looks at sources and mailboxes, if it is time. A clock that went back makes it time.
    mutating func look(now: UTCInstant) throws {
        guard !settings.operators.isEmpty else { return }
        if let lastLook, lastLook <= now, now < lastLook + Self.interval { return }
        lastLook = now
        try settle(.source, silentSources(now), now: now)
        let refusing = try register.refusingMailboxes()
        let mailboxes = refusing.map { address, reply in
            (AlarmSubject.mailbox(address), "Dernière réponse de son serveur : « \(reply.prefix(300)) »")
        }
        let awaited = try register.awaitedMailboxes(before: now + 86_400)
        try settle(.mailbox, Dictionary(uniqueKeysWithValues: mailboxes), now: now) { subject in
            if case .mailbox(let address) = subject { !awaited.contains(address) } else { false }
        }
    }

    /// Raises and ends the alarms of a kind.
    func settle(
        _ kind: AlarmSubject.Kind, _ found: [AlarmSubject: String], now: UTCInstant,
        isOver: (AlarmSubject) -> Bool = { _ in true }
    ) throws {
        guard !settings.operators.isEmpty else { return }
        try register.settleAlarms(
            kind, found: found, now: now, sendAt: settings.hours.firstMoment(for: .reminder, onOrAfter: now),
            messageHost: settings.messageHost, isOver: isOver
        ) { recipients(of: $0) }
    }

    /// The operators, but for a mailbox itself that refuses.
    private func recipients(of subject: AlarmSubject) -> [AlertRecipient] {
        settings.operators.filter { subject != .mailbox($0.address) }.map { AlertRecipient($0.address) }
    }

    private func silentSources(_ now: UTCInstant) throws -> [AlarmSubject: String] {
        let today = ParisTime.civil(at: now).date
        let silent = try register.sourceHabits(now: now).filter { $0.value.isSilent(on: today) }
        return Dictionary(
            uniqueKeysWithValues: try silent.map { name, habit in
                let day = try CalendarDay(habit.lastDay).frenchLong
                let pause = FrenchTypography.count(habit.longestPause, "jour", "jours")
                return (
                    .source(name),
                    "Son dernier document est arrivé le \(day). Jusque-là, elle n’avait jamais attendu plus de \(pause)."
                )
            })
    }
}
