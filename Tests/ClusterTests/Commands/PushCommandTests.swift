import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("greffier push")
    struct PushCommand {
        @Test("Says of each document what became of it, and says the same of one that is known")
        func oneLineEach() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let documents = (600..<603).map { FictionalDocument($0) }
            for document in documents { try cluster.folder.write(document.fileName, document.bytes) }
            let files = documents.map { cluster.folder.path($0.fileName) }
            let first = try await cluster.greffier("push", "--json", "--wait", files[0], files[1], files[2])
            #expect(first.code == 0)
            let lines = try first.values(PushedLine.self).sorted { $0.name < $1.name }
            #expect(lines.map(\.name) == documents.map(\.fileName))
            #expect(lines.map(\.id) == documents.map { DocumentID(of: $0.bytes) })
            #expect(lines.allSatisfy { $0.state == .registered && $0.outcome == "registered" })
            let second = try await cluster.greffier("push", "--json", files[0])
            #expect(second.code == 0)
            #expect(try second.values(PushedLine.self).map(\.outcome) == ["known"])
            #expect(try second.values(PushedLine.self).map(\.state) == [.registered])
        }

        @Test("Reads standard input")
        func standardInput() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(610)
            let run = try await cluster.greffier("push", "--wait", "--json", "-", input: document.bytes)
            #expect(run.code == 0, "\(run.errors)")
            #expect(try run.values(PushedLine.self).map(\.state) == [.registered])
            #expect(try await RegisterContents.read(cluster).numbers == [document.number])
        }

        @Test("A folder is pushed once: the next run pushes only what is new, copies included")
        func journal() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            for index in 620..<623 {
                try cluster.folder.write("in/\(FictionalDocument(index).fileName)", FictionalDocument(index).bytes)
            }
            try cluster.folder.write("in/copy.txt", FictionalDocument(620).bytes)
            let folder = cluster.folder.path("in")
            let first = try await cluster.greffier("push", "--json", folder)
            #expect(try first.code == 0 && first.values(PushedLine.self).count == 4, "\(first.output)")
            let second = try await cluster.greffier("push", "--json", folder)
            #expect(second.code == 0 && second.output.isEmpty, "\(second.output)")
            try cluster.folder.write("in/below/new.txt", FictionalDocument(624).bytes)
            let third = try await cluster.greffier("push", "--json", folder)
            #expect(try third.values(PushedLine.self).map(\.name) == ["new.txt"])
            #expect(try await cluster.documents().count == 4)
        }

        @Test("A file that is still written is pushed whole")
        func halfWritten() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let document = FictionalDocument(630)
            let half = document.bytes.count / 2
            let file = try cluster.folder.write("in/\(document.fileName)", document.bytes.prefix(half))
            let push = try cluster.startGreffier(["push", "--json", cluster.folder.path("in")])
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
            try handle.seekToEnd()
            for piece in document.bytes.dropFirst(half).chunked(400) {
                try await Task.sleep(for: .milliseconds(300))
                try handle.write(contentsOf: Data(piece))
            }
            let run = try await CommandRun(of: push)
            #expect(try run.values(PushedLine.self).map(\.id) == [DocumentID(of: document.bytes)])
            #expect(try await cluster.documents().map(\.size) == [document.bytes.count])
        }

        @Test(
            "Bad usage is exit code 2", arguments: [["push"], ["push", "--no-such-option", "x"], ["no-such-command"]])
        func usage(arguments: [String]) async throws {
            let cluster = try Cluster()
            let run = try await CommandRun(of: try cluster.startGreffier(arguments))
            #expect(run.code == 2 && !run.errors.isEmpty)
        }

        @Test("Refused documents are exit code 3, and the others are kept")
        func refused() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let good = try cluster.folder.write("bonne.txt", FictionalDocument(640).bytes)
            let bad = try cluster.folder.write("liste-de-courses.txt", "Du pain, du lait et six oeufs pour samedi.\n")
            let run = try await cluster.greffier("push", "--wait", "--json", good, bad)
            #expect(run.code == 3)
            let lines = try run.values(PushedLine.self)
            #expect(lines.first { $0.name == "bonne.txt" }?.state == .registered)
            let line = try #require(lines.first { $0.name != "bonne.txt" })
            #expect(line.outcome == "refused" && line.code == "not-a-deliberation" && line.message?.isEmpty == false)
        }

        @Test("Without a broker the exit code is 4, and the message names the endpoint and the cure")
        func unreachable() async throws {
            let cluster = try Cluster()
            let file = try cluster.folder.write("a.txt", FictionalDocument(650).bytes)
            let push = try await cluster.greffier("push", file)
            #expect(push.code == 4 && push.errors.contains("unreachable"))
            let status = try await cluster.greffier("status")
            #expect(status.code == 4 && status.errors.contains("greffier up"))
            #expect(status.errors.contains("\(cluster.data)/broker.ipc") && status.errorLines.count == 1)
        }

        @Test("A full queue is exit code 5 once the deadline has passed, and nothing that was accepted is lost")
        func busy() async throws {
            let cluster = try Cluster(configuration: "limits:\n  document: 6 KiB\n  queue: 6 KiB\n")
            try await cluster.startAndWait([.broker])
            for index in 660..<668 {
                try cluster.folder.write("in/\(FictionalDocument(index).fileName)", FictionalDocument(index).bytes)
            }
            let run = try await cluster.greffier("push", "--json", "--deadline", "1", cluster.folder.path("in"))
            #expect(run.code == 5, "\(run.output)")
            let outcomes = try run.values(PushedLine.self).map(\.outcome)
            let accepted = outcomes.count { $0 == "accepted" }
            #expect(accepted > 0 && outcomes.contains("busy"))
            #expect(try await cluster.documents().count == accepted)
            // Once workers make room, the same command goes on and finds room.
            try cluster.start([.ingest, .validate, .notify])
            let again = try await cluster.greffier("push", "--json", "--wait", cluster.folder.path("in"))
            #expect(again.code == 0, "\(again.output)")
            #expect(try await cluster.documents().count { $0.state == .registered } == 8)
        }
    }
}

extension Collection {
    /// Its elements in runs of at most `size`.
    fileprivate func chunked(_ size: Int) -> [SubSequence] {
        var rest = self[...]
        var pieces: [SubSequence] = []
        while !rest.isEmpty {
            pieces.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return pieces
    }
}
