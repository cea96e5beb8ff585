import Foundation
import Logging
import ServiceLifecycle

/// Ends the program in order when its standard input ends.
///
/// `greffier up` holds the other end of a pipe: however it ends, kill -9 included, what it started does not go on without
/// anybody to watch over it. A signal at the parent's death (PR_SET_PDEATHSIG) would come already when the thread ends that
/// made the child.
struct InputEnd: Service {
    /// The variable of the environment that asks for it.
    static let variable = "GREFFIER_ENDS_WITH_INPUT"

    let logger: Logger

    func run() async throws {
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        // A thread that reads, not a dispatch source: a source that is cancelled while the other end of its pipe closes
        // made libdispatch read freed memory. The thread stays in its read until the process ends.
        Thread.detachNewThread {
            Self.readToTheEnd(of: STDIN_FILENO)
            continuation.finish()
        }
        await cancelWhenGracefulShutdown {
            for await _ in ended {}
        }
        if !Task.isShuttingDownGracefully { logger.notice("whoever started this program is gone; it ends") }
    }

    /// Returns when the descriptor's other end is closed, or when it cannot be read.
    private static func readToTheEnd(of descriptor: CInt) {
        var bytes = [UInt8](repeating: 0, count: 512)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN)) else { return }
        }
    }
}
