import Pushing
import ZeroMQ

/// Pushes documents of so many bytes that nobody pushed before.
struct BenchPusher {
    let endpoint: Endpoint
    let bytes: Int

    /// Pushes so many, and waits until each is accepted.
    func push(_ count: Int, seed: String) throws {
        var settings = PushSettings(endpoint: endpoint, source: "bench")
        settings.window = 256
        var pusher = try Pusher(settings)
        var next = 0
        try pusher.push {
            guard next < count else { return nil }
            next += 1
            return document(next, seed: seed)
        } finished: { document, outcome in
            guard outcome.isReceipt else { throw BenchError.notAccepted("\(outcome)") }
        }
    }

    /// The document of that number: its name and blanks, then filler.
    func document(_ number: Int, seed: String) -> PushedDocument {
        let head = Array("\(seed)\(number)".utf8)
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: max(0, 32 - head.count))
        let filler = [UInt8](repeating: UInt8(ascii: "x"), count: max(0, bytes - 32))
        return PushedDocument(name: "document-\(number)", bytes: head + padding + filler)
    }
}
