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
        composer = AlertComposer(register: register, templates: templates, settings: settings)
    }

    /// The delivery's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Sends what is due now, at most `mailsPerRound` mails.
    /// - Throws: what the register throws; claimed alerts are taken over at the end of their claims.
    public func round() async throws -> AlertRound {
        var round = AlertRound()
        let settings = settings
        try register.makeDueAlerts(now: clock(), limit: Self.dueLimit, messageHost: settings.messageHost) { occasion in
            Self.plan(occasion, settings: settings, now: clock())
        }
        while round.handled < settings.mailsPerRound, round.serverTrouble == nil {
            let claimed = try register.claimAlerts(
                now: clock(), limit: min(settings.claimSize, settings.mailsPerRound - round.handled),
                seconds: settings.claimSeconds, token: Int64.random(in: 1 ... .max, using: &random))
            if claimed.isEmpty { break }
            for alert in claimed { try await handle(alert, &round) }
        }
        round.nextWake = try register.nextWake()
        return round
    }

    private static func plan(_ occasion: AlertOccasion, settings: AlertSettings, now: UTCInstant) -> AlertPlan {
        let recipients = settings.recipients.map(\.address)
        let moment =
            switch occasion {
            case .newActs: settings.hours.firstMoment(for: .news, onOrAfter: now)
            case .reminder(_, _, let reminder): max(now, reminder.sendAt)
            }
        return AlertPlan(recipients: recipients, sendAt: moment)
    }

    private func handle(_ alert: ClaimedAlert, _ round: inout AlertRound) async throws {
        let outcome = try await outcome(of: alert, &round)
        guard try register.commit(alert, as: outcome, now: clock()) else {
            round.lost += 1
            return
        }
        switch outcome {
        case .sent: round.sent += 1
        case .retry: round.delayed += 1
        case .uncertain: round.uncertain += 1
        case .failed: round.failed += 1
        case .cancelled: round.cancelled += 1
        case .postponed: round.postponed += 1
        }
    }

    private func outcome(of alert: ClaimedAlert, _ round: inout AlertRound) async throws -> AlertOutcome {
        let now = clock()
        if round.serverTrouble != nil { return .postponed(until: retryMoment(alert, now)) }
        let urgency: AlertHours.Urgency = alert.key.kind == .newActs ? .news : .reminder
        let moment = settings.hours.firstMoment(for: urgency, onOrAfter: now)
        if moment > now { return .postponed(until: moment) }
        if alert.claimedUntil < now + settings.claimSeconds / 2 { return .postponed(until: now) }
        switch try composer.compose(alert) {
        case .obsolete(let reason): return .cancelled(reason: reason)
        case .impossible(let reason): return .failed(reply: reason)
        case .mail(let message):
            let envelope = Envelope(sender: settings.bounces, recipient: message.to)
            return entry(for: await transport.deliver(message, envelope: envelope), of: alert, &round)
        }
    }

    /// What the ledger says of an attempt.
    private func entry(for delivery: DeliveryOutcome, of alert: ClaimedAlert, _ round: inout AlertRound) -> AlertOutcome
    {
        let now = clock()
        switch delivery {
        case .accepted(let reply): return .sent(reply: reply)
        case .permanentFailure(let code, let text): return .failed(reply: "\(code) \(text)")
        case .temporaryFailure(let code, let text):
            if code == nil { round.serverTrouble = text }
            if settings.retries.isExhausted(createdAt: alert.createdAt, now: now) { return .failed(reply: text) }
            return .retry(at: retryMoment(alert, now), reply: text)
        case .uncertain(let text):
            let isGivenUp = alert.doubts + 1 > settings.retries.doubtLimit
            return .uncertain(retryAt: isGivenUp ? nil : retryMoment(alert, now), reply: text)
        }
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
