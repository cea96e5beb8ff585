import Broker
import Foundation
import GreffierProtocol
import Queue
import Storage
import Testing
import ZeroMQ

@Suite("A broker on a real socket and a real store", .serialized)
struct BrokerTests {
    private let document = Array("Extrait du registre des délibérations de Sainte-Fiction".utf8)

    private func code(_ said: MessageFromBroker) -> RefusalCode? {
        if case .refused(let refused) = said { refused.code } else { nil }
    }

    @Test("A document goes from SUBMIT to registered")
    func wholeWay() throws {
        let test = try TestBroker()
        let broker = try test.start()
        var pusher = try TestDealer(broker.endpoint)
        let id = DocumentID(of: document)
        #expect(try pusher.submit(document) == .accepted(Accepted(id: id, generation: 1)))
        #expect(try pusher.submit(document) == .known(Known(id: id, state: .waiting)))
        try pusher.send(.outcome(OutcomeRequest(ids: [id], waitMilliseconds: 30_000, request: 5)))
        let results: [Stage: [[UInt8]]] = [.ingest: [[1, 2], [3]], .validate: [[4]], .notify: []]
        let payloads: [Stage: [[UInt8]]] = [
            .ingest: [document], .validate: [[1, 2], [3]], .notify: [[4], [1, 2], [3]],
        ]
        for (process, stage) in [Stage.ingest, .validate, .notify].enumerated() {
            var worker = try TestDealer(broker.endpoint)
            try worker.ready(stage, process: process)
            let (job, payload) = try worker.job()
            #expect(payload == payloads[stage] && job.id == id)
            try worker.send(.done(Done(token: job.token)), results[stage] ?? [])
            if stage == .notify {
                guard case .outcome(let outcome) = try pusher.receive().said else {
                    Issue.record("no outcome")
                    return
                }
                #expect(outcome.state == .registered && outcome.request == 5)
            } else {
                try worker.send(.status(StatusRequest()))
                guard case .status = try worker.receive().said else {
                    Issue.record("no status")
                    return
                }
            }
        }
        try test.stop(broker)
    }

    @Test("After a restart the queue goes on: old tokens are taken once, ended ones are refused")
    func restart() throws {
        let test = try TestBroker()
        var broker: Broker? = try test.start()
        var pusher = try TestDealer(test.settings.endpoint)
        var worker = try TestDealer(test.settings.endpoint)
        _ = try pusher.submit(document)
        try worker.ready(.ingest)
        let job = try worker.job().job
        if let first = broker { try test.stop(first) }
        broker = nil
        let second = try test.start()
        while true {
            guard case .bye = try worker.receive().said else { continue }
            break
        }
        for round in 1...2 {
            try worker.send(.done(Done(token: job.token)), [[1], [2]])
            if round == 2 { #expect(code(try worker.receive().said) == .staleToken) }
        }
        #expect(try pusher.submit(document) == .known(Known(id: DocumentID(of: document), state: .waiting)))
        var validator = try TestDealer(test.settings.endpoint)
        try validator.ready(.validate, process: 2)
        #expect(try validator.job().payload == [[1], [2]])
        try test.stop(second)
    }

    @Test("Whatever is no message is refused with its code, and the broker goes on")
    func malformed() throws {
        let test = try TestBroker { $0.documentBytes = 1_000 }
        let broker = try test.start()
        var peer = try TestDealer(broker.endpoint)
        let tag = Array("GREFFIER/1".utf8)
        let wrongSize = Submit(id: DocumentID(of: document), name: "a", source: "s", size: 3)
        let wrongDigest = Submit(id: DocumentID(of: [1]), name: "a", source: "s", size: document.count)
        let cases: [([[UInt8]], RefusalCode)] = [
            ([[0xFF, 0x00]], .malformed), ([[], [], []], .malformed), ([Array("GREFFIER/9".utf8), [1], [2]], .version),
            ([tag, Array("DANCE".utf8), Array("{}".utf8)], .unknownVerb),
            ([tag, Array("SUBMIT".utf8), Array("{\"id\":".utf8), [1]], .badHeader),
            ([tag, Array("SUBMIT".utf8), Array("{}".utf8)], .wrongPayload),
            ([tag, Array("STATUS".utf8), [UInt8](repeating: 32, count: 70_000)], .tooLarge),
            (Array(repeating: [1], count: 40), .tooLarge),
            (MessageToBroker.submit(wrongSize).frames + [document], .wrongSize),
            (MessageToBroker.submit(wrongDigest).frames + [document], .wrongDigest),
            (MessageToBroker.heartbeat(Heartbeat()).frames, .notReady),
            (MessageToBroker.done(Done(token: LeaseToken(5))).frames + [[1], [2]], .staleToken),
        ]
        for (frames, expected) in cases {
            try peer.send(raw: frames)
            #expect(code(try peer.receive().said) == expected)
        }
        #expect(code(try peer.submit([UInt8](repeating: 65, count: 1_001))) == .tooLarge)
        #expect(try peer.submit(document) == .accepted(Accepted(id: DocumentID(of: document), generation: 1)))
        try test.stop(broker)
    }

    @Test("A result in too many bytes or frames ends its lease, with the token in the refusal")
    func unkeptResults() throws {
        let test = try TestBroker()
        let broker = try test.start()
        var pusher = try TestDealer(broker.endpoint)
        var worker = try TestDealer(broker.endpoint)
        _ = try pusher.submit(document)
        try worker.ready(.ingest)
        let first = try worker.job().job
        try worker.send(.done(Done(token: first.token)), [[1], [2], [3]])
        guard case .refused(let frames) = try worker.receive().said else { throw TestDealer.Silence() }
        #expect(frames.code == .wrongPayload && frames.token == first.token)
        let second = try worker.job().job
        let half = [UInt8](repeating: 32, count: ProtocolLimits.resultBytes * 2 / 3)
        try worker.send(.done(Done(token: second.token)), [half, half])
        guard case .refused(let bytes) = try worker.receive().said else { throw TestDealer.Silence() }
        #expect(bytes.code == .tooLarge && bytes.token == second.token)
        try pusher.send(.outcome(OutcomeRequest(ids: [DocumentID(of: document)], waitMilliseconds: 10_000)))
        guard case .outcome(let outcome) = try pusher.receive().said else { throw TestDealer.Silence() }
        #expect(outcome.state == .held && outcome.code == "result-too-large")
        try test.stop(broker)
    }

    @Test("A second broker on the folder refuses to start and names the first")
    func second() throws {
        let test = try TestBroker()
        let broker = try test.start()
        #expect {
            _ = try DataFolder(path: test.folder)
        } throws: { error in
            "\(error)".contains("process \(ProcessInfo.processInfo.processIdentifier)")
        }
        try test.stop(broker)
    }

