import Dispatch
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
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 512)
            let count = read(STDIN_FILENO, &bytes, bytes.count)
            if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { continuation.finish() }
        }
        source.resume()
        defer { source.cancel() }
        await cancelWhenGracefulShutdown {
            for await _ in ended {}
        }
        if !Task.isShuttingDownGracefully { logger.notice("whoever started this program is gone; it ends") }
    }
}
