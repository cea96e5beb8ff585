import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Reminders that leave in one mail", .onEveryEngine)
struct ClaimedMailTests {
    let folder = TemporaryFolder()
    static let morning = moment("2025-04-15", 8)

    /// A register with so many reminders for each of two recipients, which wait.
    func waiting(_ count: Int) throws -> Register {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "pv.pdf", kind: .minutes)
        document.acts = [act("Sujet", "1")]
        document.archive = true
        document.deadlines = (0..<count).map { deadline("rapport-\($0)", due: "2025-04-30") }
        try register.register(document, now: moment("2024-10-08"))
        try register.makeDueAlerts(now: Self.morning, limit: 1_000, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org", "b@example.org"], sendAt: Self.morning)
        }
        return register
    }

    func claim(_ register: Register, at now: UTCInstant = morning, token: Int64 = 1) throws -> [ClaimedMail] {
        try register.claimMails(now: now, limit: 9, seconds: 60, token: token)
    }

    @Test("Each recipient's are claimed together under one identity, at most fifty")
    func together() throws {
        let mails = try claim(try waiting(60))
        #expect(mails.map(\.alerts.count).sorted() == [10, 10, 50, 50])
        #expect(mails.allSatisfy { Set($0.alerts.map(\.key.recipient)).count == 1 })
        #expect(mails.allSatisfy { Set($0.alerts.map(\.messageID)).count == 1 })
        #expect(Set(mails.map(\.first.messageID)).count == 4)
    }

    @Test("What may have arrived stays as it was; what was refused for now leaves with whatever waits then")
    func outcomes() throws {
        let register = try waiting(3)
        let mails = try claim(register)
        let later = Self.morning + 600
        try register.commit(mails[0], as: .uncertain(retryAt: later, reply: "lost"), now: Self.morning)
        try register.commit(mails[1], as: .retry(at: later, reply: "451", refusedFor: 0), now: Self.morning)
        var document = SampleDocument(name: "b.pdf")
        document.acts = [act("Autre", "2")]
        document.archive = true
        document.deadlines = [deadline("bilan", due: "2025-04-30")]
        try register.register(document, now: Self.morning)
        try register.makeDueAlerts(now: later, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org", "b@example.org"], sendAt: later)
        }
        let again = try claim(register, at: later, token: 2)
        #expect(again.map(\.alerts.count).sorted() == [1, 3, 4])
        let same = try #require(again.first { $0.first.messageID == mails[0].first.messageID })
        #expect(same.alerts.map(\.id) == mails[0].alerts.map(\.id) && same.first.doubts == 1)
    }

    @Test("What may have arrived and is sent again by a person takes no others along under its old identity")
    func resent() throws {
        let register = try waiting(1)
        let mails = try claim(register)
        let mail = try #require(mails.first { $0.first.key.recipient == "a@example.org" })
        for one in mails { try register.commit(one, as: .uncertain(retryAt: nil, reply: "lost"), now: Self.morning) }
        var document = SampleDocument(name: "b.pdf")
        document.acts = [act("Autre", "2")]
        document.archive = true
        document.deadlines = [deadline("bilan", due: "2025-04-30")]
        try register.register(document, now: Self.morning)
        let later = Self.morning + 600
        try register.makeDueAlerts(now: later, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: later)
        }
        try register.resendAlert(mail.first.id, by: AlertAct(actor: "c", reason: "x"), now: later)
        let again = try claim(register, at: later, token: 2).filter { $0.first.key.recipient == "a@example.org" }
        #expect(again.map(\.alerts.count) == [1, 1])
        #expect(again.contains { $0.first.id == mail.first.id && $0.first.messageID == mail.first.messageID })
    }

    @Test("A mail whose sender died is claimed whole and alone, and its first one's end does not change its identity")
    func death() throws {
        let register = try waiting(3)
        let mails = try claim(register)
        let taken = try claim(register, at: Self.morning + 60, token: 2)
        #expect(taken.count == 1 && taken.first?.alerts.count == 3 && taken.first?.first.doubts == 1)
        let first = try #require(taken.first)
        try register.commit(
            first, as: .retry(at: Self.morning + 90, reply: "451", refusedFor: 0),
            except: [first.first.id: .cancelled(reason: "done")], now: Self.morning + 61)
        let rest =
            try claim(register, at: Self.morning + 121, token: 3) + claim(register, at: Self.morning + 122, token: 4)
        let left = try #require(rest.first { $0.alerts.count == 2 })
        #expect(left.first.messageID == mails.first { $0.first.id == first.first.id }?.first.messageID)
        #expect(try register.commit(first, as: .sent(reply: "250"), now: Self.morning + 123) == false)
    }

    @Test("Registers of one file that race claim every mail whole, and once")
    func race() throws {
        _ = try waiting(120)
        let claimed = Lock<[ClaimedMail]>([])
        let errors = Lock<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let register = try Register(folder.place)
                while true {
                    let token = Int64(worker + 1) << 32 + Int64(claimed.withLock(\.count))
                    let mails = try register.claimMails(now: Self.morning, limit: 1, seconds: 60, token: token)
                    if mails.isEmpty { break }
                    for mail in mails {
                        try register.commit(mail, as: .sent(reply: "250"), now: Self.morning)
                        claimed.withLock { $0.append(mail) }
                    }
                }
            } catch {
                errors.withLock { $0.append("\(error)") }
            }
        }
        #expect(errors.withLock { $0 } == [])
        let mails = claimed.withLock { $0 }
        #expect(mails.map(\.alerts.count).sorted() == [20, 20, 50, 50, 50, 50])
        #expect(Set(mails.flatMap { $0.alerts.map(\.id) }).count == 240)
        let sent = try Register(folder.place).alerts().filter { $0.state == .sent }
        #expect(sent.count == 240 && Set(sent.map(\.messageID)).count == 6)
    }
}
