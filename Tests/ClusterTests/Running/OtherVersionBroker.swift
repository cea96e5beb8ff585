import Foundation
import GreffierProtocol
import ZeroMQ

/// A broker of another version: it answers whatever it is told with the same refusal, in its own version's frames.
final class OtherVersionBroker: @unchecked Sendable {
    // Only `isEnding` is shared, under the lock.
    private let lock = NSLock()
    private var isEnding = false
    private let ended = DispatchSemaphore(value: 0)

    /// Starts to listen.
    /// - Parameter tag: the first frame of what it says.
    init(_ endpoint: Endpoint, tag: String) throws {
        let ready = DispatchSemaphore(value: 0)
        let header = "{\"code\":\"version\",\"message\":\"this broker speaks \(tag)\"}"
        let answer = [tag, "REFUSED", header].map { OutgoingFrame.bytes(Array($0.utf8)) }
        let thread = Thread { [self] in
            defer { ended.signal() }
            do {
                let socket = try Socket(.router, in: try Context())
                try socket.bind(endpoint)
                ready.signal()
                while lock.withLock({ !isEnding }) {
                    guard
                        let received = try socket.receive(
                            limits: MessageLimits(maximumFrames: 10, maximumBytes: 1 << 27)),
                        case .message(let message) = received, let sender = message.sender
                    else {
                        usleep(2_000)
                        continue
                    }
                    _ = try socket.send(answer, to: sender)
                }
            } catch {
                FileHandle.standardError.write(Data("broker of another version: \(error)\n".utf8))
                ready.signal()
            }
        }
        thread.start()
        ready.wait()
    }

    deinit {
        lock.withLock { isEnding = true }
        ended.wait()
    }
}
