import GreffierProtocol
import Locks
import Logging
import Queue
import ZeroMQ

/// The broker's log: one line an event, none a frame, nothing of a document's text, and a bounded number of lines about
/// peers that misbehave.
struct NoticeLog: Sendable {
    private static let linesPerWindow = 20
    private static let window = Duration.seconds(10)

    private struct Budget {
        var left = NoticeLog.linesPerWindow
        var suppressed = 0
        var windowEnd = ContinuousClock.now + NoticeLog.window
    }

    private let logger: Logger
    private let budget = Lock(Budget())

    init(_ logger: Logger) {
        self.logger = logger
    }

    func started(_ endpoints: [Endpoint], _ opening: QueueStore.Opening) {
        let waiting = opening.waiting.reduce(0) { $0 + $1.count }
        logger.notice(
            "listening",
            metadata: [
                "endpoint": "\(endpoints.map(\.description).joined(separator: ", "))",
                "incarnation": "\(opening.incarnation)", "waiting": "\(waiting)",
                "leased": "\(opening.leases.count)",
            ])
        if let reason = opening.erasureFailure { notErased(reason) }
        for problem in opening.problems.prefix(Self.linesPerWindow) {
            logger.error(
                "the queue is damaged: `greffier doctor` names the documents", metadata: ["what": "\(problem)"])
        }
    }

    /// What was erased has not left the database's files.
    func notErased(_ reason: String) {
        logger.error(
            "what was erased is still in the database's files: it is tried again each minute",
            metadata: ["reason": "\(reason)"])
    }

    func ended() {
        logger.notice("ended; everything accepted is kept")
    }

    func log(_ notice: QueueNotice) {
        let level: Logger.Level =
            switch notice.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        logger.log(level: level, "\(notice.message)", metadata: notice.details.mapValues { "\($0)" })
    }

    func connection(_ event: ConnectionEvent) {
        if event.isFailure {
            bounded(.warning, "\(event.operatorSentence)")
        } else {
            logger.debug("\(event.operatorSentence)")
        }
    }

    func refused(_ refused: RefusedMessage) {
        bounded(
            .warning, "a message beyond the limits was dropped",
            ["frames": "\(refused.frameCount)", "bytes": "\(refused.byteCount)"])
    }

    func turnedAway(_ request: AuthenticationRequest) {
        guard !request.address.isEmpty else { return }
        bounded(
            .warning, "a key that is not on the list was turned away",
            ["key": "\(request.key)", "address": "\(request.address.prefix(100))"])
    }

    func crowded(_ address: String, name: String?) {
        bounded(
            .warning, "a connection was turned away: there are too many, in all or from its address",
            ["address": "\(address.prefix(100))", "name": "\(name ?? "")"])
    }

    func notAllowed(_ identity: Identity?, _ reason: BoundedText) {
        bounded(.warning, "a message was refused", ["name": "\(identity?.name ?? "")", "reason": "\(reason)"])
    }

    func sentAway(_ name: String, for time: Duration) {
        logger.warning(
            "a peer went on against refusals: it is cut and not let in for some time",
            metadata: ["name": "\(name)", "seconds": "\(time.components.seconds)"])
    }

    func accessChanged(keys: Int) {
        logger.notice("the list of keys was read anew", metadata: ["keys": "\(keys)"])
    }

    func cut(_ sender: ConnectionTable.Sender, name: String?, memory: Int) {
        logger.error(
            "memory is past its mark: a connection was cut that sent without being read",
            metadata: [
                "memory": "\(memory)", "address": "\(sender.entry.host):\(sender.entry.port)", "name": "\(name ?? "")",
                "unread": "\(sender.unreadBytes)",
            ])
    }

    func flooded(_ sender: ConnectionTable.Sender) {
        bounded(
            .warning, "a connection was cut that sent more than a handshake and proved no key",
            ["address": "\(sender.entry.host):\(sender.entry.port)", "unread": "\(sender.unreadBytes)"])
    }

    func reopening(memory: Int) {
        logger.error(
            "memory is past its mark: all connections are closed and the sockets opened anew; leases go on",
            metadata: ["memory": "\(memory)"])
    }

    func reopened(_ endpoints: [Endpoint]) {
        logger.notice(
            "listening again", metadata: ["endpoint": "\(endpoints.map(\.description).joined(separator: ", "))"])
    }

    func notReopened(_ error: ZeroMQError) {
        bounded(.warning, "cannot listen again yet", ["reason": "\(error)"])
    }

    func misunderstood(_ sender: RoutingID, _ error: ProtocolError) {
        bounded(.warning, "a message was not understood", ["peer": "\(sender)", "reason": "\(error)"])
    }

    private func bounded(_ level: Logger.Level, _ message: Logger.Message, _ details: Logger.Metadata = [:]) {
        let (isAllowed, suppressed) = budget.withLock { budget -> (Bool, Int) in
            var suppressed = 0
            if ContinuousClock.now >= budget.windowEnd {
                suppressed = budget.suppressed
                budget = Budget()
            }
            guard budget.left > 0 else {
                budget.suppressed += 1
                return (false, suppressed)
            }
            budget.left -= 1
            return (true, suppressed)
        }
        if suppressed > 0 { logger.warning("like messages were not logged", metadata: ["count": "\(suppressed)"]) }
        if isAllowed { logger.log(level: level, message, metadata: details) }
    }
}
