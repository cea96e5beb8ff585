import Foundation
import Glibc
import GreffierProtocol
import ZeroMQ

/// What a hostile peer does, again and again until it is told to end.
enum Attack: String, CaseIterable {
    /// Bytes of no protocol.
    case garbage
    /// Connections that say nothing.
    case halfOpen
    /// Connections in a loop, each with the beginning of a handshake.
    case reconnecting
    /// A frame of 200 MB announced and sent before anything was proved.
    case longHandshake
    /// With a key: messages of a byte, thousands at a time.
    case tinyMessages
    /// With a key: headers of 16 MB.
    case hugeHeaders
    /// With a key: questions whose answers are never read.
    case neverReading
    /// With a key: messages of hundreds of megabytes in many frames, none too large.
    case endless
    /// With a worker's key: results and failures for leases that it guesses.
    case forgedLeases
    /// With a key: the same documents and acts over and over.
    case replays

    var needsKey: Bool {
        switch self {
        case .garbage, .halfOpen, .reconnecting, .longHandshake: false
        default: true
        }
    }
}

/// One hostile peer on a thread of its own.
final class Attacker: @unchecked Sendable {
    // Only `isEnding` is shared, under the lock.
    private let lock = NSLock()
    private var isEnding = false
    private let ended = DispatchSemaphore(value: 0)

    init(_ attack: Attack, port: UInt16, _ security: SocketSecurity, seed: UInt64) {
        let thread = Thread { [self] in
            do {
                try attack.needsKey ? useKey(attack, port, security) : useTCP(attack, port, seed)
            } catch {
                FileHandle.standardError.write(Data("attacker: \(error)\n".utf8))
            }
            ended.signal()
        }
        thread.start()
    }

    func end() {
        lock.withLock { isEnding = true }
        ended.wait()
    }

    private var goesOn: Bool { lock.withLock { !isEnding } }

    private func useTCP(_ attack: Attack, _ port: UInt16, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var open: [Int32] = []
        defer { open.forEach { close($0) } }
        let greeting: [UInt8] = [0xFF] + [UInt8](repeating: 0, count: 8) + [0x7F, 3, 0] + Array("CURVE".utf8)
        while goesOn {
            guard open.count < 300, let socket = try RawTCP.connect(port) else {
                open.forEach { close($0) }
                open = []
                usleep(20_000)
                continue
            }
            open.append(socket)
            switch attack {
            case .garbage:
                RawTCP.send(
                    socket,
                    (0..<Int.random(in: 1...4_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
                    })
            case .reconnecting:
                RawTCP.send(socket, greeting)
                open.removeLast()
                close(socket)
            case .longHandshake:
                RawTCP.send(socket, greeting + [UInt8](repeating: 0, count: 47))
                RawTCP.send(socket, [0x06, 0, 0, 0, 0, 0x0B, 0xEB, 0xC2, 0x00])
                for _ in 0..<200 where goesOn { RawTCP.send(socket, [UInt8](repeating: 1, count: 1 << 16)) }
            default: usleep(1_000)
            }
        }
    }

    private func useKey(_ attack: Attack, _ port: UInt16, _ security: SocketSecurity) throws {
        var options = SocketOptions()
        options.linger = .zero
        let socket = try Socket(.dealer, in: try Context(), options: options)
        try socket.protect(security)
        try socket.connect(try Endpoint("tcp://127.0.0.1:\(port)"))
        let limits = MessageLimits(maximumFrames: 10, maximumBytes: 1 << 28)
        let message = attack.frames
        while goesOn {
            for frames in message {
                if try socket.send(frames) != .sent { usleep(5_000) }
            }
            while attack != .neverReading, try socket.receive(limits: limits) != nil {}
        }
    }
}

extension Attack {
    /// The messages that a peer with a key repeats.
    fileprivate var frames: [[OutgoingFrame]] {
        let tag = Array("GREFFIER/1".utf8)
        func frames(_ message: MessageToBroker, _ payload: [[UInt8]] = []) -> [OutgoingFrame] {
            (message.frames + payload).map(OutgoingFrame.bytes)
        }
        switch self {
        case .tinyMessages: return Array(repeating: [.bytes([1])], count: 1_000)
        case .hugeHeaders:
            let header = [UInt8](repeating: UInt8(ascii: "["), count: 16 << 20)
            return [[.bytes(tag), .bytes(Array("LIST".utf8)), .frame(Frame(header))]]
        case .neverReading: return Array(repeating: frames(.list(ListRequest(limit: 500))), count: 100)
        case .endless:
            let part = Frame([UInt8](repeating: 7, count: 1 << 20))
            return [Array(repeating: .frame(part), count: 600)]
        case .forgedLeases:
            return (0..<500).map { number in
                let token = LeaseToken((1 + number % 3) << 32 + number)
                let failed = Failed(token: token, code: "x", message: "x", retry: false)
                return number % 2 == 0
                    ? frames(.done(Done(token: token)), [[1], [2]]) : frames(.failed(failed))
            }
        case .replays:
            let bytes = Array("a document that comes again and again".utf8)
            let submit = Submit(id: DocumentID(of: bytes), name: "a", source: "s", size: bytes.count)
            let act = DocumentAct(id: submit.id, by: "me")
            return (0..<100).flatMap { _ in
                [
                    frames(.submit(submit), [bytes]), frames(.retry(act)),
                    frames(.outcome(OutcomeRequest(ids: [submit.id]))),
                ]
            }
        default: return []
        }
    }
}
