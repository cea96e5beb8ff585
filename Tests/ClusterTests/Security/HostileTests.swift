import Access
import Foundation
import GreffierProtocol
import Testing
import ZeroMQ

/// How large the tests of hostile peers are.
enum HostileSize {
    /// GREFFIER_HOSTILE: how many documents an honest pusher pushes under each attack; nil for no attack at all.
    static let documents = ProcessInfo.processInfo.environment["GREFFIER_HOSTILE"].flatMap { Int($0) }
}

extension ClusterTests {
    /// Not among the tests of each change: the attacks take minutes of both cores, and libzmq 4.3.4 may abort a client whose
    /// connection is cut in the middle of an answer (fq.cpp, "!_more").
    @Suite("Hostile peers", .enabled(if: HostileSize.documents != nil, "GREFFIER_HOSTILE is not set"))
    struct Hostile {

        /// The memory past which the broker of these tests cuts connections.
        private static let mark = 192 << 20
        /// The documents that an honest pusher pushes meanwhile.
        private static let documents = HostileSize.documents ?? 150

        @Test("Honest pushers are served, and the broker's memory stays bounded", arguments: Attack.allCases)
        func attack(_ attack: Attack) async throws {
            let secure = try await SecureCluster(
                configuration: "limits:\n  memory: 192 MiB\n  connections: 400\n  connectionsPerAddress: 400\n")
            let honest = try secure.admit("honest", [.push])
            let hostile = try secure.admit("hostile", [.push, .work(.ingest)])
            try await secure.cluster.startAndWait([.broker])
            let endpoint = try secure.endpoint
            let quiet = try push("quiet", endpoint, honest)
            let attackers = (1...2).map { Attacker(attack, port: secure.port, hostile, seed: UInt64($0)) }
            let disturbed = Result { try push("disturbed", endpoint, honest) }
            attackers.forEach { $0.end() }
            let status = try #require(try await secure.cluster.status())
            let accepted = status.counts.reduce(0) { $0 + $1.count } - (attack == .replays ? 1 : 0)
            #expect(accepted == 2 * Self.documents)
            let peak = try secure.cluster.peakBytes(of: .broker)
            #expect(peak < Self.mark * 3, "\(peak >> 20) MiB")
            if attack == .endless { #expect(secure.log.contains("name=hostile")) }
            let ratio = quiet / (try disturbed.get())
            print(
                "\(attack.rawValue): honest throughput × \(String(format: "%.2f", ratio)),",
                "peak \(peak >> 20) MiB, cut \(secure.log.split(separator: "a connection was cut").count - 1)")
        }

        /// Pushes documents, eight under way, each until it is accepted; how many seconds that took.
        private func push(_ prefix: String, _ endpoint: Endpoint, _ security: SocketSecurity) throws -> Double {
            var peer = try RawPeer(endpoint, security)
            let start = ContinuousClock.now
            let end = start + .seconds(100)
            var missing = Dictionary(
                uniqueKeysWithValues: (0..<Self.documents).map { number in
                    let bytes = Array("\(prefix) \(number) \(String(repeating: "délibération ", count: 2_000))".utf8)
                    return (DocumentID(of: bytes), bytes)
                })
            var underWay: [DocumentID: ContinuousClock.Instant] = [:]
            while !missing.isEmpty {
                guard ContinuousClock.now < end else {
                    throw NeverCame(description: "\(missing.count) documents were not accepted")
                }
                underWay = underWay.filter { $0.value > .now }
                for (id, bytes) in missing where underWay.count < 8 && underWay[id] == nil {
                    let submit = Submit(id: id, name: "a", source: "s", size: bytes.count)
                    guard try peer.trySending(.submit(submit), [bytes]) else { break }
                    underWay[id] = .now + .seconds(3)
                }
                guard let said = try peer.receive(within: .milliseconds(100)) else { continue }
                switch said {
                case .accepted(let accepted): (missing[accepted.id], underWay[accepted.id]) = (nil, nil)
                case .known(let known): (missing[known.id], underWay[known.id]) = (nil, nil)
                default: break
                }
            }
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }
}

extension Cluster {
    /// The most memory that a program has occupied so far.
    func peakBytes(of name: ProgramName) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(try program(name).identifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }
}
