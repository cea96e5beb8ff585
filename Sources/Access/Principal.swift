import GreffierProtocol

/// The owner of a key on the list.
public struct Principal: Sendable, Hashable {
    /// What the list calls it: 1 to 64 letters, digits, `.`, `_` and `-`, of ASCII, beginning with a letter or digit.
    public let name: String
    /// What it may do.
    public let roles: Set<Role>

    /// A principal; `nil` when the name is not one of its kind or there is no role.
    public init?(name: String, roles: Set<Role>) {
        guard Self.isName(name), !roles.isEmpty else { return nil }
        self.name = name
        self.roles = roles
    }

    /// Whether `name` may stand in the list.
    public static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), let first = name.utf8.first, isAlphanumeric(first) else {
            return false
        }
        return name.utf8.allSatisfy { isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// The stages whose work it may do.
    public var stages: Set<Stage> { Set(roles.compactMap(\.stage)) }

    /// Whether it may look at what others pushed.
    public var seesAll: Bool { roles.contains(.operate) }

    /// Whether one of its roles has the verb of `message`, and for `READY` its stage. Whose documents and leases it
    /// speaks of is for the queue to see.
    public func may(_ message: MessageToBroker) -> Bool {
        switch message {
        case .submit: roles.contains(.push)
        case .outcome, .list, .show: roles.contains(.push) || roles.contains(.operate)
        case .status: roles.contains(.operate) || roles.contains(.work(.notify))
        case .acts, .hold, .release, .retry, .drop, .erase, .pause, .resume, .forget,
            .replay:
            roles.contains(.operate)
        case .ready(let ready): roles.contains(.work(ready.stage))
        case .done, .failed, .heartbeat, .bye: !stages.isEmpty
        }
    }
}
