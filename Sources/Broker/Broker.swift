import Logging
import Queue
import Storage
import ZeroMQ

/// The broker of a cluster: one ROUTER on a thread of its own, a durable queue on another.
public final class Broker: Sendable {
    private let inbox: EventInbox
    private let thread: SocketThread
    /// Where peers connect, with the port that was chosen when none was given.
    public let endpoint: Endpoint

    /// Opens the data folder and listens.
    /// - Throws: `StorageError` for the folder or its contents, `ZeroMQError` for the endpoint.
    public init(_ settings: BrokerSettings, logger: Logger) throws {
        try settings.endpoint.requireLocal()
        let folder = try DataFolder(path: settings.folder)
        let store = try QueueStore(folder: folder)
        let opening = try store.open()
        let inbox = try EventInbox()
        let started = Handover<Result<Endpoint, any Error>>()
        thread = try SocketThread(name: "broker") {
            do {
                var loop = try BrokerLoop(settings, store: store, opening: opening, inbox: inbox, logger: logger)
                started.give(.success(loop.endpoint))
                try loop.run()
            } catch {
                started.give(.failure(error))
                throw error
            }
        }
        self.inbox = inbox
        endpoint = try started.take().get()
    }

    /// Leases and accepts nothing more, finishes what is on its way, and ends.
    public func drain() {
        inbox.post([.drain])
    }

    /// Waits until the broker has ended.
    /// - Throws: what ended it, if it did not end well.
    public func waitUntilEnd() async throws {
        try await thread.waitUntilEnd()
    }

    /// Blocks the calling thread until the broker has ended: for a caller whose own sockets hold it to its thread.
    /// - Throws: what ended it, if it did not end well.
    @available(*, noasync, message: "Use waitUntilEnd().")
    public func join() throws {
        try thread.join()
    }
}
