import Deadlines
import Mail
import Register

/// Sends what is due: makes alerts of what the register has due, claims them, composes and hands over each mail, and
/// enters what became of it.
///
/// Several of them, in several processes, may work on one register. A mail server that is down delays mails and fails
/// nothing else.
public actor AlertDelivery {
    private let register: Register
    private let transport: any MailTransport
    private let settings: AlertSettings
    private let composer: AlertComposer
    private let clock: @Sendable () -> UTCInstant
    private var random: AnyRandomNumberGenerator
    private var server: ServerHealth
    private var silence: SilenceWatch
    private var calendars: CalendarFolder?
    private let executor = SerialQueueExecutor(label: "greffier.alerts")

    /// The most documents and deadlines that one round makes alerts of.
    private static let dueLimit = 256

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
        let settings = settings
        try register.wakeAfterClockStep(now: clock(), horizon: horizon)
        try register.makeDueAlerts(now: clock(), limit: Self.dueLimit, messageHost: settings.messageHost) { occasion in
            try Self.plan(occasion, settings: settings, now: clock())
        }
        try makeWatch()
        try silence.look(now: clock())
        while round.handled < settings.mailsPerRound, server.restEnd(at: clock()) == nil {
            let claimed = try register.claimAlerts(
                now: clock(), limit: min(settings.claimSize, settings.mailsPerRound - round.handled),
                seconds: settings.claimSeconds, token: Int64.random(in: 1 ... .max, using: &random))
            if claimed.isEmpty { break }
            for alert in claimed { try await handle(alert, &round) }
        }
        do {
            try calendars?.refresh(from: register, now: clock())
        } catch {
            round.calendarTrouble = "\(error)"
        }
        round.nextWake = try register.nextWake().map { max($0, server.restEnd(at: clock()) ?? $0) }
        round.waitingForPerson = try register.alertsWaitingForPerson()
        return round
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

    private func handle(_ alert: ClaimedAlert, _ round: inout AlertRound) async throws {
        let attempt = try await attempt(alert, &round)
        guard try register.commit(alert, as: attempt.outcome, listing: attempt.listing, now: clock()) else {
            round.lost += 1
            return
        }
        if let note = attempt.note(on: alert) { round.notes.append(note) }
        switch attempt.outcome {
        case .sent: round.sent += 1
        case .retry, .unreachable: round.delayed += 1
        case .uncertain: round.uncertain += 1
        case .failed: round.failed += 1
        case .cancelled: round.cancelled += 1
        case .postponed: round.postponed += 1
        }
    }

    private func attempt(_ alert: ClaimedAlert, _ round: inout AlertRound) async throws -> AlertAttempt {
        let now = clock()
        if alert.doubts > settings.retries.doubtLimit {
            return AlertAttempt(
                outcome: .failed(
                    reply: "\(alert.doubts) attempts ended without an answer: "
                        + "a program that ends while it composes or sends this mail says why in its log"))
        }
        if let end = server.restEnd(at: now) { return AlertAttempt(outcome: .postponed(until: end)) }
        let urgency: AlertHours.Urgency = alert.key.kind == .newActs ? .news : .reminder
        let moment = settings.hours.firstMoment(for: urgency, onOrAfter: now)
        if moment > now { return AlertAttempt(outcome: .postponed(until: moment)) }
        if alert.claimedUntil < now + settings.claimSeconds / 2 { return AlertAttempt(outcome: .postponed(until: now)) }
        switch try composer.compose(alert) {
        case .obsolete(let reason): return AlertAttempt(outcome: .cancelled(reason: reason))
        case .impossible(let reason): return AlertAttempt(outcome: .failed(reply: reason))
        case .mail(let message, let listing):
            let envelope = Envelope(sender: settings.bounces, recipient: message.to)
            var attempt = entry(for: await transport.deliver(message, envelope: envelope), of: alert, &round)
            attempt.listing = listing
            return attempt
        }
    }

    /// What the ledger says of an attempt.
    private func entry(for delivery: DeliveryOutcome, of alert: ClaimedAlert, _ round: inout AlertRound) -> AlertAttempt
    {
        let now = clock()
        switch delivery {
        case .serverTrouble(let code, let text):
            let end = server.isInTrouble(now: now, using: &random)
            round.serverTrouble = text
            return AlertAttempt(outcome: .unreachable(retryAt: end, reply: text), code: code)
        case .temporaryFailure(let code, let text):
            if code != nil {
                server.answered()
            } else if server.lostConnection(now: now, using: &random) != nil {
                round.serverTrouble = text
            }
            return AlertAttempt(outcome: refusal(of: alert, text, now), code: code)
        case .accepted(let reply):
            server.answered()
            return AlertAttempt(outcome: .sent(reply: reply))
        case .permanentFailure(let code, let text):
            server.answered()
            return AlertAttempt(outcome: .failed(reply: text), code: code)
        case .uncertain(let text):
            let isGivenUp = alert.doubts + 1 > settings.retries.doubtLimit
            let moment = isGivenUp ? nil : retryMoment(alert, now)
            return AlertAttempt(outcome: .uncertain(retryAt: moment, reply: text))
        }
    }

    /// A refusal for now: again later, until patience is spent.
    private func refusal(of alert: ClaimedAlert, _ text: String, _ now: UTCInstant) -> AlertOutcome {
        let refusedFor = settings.retries.refusedFor(alert.refusal, now: now)
        if refusedFor >= settings.retries.patience { return .failed(reply: text) }
        return .retry(at: retryMoment(alert, now), reply: text, refusedFor: refusedFor)
    }

    private func retryMoment(_ alert: ClaimedAlert, _ now: UTCInstant) -> UTCInstant {
        now + settings.retries.wait(afterAttempt: alert.attempt, using: &random)
    }
}

/// A generator of any type.
private struct AnyRandomNumberGenerator: RandomNumberGenerator {
    var base: any RandomNumberGenerator & Sendable

    mutating func next() -> UInt64 { base.next() }
}
