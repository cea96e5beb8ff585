import Access
import GreffierProtocol
import Locks
import Queue
import ZeroMQ

/// The list of keys in force, which every message from another host is held against: what was changed in it counts at
/// once, also for those who are connected.
final class AccessControl: Sendable {
    private let list: Lock<AccessList>
    /// Keys whose owners are sent away for some time, and the end of it.
    private let bans = Lock<[CurvePublicKey: ContinuousClock.Instant]>([:])
    private let connections: ConnectionTable
    private let notices: NoticeLog

    init(_ list: AccessList, _ connections: ConnectionTable, _ notices: NoticeLog) {
        self.list = Lock(list)
        self.connections = connections
        self.notices = notices
    }

    /// Puts another list into force.
    func replace(_ new: AccessList) {
        list.withLock { $0 = new }
    }

    /// The owner of a key.
    func owner(of key: CurvePublicKey) -> Principal? {
        list.withLock { $0[key] }
    }

    /// Lets the owner of a key in no more for some time, and ends its connections.
    func sendAway(_ key: CurvePublicKey, for time: Duration) {
        let now = ContinuousClock.now
        bans.withLock { bans in
            bans = bans.filter { $0.value > now }
            bans[key] = now + time
        }
        connections.cut(key)
        notices.sentAway(owner(of: key)?.name ?? "\(key)", for: time)
    }

    private func isSentAway(_ key: CurvePublicKey) -> Bool {
        bans.withLock { $0[key].map { $0 > .now } ?? false }
    }

    /// What the authenticator answers to somebody who has proved to own a key.
    func decide(_ request: AuthenticationRequest) -> AuthenticationDecision {
        guard let owner = owner(of: request.key) else {
            notices.turnedAway(request)
            return .refuse
        }
        guard !isSentAway(request.key) else { return .later }
        guard connections.hasRoom(for: request.address) else {
            notices.crowded(request.address, name: owner.name)
            return .later
        }
        connections.letIn(request.key, from: request.address)
        return .admit
    }

    /// Who says something over an encrypted socket and whether they may, by the list as it is now.
    func judge(_ origin: MessageOrigin?, _ said: MessageToBroker) -> Judgement {
        guard let key = origin?.key else { return .refused("this connection proved no key", nil) }
        guard let owner = owner(of: key) else {
            return .refused("key \(key) is not on the broker's list, or no longer: ask its operator", nil)
        }
        let identity = Identity(
            key: key.description, name: owner.name, seesAll: owner.seesAll, stages: owner.stages)
        guard owner.may(said) else {
            let roles = Role.all.filter(owner.roles.contains).map(\.description).joined(separator: ", ")
            let what: String
            if case .ready(let ready) = said {
                what = "READY for \(ready.stage.rawValue)"
            } else {
                what = said.verb.rawValue
            }
            return .refused(
                "key \(owner.name) has the roles \(roles), and none of them has \(what)", identity)
        }
        return .allowed(identity)
    }

    enum Judgement {
        case allowed(Identity)
        case refused(BoundedText, Identity?)
    }
}

extension AccessList {
    /// What the queue's machine needs to know of the list.
    var stagesByKey: [String: Set<Stage>] {
        Dictionary(
            keys.compactMap { key in self[key].map { (key.description, $0.stages) } }, uniquingKeysWith: { $1 })
    }
}
