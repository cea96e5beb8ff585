import Console
import Locks

/// Where the lines of a log go. One that cannot be written is dropped and counted; the next that can be says so first.
final class LogStream: Sendable {
    /// Standard error.
    static let standardError = LogStream(.standardError)

    /// Lines that were dropped.
    struct Lost {
        /// How many.
        var lines: Int
        /// Why the first of them was, in the system's words.
        var reason: String
    }

    private struct State {
        var lost: Lost?
        /// Whether the last line ends in its middle.
        var isCut = false
    }

    private let descriptor: OutputDescriptor
    private let state = Lock(State())

    init(_ descriptor: OutputDescriptor) {
        self.descriptor = descriptor
    }

    /// Writes a line without ever waiting for its reader longer than the stream itself does.
    /// - Parameter notice: makes the line that tells of those that were lost before.
    func write(_ line: String, notice: (Lost) -> String) {
        state.withLock { state in
            let before = (state.isCut ? "\n" : "") + (state.lost.map(notice) ?? "")
            do throws(OutputDescriptor.Failure) {
                try descriptor.write(Array((before + line).utf8), waiting: false)
                state = State()
            } catch {
                if error.written > 0 { state.isCut = true }
                state.lost = state.lost ?? Lost(lines: 0, reason: "\(error)")
                state.lost?.lines += 1
            }
        }
    }
}
