import GreffierProtocol
import Queue
import ZeroMQ

/// The broker's sockets, what watches them, and what else wakes their thread.
final class Doors {
    /// What is needed to open a door again.
    private struct Plan {
        var endpoints: [Endpoint]
        let security: SocketSecurity
        var door: Door?
        var incoming: Poller.Token?
        var events: Poller.Token?
    }

    private let context: Context
    private let options: SocketOptions
    private let table: ConnectionTable
    private let connectionsInClear: Int
    private let notices: NoticeLog
    private let authenticator: Authenticator?
    private var plans: [Plan] = []
    private var poller = Poller()
    private var opened = 0
    private var turn = 0
    private var isListening = true

    /// Opens the sockets that `settings` ask for, the authenticator before them.
    /// - Throws: `ZeroMQError`.
    init(_ settings: BrokerSettings, _ access: AccessControl?, _ table: ConnectionTable, _ notices: NoticeLog) throws {
        let context = try Context()
        self.context = context
        options = Self.options(settings)
        self.table = table
        connectionsInClear = settings.connections.total
        self.notices = notices
        authenticator = try access.map { access in try Authenticator(in: context) { access.decide($0) } }
        try authenticator?.probe()
        let endpoints = [settings.endpoint] + settings.furtherEndpoints
        let inClear = endpoints.filter { !settings.isGuarded($0) }
        let guarded = endpoints.filter(settings.isGuarded)
        if !inClear.isEmpty { plans.append(Plan(endpoints: inClear, security: .none)) }
        if !guarded.isEmpty, let keys = settings.keys {
            plans.append(Plan(endpoints: guarded, security: .server(keys.secretKey)))
        }
        for index in plans.indices { try open(index) }
    }

    private static func options(_ settings: BrokerSettings) -> SocketOptions {
        var options = SocketOptions()
        options.maximumFrameBytes = 2 * settings.largestFrame
        options.receiveHighWaterMark = settings.waitingMessages
        options.sendHighWaterMark = 2 * settings.queue.credit
        options.ipv6 = ([settings.endpoint] + settings.furtherEndpoints).contains { $0.description.contains("[") }
        return options
    }

    /// Where peers connect.
    var endpoints: [Endpoint] { plans.flatMap(\.endpoints) }

    private func open(_ index: Int) throws(ZeroMQError) {
        opened += 1
        let plan = plans[index]
        let door = try Door(opened, plan.endpoints, plan.security, in: context, options: options)
        plans[index].endpoints = door.endpoints
        plans[index].door = door
        plans[index].incoming = poller.add(door.socket, for: isListening ? .readable : [])
        plans[index].events = poller.add(door.monitor)
    }

    /// Closes what is open and opens it again, now or as soon as its port is free: all connections end, and what libzmq
    /// had kept for them.
    func reopenAll() {
        for index in plans.indices {
            if let token = plans[index].incoming { poller.remove(token) }
            if let token = plans[index].events { poller.remove(token) }
            (plans[index].door, plans[index].incoming, plans[index].events) = (nil, nil, nil)
        }
        table.removeAll()
        openMissing()
    }

    /// Opens what could not be opened again so far.
    func openMissing() {
        for index in plans.indices where plans[index].door == nil {
            do throws(ZeroMQError) {
                try open(index)
                notices.reopened(plans[index].endpoints)
            } catch {
                notices.notReopened(error)
            }
        }
    }

    // MARK: What is waited for

    func add(_ wakeUp: WakeUp) {
        _ = poller.add(wakeUp)
    }

    func wait(timeout: Duration) throws(ZeroMQError) {
        try poller.wait(timeout: timeout)
    }

    /// Whether messages wake the thread.
    func listen(_ isListening: Bool) {
        self.isListening = isListening
        for case let token? in plans.map(\.incoming) {
            poller.setInterest(isListening ? .readable : [], of: token)
        }
    }

    /// Takes what happened to connections.
    /// - Returns: the peers that said something before and whose connections have ended.
    func takeEvents() throws(ZeroMQError) -> [Peer] {
        var closed: [Peer] = []
        for plan in plans {
            guard let door = plan.door, let token = plan.events, poller.isReadable(token) else { continue }
            while let event = try door.monitor.nextEvent() {
                note(event, at: door)
                guard event.kind == .disconnected, let descriptor = event.descriptor else { continue }
                if let routing = door.speakers.ended(descriptor) {
                    closed.append(Peer(routing: routing, door: door.number))
                }
            }
        }
        return closed
    }

    private func note(_ event: ConnectionEvent, at door: Door) {
        notices.connection(event)
        guard let descriptor = event.descriptor else { return }
        switch (event.kind, door.isGuarded) {
        case (.disconnected, true): table.ended(descriptor)
        case (.disconnected, false): door.endedInClear(descriptor)
        case (_, true):
            if let address = table.accepted(descriptor) { notices.crowded(address, name: nil) }
        case (_, false):
            let stays = door.acceptInClear(descriptor, limit: connectionsInClear)
            if !stays { notices.crowded("this host", name: nil) }
        }
    }

    // MARK: Messages

    /// The next message and the door that it came through, the doors in turn.
    func receive(limits: MessageLimits) throws(ZeroMQError) -> (door: Door, Received)? {
        for _ in plans.indices {
            turn = turn + 1 < plans.count ? turn + 1 : 0
            guard let door = plans[turn].door else { continue }
            if let received = try door.socket.receive(limits: limits, withOrigin: true) {
                door.speakers.note(received)
                return (door, received)
            }
        }
        return nil
    }

    /// Sends to a peer; one whose door was closed since is unreachable.
    func send(_ frames: [OutgoingFrame], to peer: Peer) throws(ZeroMQError) -> SendOutcome {
        guard let door = plans.first(where: { $0.door?.number == peer.door })?.door else { return .unreachable }
        return try door.socket.send(frames, to: RoutingID(bytes: peer.routing))
    }
}

extension BrokerSettings {
    /// The largest frame that is answered.
    var largestFrame: Int { max(queue.documentBytes, queue.resultBytes) }
}
