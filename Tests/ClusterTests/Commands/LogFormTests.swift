import Foundation
import Testing

extension ClusterTests {
    @Suite("What the lines of a log look like")
    struct LogForms {
        /// What a broker says from its start to its end.
        private func lines(
            _ configuration: String, environment: (String) throws -> [String: String] = { _ in [:] }
        ) async throws -> [Substring] {
            let cluster = try Cluster(configuration: configuration)
            try cluster.folder.write("greffier-broker.log", Data())
            cluster.environment = try environment(cluster.folder.path("greffier-broker.log"))
            try await cluster.startAndWait([.broker])
            _ = try await cluster.stop([.broker])
            return cluster.folder.text("greffier-broker.log").split(separator: "\n")
        }

        @Test("As JSON each line is an object with time, level, program and message")
        func json() async throws {
            let lines = try await lines("log: {format: json}\n")
            #expect(!lines.isEmpty)
            for line in lines {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
                for member in ["time", "level", "program", "message"] {
                    #expect(object?[member]?.isEmpty == false, "\(member): \(line)")
                }
            }
        }

        @Test("Under journald a line begins with its level, and has neither time nor program")
        func journal() async throws {
            let lines = try await lines("") { log in
                var status = stat()
                guard stat(log, &status) == 0 else { throw NeverCame(description: "no log") }
                return ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"]
            }
            #expect(!lines.isEmpty)
            #expect(lines.allSatisfy { $0.prefixMatch(of: /<[2-7]>[^\s]/) != nil }, "\(lines)")
            #expect(!lines.contains { $0.contains("greffier-broker:") }, "\(lines)")
        }

        @Test("For a person a line begins with the time, the level and the program")
        func text() async throws {
            let lines = try await lines("") { _ in ["JOURNAL_STREAM": "1:1"] }
            #expect(!lines.isEmpty)
            #expect(
                lines.allSatisfy { $0.prefixMatch(of: /\d{4}-\d\d-\d\dT[^ ]+ [a-z]+ greffier-broker:\s/) != nil },
                "\(lines)")
        }
    }
}
