import Foundation
import PostgreSQLTestSupport
import Testing

/// How large the test on three hosts is.
enum HostsSize {
    /// GREFFIER_HOSTS: how many documents are pushed.
    static let documents = ProcessInfo.processInfo.environment["GREFFIER_HOSTS"].flatMap { Int($0) } ?? 90

    /// Why it cannot be run here; nil where it can.
    static var obstacle: String? {
        PostgreSQLServer.programs == nil ? "PostgreSQL is not installed" : VirtualHost.obstacle
    }
}

extension ClusterTests {
    @Suite(
        "Three hosts with a network between them",
        .enabled(if: HostsSize.obstacle == nil, "\(HostsSize.obstacle ?? "")"))
    struct Hosts {
        /// The longest wait for a share of the documents.
        private static let slowly = Duration.seconds(60 + HostsSize.documents)

        @Test("Through two partitions and the death of a host, each accepted document is registered and mailed once")
        func exactlyOnce() async throws {
            try await run(ThreeHosts(), survive)
        }

        @Test("The host of PostgreSQL is cut off from the brokers, for a moment and for longer than they wait for it")
        func databaseCutOff() async throws {
            try await run(ThreeHosts(database: .besideMail), surviveWithoutDatabase)
        }

        private func run(_ hosts: ThreeHosts, _ survive: (ThreeHosts) async throws -> Void) async throws {
            let documents = (1...HostsSize.documents).map { FictionalDocument($0) }
            for (index, document) in documents.enumerated() {
                let source = ["a", "b", "c"][index % 3]
                try hosts.folder.write("source-\(source)/\(document.fileName)", document.bytes)
            }
            do {
                try await survive(hosts)
            } catch let error as NeverCame {
                throw NeverCame(description: "\(error.description)\n\(hosts.logs)")
            }
            try await expectOnce(documents, hosts)
            let codes = try await hosts.stop()
            #expect(codes.values.allSatisfy { $0 == 0 }, "\(codes)")
        }

        /// Pushes on all three hosts while the faults come one after the other; ends when every mail was sent.
        private func survive(_ hosts: ThreeHosts) async throws {
            let start = ContinuousClock.now
            func say(_ what: String) throws { try self.say(what, since: start, hosts) }
            let all: Set = ["host-b/ingest", "host-b/validate", "host-c/notify"]
            try await wait(for: "the workers") { try await hosts.workers() == all }
            let pushers = try [hosts.push("a", on: hosts.mailHost), hosts.push("c", on: hosts.mailHost)]
            var pusher = try hosts.push("b", on: hosts.workersHost)

            try await share(10, of: hosts)
            try hosts.network.cut(hosts.workersHost)
            try say("the brokers and the workers' host are cut off from each other")
            try await wait(for: "their leases to end") { try await hosts.workers() == ["host-c/notify"] }
            try hosts.network.heal(hosts.workersHost)
            try say("healed")

            try await share(35, of: hosts)
            try hosts.network.cut(hosts.mailHost)
            try say("the brokers and the mail's host are cut off from each other")
            try await wait(for: "their leases to end") { try await !hosts.workers().contains("host-c/notify") }
            try hosts.network.heal(hosts.mailHost)
            try say("healed")

            try await share(60, of: hosts)
            try await hosts.crashWorkersHost()
            try say("the workers' host is dead")
            try await wait(for: "their leases to end") { try await hosts.workers() == ["host-c/notify"] }
            try hosts.startSpareWorkers()
            try say("workers started on the mail's host")
            try await share(75, of: hosts)
            try await hosts.restartWorkersHost()
            pusher = try hosts.push("b", on: hosts.workersHost)
            try say("the workers' host is back")

            for program in pushers + [pusher] { #expect(try await program.exitCode(within: Self.slowly) == 0) }
            try await share(100, of: hosts)
            try await wait(for: "all mails", atMost: Self.slowly) { try unsent(hosts) == 0 }
            try say("every mail is sent")
        }

        /// Cuts the database's host off twice while pushers on the workers' host go on.
        private func surviveWithoutDatabase(_ hosts: ThreeHosts) async throws {
            let start = ContinuousClock.now
            let all: Set = ["host-b/ingest", "host-b/validate", "host-c/notify"]
            try await wait(for: "the workers") { try await hosts.workers() == all }
            let pushers = try ["a", "b", "c"].map { try hosts.push($0, on: hosts.workersHost) }
            for (percent, seconds) in [(10, 8), (40, 40)] {
                try await share(percent, of: hosts)
                try hosts.network.cut(hosts.mailHost)
                try say("the database's host is cut off", since: start, hosts)
                try await wait(for: "\(seconds) s of it", atMost: .seconds(120)) {
                    try await hosts.databaseSilence(of: "broker-1") >= seconds
                }
                try hosts.network.heal(hosts.mailHost)
                try say("healed", since: start, hosts)
            }
            for program in pushers { #expect(try await program.exitCode(within: Self.slowly) == 0) }
            try await share(100, of: hosts)
            try await wait(for: "all mails", atMost: Self.slowly) { try unsent(hosts) == 0 }
        }

        private func say(_ what: String, since start: ContinuousClock.Instant, _ hosts: ThreeHosts) throws {
            let seconds = Int((ContinuousClock.now - start) / .seconds(1))
            print("\(seconds) s, \(try registered(hosts)) registered: \(what)")
        }

        private func share(_ percent: Int, of hosts: ThreeHosts) async throws {
            let wanted = HostsSize.documents * percent / 100
            try await wait(for: "\(wanted) documents", atMost: Self.slowly, every: .milliseconds(200)) {
                try registered(hosts) >= wanted
            }
        }

        private func registered(_ hosts: ThreeHosts) throws -> Int {
            // The brokers make the tables.
            (try? hosts.count("greffier_queue.documents WHERE state = 'registered'")) ?? 0
        }

        private func unsent(_ hosts: ThreeHosts) throws -> Int {
            try HostsSize.documents - hosts.count("greffier_register.alerts WHERE kind = 'new-acts' AND state = 'sent'")
        }

        private func expectOnce(_ documents: [FictionalDocument], _ hosts: ThreeHosts) async throws {
            let numbers = documents.map(\.number).sorted()
            #expect(try hosts.count("greffier_queue.documents") == documents.count)
            #expect(try hosts.count("greffier_register.documents") == documents.count)
            let acts = try hosts.server.sql("SELECT number FROM greffier_register.acts WHERE state = 'live'")
            #expect(acts.split(separator: "\n").map(String.init).sorted() == numbers)
            let mails = try await hosts.mailServer.mails().filter(\.announces)
            let doubtful = try hosts.count("greffier_register.alerts WHERE doubts > 0")
            print("\(documents.count) documents, \(mails.count) mails, \(doubtful) with a connection lost after DATA")
            let notOnce = numbers.filter { number in mails.count { $0.subject.contains(number) } != 1 }
            #expect(notOnce == [])
            #expect(mails.count == documents.count)
        }
    }
}
