import Deadlines
import Mail
import Register

extension AlertDelivery {
    /// Sends one mail and enters what became of it.
    func handle(_ mail: ClaimedMail, _ round: inout AlertRound) async throws {
        let attempt = try await attempt(mail, &round)
        let isEntered = try register.commit(
            mail, as: attempt.outcome, except: attempt.exceptions, listing: attempt.listing, now: clock())
        guard isEntered else {
            round.lost += 1
            return
        }
        round.notes += attempt.notes(on: mail)
        switch attempt.outcome {
        case .sent: round.sent += 1
        case .retry, .unreachable: round.delayed += 1
        case .uncertain: round.uncertain += 1
        case .failed, .unsendable: round.failed += 1
        case .cancelled: round.cancelled += 1
        case .postponed: round.postponed += 1
        }
    }

    private func attempt(_ mail: ClaimedMail, _ round: inout AlertRound) async throws -> AlertAttempt {
        let now = clock()
        let first = mail.first
        if first.doubts > settings.retries.doubtLimit {
            return AlertAttempt(
                outcome: .unsendable(
                    reason: "\(first.doubts) attempts ended without an answer: "
                        + "a program that ends while it composes or sends this mail says why in its log"))
        }
        if let end = server.restEnd(at: now) { return AlertAttempt(outcome: .postponed(until: end)) }
        let urgency: AlertHours.Urgency = first.key.kind == .newActs ? .news : .reminder
        let moment = settings.hours.firstMoment(for: urgency, onOrAfter: now)
        if moment > now { return AlertAttempt(outcome: .postponed(until: moment)) }
        if first.claimedUntil < now + settings.claimSeconds / 2 { return AlertAttempt(outcome: .postponed(until: now)) }
        let composed = try composer.compose(mail)
        guard let message = composed.message else {
            // Nothing of it is left: what the first one came to stands for all.
            let outcome = composed.leftOut[first.id] ?? .cancelled(reason: "nothing of it is left to say")
            return AlertAttempt(outcome: outcome, exceptions: composed.leftOut)
        }
        let envelope = Envelope(sender: settings.bounces, recipient: message.to)
        var attempt = entry(for: await transport.deliver(message, envelope: envelope), of: mail, &round)
        attempt.listing = composed.listing
        attempt.exceptions.merge(composed.leftOut) { $1 }
        return attempt
    }

    /// What the ledger says of an attempt.
    private func entry(
        for delivery: DeliveryOutcome, of mail: ClaimedMail, _ round: inout AlertRound
    ) -> AlertAttempt {
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
            return refusal(of: mail, code, text, now)
        case .accepted(let reply):
            server.answered()
            return AlertAttempt(outcome: .sent(reply: reply))
        case .permanentFailure(let code, let text):
            server.answered()
            return AlertAttempt(outcome: .failed(reply: text), code: code)
        case .uncertain(let text):
            let isGivenUp = mail.first.doubts + 1 > settings.retries.doubtLimit
            let moment = isGivenUp ? nil : retryMoment(mail, now)
            return AlertAttempt(outcome: .uncertain(retryAt: moment, reply: text))
        }
    }

    /// A refusal for now: again later, until the patience of each alert is spent.
    private func refusal(of mail: ClaimedMail, _ code: Int?, _ text: String, _ now: UTCInstant) -> AlertAttempt {
        let moment = retryMoment(mail, now)
        let outcomes = mail.alerts.map { alert -> AlertOutcome in
            let refusedFor = settings.retries.refusedFor(alert.refusal, now: now)
            if refusedFor >= settings.retries.patience { return .failed(reply: text) }
            return .retry(at: moment, reply: text, refusedFor: refusedFor)
        }
        let exceptions = zip(mail.others, outcomes.dropFirst()).map { ($0.id, $1) }
        return AlertAttempt(
            outcome: outcomes[0], exceptions: Dictionary(uniqueKeysWithValues: exceptions), code: code)
    }

    private func retryMoment(_ mail: ClaimedMail, _ now: UTCInstant) -> UTCInstant {
        let attempt = mail.alerts.map(\.attempt).max() ?? mail.first.attempt
        return now + settings.retries.wait(afterAttempt: attempt, using: &random)
    }
}
