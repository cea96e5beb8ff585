import Foundation
import Testing

extension ClusterTests {
    @Suite("From a pushed extract to the mails")
    struct EndToEnd {
        @Test("An extract is registered, announced with what it says, and its deadlines stand in the register")
        func announcesAct() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1)
            try await push(document, to: cluster)
            try await cluster.waitUntil("the announcement") { try await cluster.mails().contains(where: \.announces) }
            let announcement = try #require(try await cluster.mails().first(where: \.announces))
            #expect(announcement.subject.contains(document.number))
            #expect(announcement.flowing.contains(document.subject))
            #expect(announcement.flowing.contains("« \(document.obligation) »"))
            #expect(announcement.html.contains(document.number))
            #expect(announcement.types.contains("text/calendar"))
            #expect(announcement.recipient == "assemblees@localhost")
            let deadline = try #require(try await explicitDeadline(cluster))
            #expect(deadline.due == "2026-03-31" && deadline.number == document.number)
            #expect(deadline.quote == document.obligation)
            #expect(try await cluster.stop() == [0, 0, 0, 0])
        }

        @Test("A reminder leaves when the clock comes near the deadline, once, whatever is restarted")
        func remindsOnce() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(2)
            try await push(document, to: cluster)
            try await cluster.waitUntil("the announcement") { try await cluster.mails().contains(where: \.announces) }
            let reminder = try #require(try await explicitDeadline(cluster)?.nextReminderAt)
            for round in 1...3 {
                try await cluster.stop()
                cluster.now = "@\(reminder + 10 * round)"
                try await cluster.startAndWait()
                // All that is due leaves before what is announced now.
                let later = FictionalDocument(2 + round)
                try await push(later, to: cluster)
                try await cluster.waitUntil("the announcement of \(later.number)") {
                    try await cluster.mails().contains { $0.announces && $0.subject.contains(later.number) }
                }
                let mails = try await cluster.mails()
                #expect(Set(mails.map(\.id)).count == mails.count)
                #expect(mails.count { $0.announces && $0.subject.contains(document.number) } == 1)
                let reminders = mails.filter { Self.reminds($0, of: document) }
                #expect(reminders.count == 1, "round \(round): \(reminders.map(\.subject))")
                #expect(reminders.first?.flowing.contains(document.obligation) == true)
                #expect(reminders.first?.inReplyTo == mails.first { Self.announces($0, document) }?.id)
            }
        }

        @Test("Documents from the archives are registered with their deadlines, and what is past is not mailed")
        func archives() async throws {
            let cluster = try Cluster(now: "2026-03-20T09:00")
            try await cluster.startAndWait()
            var old = FictionalDocument(6)
            old.due = "30 avril 2026"
            let run = try await cluster.greffier(
                "push", "--wait", "--archive", try cluster.folder.write(old.fileName, old.bytes))
            #expect(run.code == 0, "\(run.errors)")
            let fresh = FictionalDocument(7)
            try await push(fresh, to: cluster)
            try await cluster.waitUntil("the announcement") { try await cluster.mails().contains(where: \.announces) }
            let mails = try await cluster.mails()
            #expect(mails.filter { $0.flowing.contains(old.number) }.map(\.subject) == [])
            let deadlines = try await cluster.deadlines().filter { $0.number == old.number && $0.due == "2026-04-30" }
            #expect(deadlines.contains { $0.rule == "echeance-explicite" && $0.nextReminderAt != nil })
        }

        @Test(
            "With the configuration as it comes, warnings wait for one mail on the next morning, and an error is told at once"
        )
        func digest() async throws {
            let cluster = try Cluster(now: "2025-03-14T09:00")
            try await cluster.startAndWait()
            var (first, second) = (FictionalDocument(8), FictionalDocument(9))
            (first.amount, second.amount) = ("2 000", "3 000")
            let wrong = FictionalDocument(10)
            for document in [first, second, wrong] { try await push(document, to: cluster) }
            try await cluster.waitUntil("the error is told") { try await cluster.mails().contains(where: \.announces) }
            let atOnce = try await cluster.mails()
            #expect(atOnce.map { $0.subject.contains(wrong.number) } == [true], "\(atOnce.map(\.subject))")
            #expect(atOnce.first?.flowing.contains("À corriger (1)") == true)
            #expect(atOnce.first?.flowing.contains("À vérifier (") == true)
            try await cluster.stop()
            cluster.now = "2025-03-17T08:00"
            try await cluster.startAndWait()
            try await cluster.waitUntil("the digest") { try await digests(of: cluster).count > 0 }
            let digest = try #require(try await digests(of: cluster).first)
            #expect(digest.flowing.contains(first.subject) && digest.flowing.contains(second.subject))
            #expect(!digest.flowing.contains(wrong.subject) && digest.flowing.contains("Échéances à venir"))
        }

        private func digests(of cluster: Cluster) async throws -> [Mail] {
            try await cluster.mails().filter { $0.subject.contains("Résumé du jour") }
        }

        private func push(_ document: FictionalDocument, to cluster: Cluster) async throws {
            let file = try cluster.folder.write(document.fileName, document.bytes)
            let run = try await cluster.greffier("push", "--wait", "--json", file)
            #expect(run.code == 0, "\(run.output) \(run.errors)")
            #expect(try run.values(PushedLine.self).map(\.state) == [.registered])
        }

        private func explicitDeadline(_ cluster: Cluster) async throws -> ListedDeadline? {
            try await cluster.deadlines().first { $0.rule == "echeance-explicite" && $0.due == "2026-03-31" }
        }

        private static func announces(_ mail: Mail, _ document: FictionalDocument) -> Bool {
            mail.announces && mail.subject.contains(document.number)
        }

        private static func reminds(_ mail: Mail, of document: FictionalDocument) -> Bool {
            !mail.announces && mail.flowing.contains(document.number) && mail.flowing.contains("31 mars 2026")
                && mail.flowing.contains(document.obligation)
        }
    }
}