    @Test("An endpoint beyond this host is refused")
    func notLocal() throws {
        let test = try TestBroker()
        var settings = test.settings
        settings.endpoint = try Endpoint("tcp://0.0.0.0:*")
        #expect(throws: ZeroMQError.self) { _ = try Broker(settings, logger: .init(label: "test")) }
    }

    @Test("A folder that cannot be used is refused with the cure")
    func unsuitable() throws {
        let test = try TestBroker()
        try FileManager.default.createDirectory(
            atPath: test.folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: test.folder)
        #expect {
            _ = try Broker(test.settings, logger: .init(label: "test"))
        } throws: { "\($0)".contains("chmod 700") }
    }

    @Test("A worker that disappears loses its job to another")
    func deadWorker() throws {
        let test = try TestBroker { settings in
            settings.heartbeat = 100
            settings.lease = 300
        }
        let broker = try test.start()
        var pusher = try TestDealer(broker.endpoint)
        _ = try pusher.submit(document)
        do {
            var dead = try TestDealer(broker.endpoint)
            try dead.ready(.ingest, process: 1)
            _ = try dead.job()
        }
        var worker = try TestDealer(broker.endpoint)
        guard case .job(let job) = try worker.receive(saying: TestDealer.ready(.ingest, process: 2)).said else {
            Issue.record("no job")
            return
        }
        #expect(job.id == DocumentID(of: document))
        try test.stop(broker)
    }

    @Test("On a full disk pushers are told to wait, what was accepted is kept, and space heals it")
    func fullDisk() throws {
        let test = try TestBroker()
        guard try TinyDisk.mount(test.folder, bytes: 24 << 20) else {
            print("skipped: mounting a small disk needs root")
            return
        }
        defer { TinyDisk.unmount(test.folder) }
        let broker = try test.start()
        var pusher = try TestDealer(broker.endpoint)
        var accepted: [DocumentID] = []
        var sawBusy = false
        for number in 0..<60 where !sawBusy {
            var bytes = [UInt8](repeating: UInt8(number), count: 1 << 20)
            bytes[0] = 1
            switch try pusher.submit(bytes) {
            case .accepted(let answer): accepted.append(answer.id)
            case .busy: sawBusy = true
            default: Issue.record("neither accepted nor busy")
            }
        }
        #expect(sawBusy && !accepted.isEmpty)
        try pusher.send(.outcome(OutcomeRequest(ids: accepted)))
        for _ in accepted {
            guard case .outcome(let outcome) = try pusher.receive().said else {
                Issue.record("an accepted document is lost")
                return
            }
            #expect(outcome.state == .waiting)
        }
        TinyDisk.grow(test.folder, bytes: 96 << 20)
        let end = ContinuousClock.now + .seconds(60)
        var healed = false
        while !healed, ContinuousClock.now < end {
            if case .accepted = try pusher.submit(document) { healed = true }
        }
        #expect(healed)
        try test.stop(broker)
    }
}

/// A file system of a chosen size, where the test may mount one.
enum TinyDisk {
    static func mount(_ path: String, bytes: Int) throws -> Bool {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return run(["mount", "-t", "tmpfs", "-o", "size=\(bytes),mode=0700", "greffier-test", path])
    }

    static func grow(_ path: String, bytes: Int) {
        _ = run(["mount", "-o", "remount,size=\(bytes)", path])
    }

    static func unmount(_ path: String) {
        _ = run(["umount", "-l", path])
    }

    private static func run(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
