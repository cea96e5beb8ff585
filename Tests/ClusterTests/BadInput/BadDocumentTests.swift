import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Bad documents")
    struct BadDocuments {
        @Test("Each is refused with its own code and one message, the good one beside them is registered, nobody dies")
        func refusesEach() async throws {
            let cluster = try Cluster(configuration: "limits:\n  document: 64 KiB\n")
            try await cluster.startAndWait()
            let good = FictionalDocument(1_000)
            let expected = [
                "vide.txt": "empty", "blanc.txt": "blank-document", "binaire.bin": "binary-document",
                "image.pdf": "damaged-document", "courses.txt": "not-a-deliberation", "enorme.txt": "too-large",
            ]
            let files: [String: [UInt8]] = [
                "vide.txt": [], "blanc.txt": Array("  \n\t\n".utf8), "binaire.bin": Array(0...255),
                "image.pdf": Array("%PDF-1.7\n1 0 obj\n".utf8), "courses.txt": Array("Du pain et six oeufs.\n".utf8),
                "enorme.txt": [UInt8](repeating: 65, count: 70_000), good.fileName: good.bytes,
            ]
            for (name, bytes) in files { try cluster.folder.write("in/\(name)", bytes) }
            let run = try await cluster.greffier("push", "--wait", "--json", cluster.folder.path("in"))
            #expect(run.code == 3)
            let lines = try run.values(PushedLine.self)
            #expect(lines.count == files.count)
            for line in lines where line.name != good.fileName {
                #expect(line.outcome == "refused" && line.code == expected[line.name], "\(line)")
                #expect((1...1_000).contains(line.message?.utf8.count ?? 0))
            }
            #expect(lines.first { $0.name == good.fileName }?.state == .registered)
            try await expectAllLive(cluster)
        }

        @Test("A document in Windows-1252 is registered, its accents read rightly, with a warning kept in its Extract")
        func windows1252() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1_001)
            let bytes = try #require(document.text.data(using: .windowsCP1252))
            let run = try await cluster.greffier("push", "--wait", try cluster.folder.write("latin.txt", bytes))
            #expect(run.code == 0, "\(run.errors)")
            try await cluster.waitUntil("the announcement") { try await cluster.mails().contains(where: \.announces) }
            #expect(try await cluster.mails().first(where: \.announces)?.flowing.contains(document.obligation) == true)
        }

        @Test("A document of one endless line, and one of many empty ones, end in a clear outcome")
        func oddShapes() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1_002)
            try cluster.folder.write("in/une-ligne.txt", document.text.replacing("\n", with: " ").utf8)
            try cluster.folder.write("in/vides.txt", String(repeating: "\n", count: 1 << 20) + document.text)
            try cluster.folder.write("in/repetee.txt", String(repeating: document.text, count: 100))
            let run = try await cluster.greffier("push", "--wait", "--json", cluster.folder.path("in"))
            let states = try run.values(PushedLine.self).map(\.state)
            #expect(states.count == 3 && states.allSatisfy { $0 == .registered || $0 == .refused }, "\(run.output)")
            try await expectAllLive(cluster)
        }

        private func expectAllLive(_ cluster: Cluster) async throws {
            for name in ProgramName.cluster { #expect(try cluster.program(name).isRunning, "\(name.rawValue)") }
            #expect(try await cluster.status()?.workers.count == 3)
        }
    }
}
