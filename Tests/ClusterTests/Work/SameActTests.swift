import Foundation
import Testing

extension ClusterTests {
    @Suite("One act in several documents")
    struct SameAct {
        @Test("Extract, minutes and the corrected extract are one act, announced once")
        func oneAct() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let extract = FictionalDocument(400)
            var minutes = extract
            minutes.heading = "Procès-verbal de la séance du Conseil communautaire"
            var corrected = extract
            corrected.amount = "33 000"
            let id = try #require(try await push(extract.bytes, "extrait.txt", to: cluster).id)
            _ = try await push(minutes.bytes, "pv.txt", to: cluster)
            _ = try await push(corrected.bytes, "extrait-rectifie.txt", to: cluster, "--replaces", "\(id)")
            _ = try await push(extract.bytes, "encore-extrait.txt", to: cluster)
            try await expectOne(extract, documents: 3, cluster)
        }

        @Test("What the minutes brought first, the extract does not announce again")
        func minutesFirst() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let extract = FictionalDocument(401)
            var minutes = extract
            minutes.heading = "Procès-verbal de la séance du Conseil communautaire"
            _ = try await push(minutes.bytes, "pv.txt", to: cluster)
            _ = try await push(extract.bytes, "extrait.txt", to: cluster)
            try await expectOne(extract, documents: 2, cluster)
        }

        private func push(
            _ bytes: [UInt8], _ name: String, to cluster: Cluster, _ options: String...
        ) async throws -> PushedLine {
            let file = try cluster.folder.write(name, bytes)
            let program = try cluster.startGreffier(["push", "--wait", "--json", file] + options)
            let run = try await CommandRun(of: program)
            #expect(run.code == 0, "\(name): \(run.output) \(run.errors)")
            return try #require(run.values(PushedLine.self).first)
        }

        /// One live act, one set of its deadlines, one announcement; another act's announcement ends the waiting.
        private func expectOne(_ act: FictionalDocument, documents: Int, _ cluster: Cluster) async throws {
            let last = FictionalDocument(499)
            _ = try await push(last.bytes, last.fileName, to: cluster)
            try await cluster.waitUntil("the last announcement") {
                try await cluster.mails().contains { $0.announces && $0.subject.contains(last.number) }
            }
            let register = try await RegisterContents.read(cluster)
            #expect(register.numbers.sorted() == [act.number, last.number])
            #expect(register.documents == documents + 1)
            let announced = try await cluster.mails().filter(\.announces).map(\.subject)
            #expect(announced.count == 2, "\(announced)")
            let explicit = try await cluster.deadlines().filter {
                $0.number == act.number && $0.rule == "echeance-explicite" && $0.due == "2026-03-31"
            }
            #expect(explicit.count == 1, "\(explicit)")
        }
    }
}
