import Deadlines
import Mail
import Register

/// Sends what is due: makes alerts of what the register has due, claims them, composes and hands over each mail, and
/// enters what became of it.
///
/// Several of them, in several processes, may work on one register. A mail server that is down delays mails and fails
/// nothing else.
public actor AlertDelivery {
    let register: Register
    let transport: any MailTransport
    let settings: AlertSettings
    let composer: AlertComposer
    let clock: @Sendable () -> UTCInstant
    var random: AnyRandomNumberGenerator
    var server: ServerHealth
    private var silence: SilenceWatch
    private var calendars: CalendarFolder?
    private let executor = SerialQueueExecutor(label: "greffier.alerts")

    /// The most documents and deadlines of which alerts are made in one transaction.
    private static let dueLimit = 256
    /// The most such transactions of one round.
    private static let makingLimit = 40

    /// - Parameters:
    ///   - clock: the present moment.
    ///   - random: for claims and waits.
    public init(
        register: Register, transport: any MailTransport, templates: Templates, settings: AlertSettings,
        clock: @escaping @Sendable () -> UTCInstant, random: any RandomNumberGenerator & Sendable
    ) {
        self.register = register
        self.transport = transport
        self.settings = settings
        self.clock = clock
        self.random = AnyRandomNumberGenerator(base: random)
        server = ServerHealth(settings.retries)
        silence = SilenceWatch(register: register, settings: settings)
        calendars = settings.calendarsFolder.map { CalendarFolder(path: $0, settings: settings) }
        composer = AlertComposer(register: register, templates: templates, settings: settings)
    }

    /// The delivery's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Sends what is due now, at most `mailsPerRound` mails.
    /// - Throws: what the register throws; claimed alerts are taken over at the end of their claims.
    public func round() async throws -> AlertRound {
        var round = AlertRound()
        try register.wakeAfterClockStep(now: clock(), horizon: horizon)
        try makeDue()
        try makeWatch()
        try silence.look(now: clock())
        while round.handled < settings.mailsPerRound, server.restEnd(at: clock()) == nil {
            let claimed = try register.claimMails(
                now: clock(), limit: min(settings.claimSize, settings.mailsPerRound - round.handled),
                seconds: settings.claimSeconds, token: Int64.random(in: 1 ... .max, using: &random),
                rate: settings.mailsPerMinute)
            if claimed.isEmpty { break }
            for mail in claimed { try await handle(mail, &round) }
        }
        do {
            try calendars?.refresh(from: register, now: clock())
        } catch {
            round.calendarTrouble = "\(error)"
        }
        round.nextWake = try nextWake(after: round)
        round.waitingForPerson = try register.alertsWaitingForPerson()
        return round
    }

    /// When to make the next round. What is due and was not claimed for the rate's sake waits for the next minute.
    private func nextWake(after round: AlertRound) throws -> UTCInstant? {
        let now = clock()
        guard let wake = try register.nextWake() else { return nil }
        if wake <= now, settings.mailsPerMinute != nil, round.handled < settings.mailsPerRound {
            return max(server.restEnd(at: now) ?? now, now + (60 - now.secondsSince1970 % 60))
        }
        return max(wake, server.restEnd(at: now) ?? wake)
    }

    /// Makes the alerts of everything that is due before any leaves, so that those of a morning leave together.
    private func makeDue() throws {
        let settings = settings
        for _ in 0..<Self.makingLimit {
            let made = try register.makeDueAlerts(
                now: clock(), limit: Self.dueLimit, messageHost: settings.messageHost
            ) { occasion in try Self.plan(occasion, settings: settings, now: clock()) }
            if made < Self.dueLimit { return }
        }
    }

    private func makeWatch() throws {
        guard settings.isWatchTold else { return }
        let recipients = settings.routes.regulars.map { AlertRecipient($0.address) }
        try register.makeWatchAlerts(
            now: clock(), messageHost: settings.messageHost, recipients: recipients
        ) { [hours = settings.hours] in hours.digestMoment(isWeekly: true, after: $0) }
    }

    /// No attempt is put off further than the longest wait and then to the next office hours, with a day for the opening of
    /// an office that another process knows otherwise.
    private var horizon: AlertHorizon {
        let now = clock()
        let latest = settings.hours.firstMoment(for: .reminder, onOrAfter: now + settings.retries.longestWait)
        return AlertHorizon(claim: now + settings.claimSeconds, attempt: latest + 86_400)
    }

    private static func plan(_ occasion: AlertOccasion, settings: AlertSettings, now: UTCInstant) throws -> AlertPlan {
        let router = AlertRouter(tree: settings.routes)
        switch occasion.event {
        case .newActs:
            let addressees = try router.addressees(
                of: occasion, on: ParisTime.civil(at: now).date, hours: settings.hours, now: now)
            var plan = AlertPlan(
                recipients: addressees.atOnce, sendAt: settings.hours.firstMoment(for: .news, onOrAfter: now),
                listedDeadlines: NewActView.printedDeadlines)
            plan.digests = addressees.digests
            return plan
        case .changes:
            let moment = settings.hours.firstMoment(for: .reminder, onOrAfter: now)
            return AlertPlan(recipients: try router.recipients(of: occasion), sendAt: moment)
        case .reminder(_, let reminder, _):
            return AlertPlan(recipients: try router.recipients(of: occasion), sendAt: max(now, reminder.sendAt))
        }
    }

    /// Tells operators of stages with documents that wait for a person, each with what is known of it in French, and of
    /// their end.
    public func settleHeld(_ held: [String: String]) throws {
        let found = Dictionary(uniqueKeysWithValues: held.map { (AlarmSubject.held($0.key), $0.value) })
        try silence.settle(.held, found, now: clock())
    }

    /// Tells operators of stages that make no progress, each with what is known of it in French, and of their end.
    ///
    /// - Parameter moving: the stages that are known to make progress, or to have nothing to do.
    public func settleStages(stalled: [String: String], moving: Set<String>) throws {
        let found = Dictionary(uniqueKeysWithValues: stalled.map { (AlarmSubject.stage($0.key), $0.value) })
        try silence.settle(.stage, found, now: clock()) { subject in
            if case .stage(let name) = subject { moving.contains(name) } else { false }
        }
    }

    /// Tells operators of brokers that are away, and of their return.
    public func settleBrokers(_ finding: BrokerWatch.Finding) throws {
        try silence.settle(.broker, finding.silent, now: clock()) { finding.isOver($0) }
    }
}

/// A generator of any type.
struct AnyRandomNumberGenerator: RandomNumberGenerator {
    var base: any RandomNumberGenerator & Sendable

    mutating func next() -> UInt64 { base.next() }
}
