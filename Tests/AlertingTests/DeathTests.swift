import Deadlines
import Deliberations
import Foundation
import Mail
import Testing

@testable import Alerting
@testable import Register

@Suite("Mails that end the process")
struct DeathTests {
    /// A transport whose process dies over one mail, before the register knows of it.
    private struct DeadlyTransport: MailTransport {
        let register: Register
        let outbox: OutboxTransport

        func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome {
            guard message.to.localPart == "poison" else { return await outbox.deliver(message, envelope: envelope) }
            try? register.database.close()
            return .serverTrouble(code: nil, text: "the process is dead")
        }
    }

    @Test("One that ends it every time is given up and told to operators; the others leave, each once")
    func bounded() async throws {
        let recipients = ["a", "b", "poison", "c", "d", "e", "f", "g", "h"].map { "\($0)@grand-val.example" }
        let office = try Office(recipients: recipients)
        var register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        var deaths = 0
        var failed: [AlertNote] = []
        for seed in UInt64(0)..<40 {
            let outbox = OutboxTransport(folder: office.outbox)
            let delivery = office.delivery(
                register, transport: DeadlyTransport(register: register, outbox: outbox), seed: seed)
            do {
                failed += try await delivery.round().notes.filter { $0.result == .failed }
            } catch {
                deaths += 1
                register = try office.register()
            }
            office.clock.now = office.clock.now + office.settings.claimSeconds
        }
        #expect(deaths == office.settings.retries.doubtLimit + 1)
        let rows = try register.alerts()
        #expect(
            rows.filter { $0.state != .sent }.map { "\($0.recipient) \($0.state.rawValue)" } == [
                "poison@grand-val.example failed"
            ])
        #expect(failed.map(\.recipient) == ["poison@grand-val.example"])
        #expect(try register.alertsWaitingForPerson() == 1)
        #expect(try office.mails().count == recipients.count - 1)
        let poison = try #require(rows.first { $0.state == .failed })
        #expect(try register.audit(of: "alert/\(poison.id)").map(\.action) == ["alert.failed"])
    }
}
