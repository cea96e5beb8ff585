import Access
import Foundation
import Locks
import Logging
import Queue
import Storage
import ZeroMQ

/// The broker of a cluster: one ROUTER on a thread of its own, a durable queue on another.
public final class Broker: Sendable {
    private let inbox: EventInbox
    private let thread: SocketThread
    private let access: AccessControl?
    private let notices: NoticeLog
    /// Held for as long as the broker lives: nobody else has its name.
    private let folder: DataFolder
    /// Where peers connect, with the port that was chosen when none was given.
    public let endpoint: Endpoint
    /// All places where they may: first those in clear, then those that are encrypted.
    public let endpoints: [Endpoint]

    /// Opens the data folder and listens.
    /// - Throws: `StorageError` for the folder or its contents, `ZeroMQError` for the endpoint.
    public init(_ settings: BrokerSettings, logger: Logger) throws {
        let endpoints = [settings.endpoint] + settings.furtherEndpoints
        for endpoint in endpoints where !settings.isGuarded(endpoint) { try endpoint.requireLocal() }
        let notices = NoticeLog(logger)
        let connections = ConnectionTable(settings.connections)
        let access = settings.keys.map { AccessControl($0.list, connections, notices) }
        let folder = try DataFolder(path: settings.folder)
        self.folder = folder
        let store = try Self.store(settings, folder)
        let opening = try store.open()
        let inbox = try EventInbox()
        let started = Handover<Result<[Endpoint], any Error>>()
        thread = try SocketThread(name: "broker") {
            do {
                let doors = try Doors(settings, access, connections, notices)
                var loop = try BrokerLoop(
                    settings, doors, access, connections, store: store, opening: opening, inbox: inbox,
                    notices: notices)
                started.give(.success(doors.endpoints))
                try loop.run()
            } catch {
                started.give(.failure(error))
                throw error
            }
        }
        self.inbox = inbox
        self.access = access
        self.notices = notices
        self.endpoints = try started.take().get()
        endpoint = self.endpoints.first ?? settings.endpoint
    }

    /// The queue in the broker's folder, or in the database that it shares under the name of its host and folder.
    private static func store(_ settings: BrokerSettings, _ folder: DataFolder) throws -> QueueStore {
        guard let address = settings.store else { return try QueueStore(folder: folder) }
        let path = URL(fileURLWithPath: folder.path).standardizedFileURL.path
        return try QueueStore(
            database: address, name: "\(ProcessInfo.processInfo.hostName) \(path)", version: settings.version)
    }

    /// Puts another list of keys into force: who is no longer on it is refused from now on, connected or not, and its
    /// jobs go to others. Without ``BrokerSettings/keys`` nothing happens.
    public func admit(_ list: AccessList) {
        guard let access else { return }
        access.replace(list)
        inbox.post([.access(list.stagesByKey)])
        notices.accessChanged(keys: list.count)
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
