import Deliberations
import Register

/// What open data asks for and no deliberation prints: it is the authority's to say.
public struct PublisherIdentity: Hashable, Sendable {
    /// The authority's SIRET number.
    public var siret: String?
    /// The prefecture or subprefecture that receives its acts: PREF025, SPREF0251, SGAR027.
    public var prefecture: String?
    /// Whether its grants are notified to the European Commission; most are not.
    public var notifiesUnion: Bool?

    /// Nothing known.
    public init() {}
}

/// The identities of authorities, as the configuration writes them.
public struct ExportSettings: Hashable, Sendable {
    private var entries: [Entry] = []

    private struct Entry: Hashable {
        let key: AuthorityKey
        let identity: PublisherIdentity
    }

    /// What is wrong with an entry.
    public enum Problem: Error, Hashable, CustomStringConvertible {
        /// An entry without a colon, or a value without an equals sign.
        case malformed(String)
        /// A key that does not exist.
        case unknownKey(String)
        /// A value that its key cannot have.
        case badValue(key: String, String, wanted: String)

        public var description: String {
            switch self {
            case .malformed(let text):
                "\"\(text.prefix(80))\" cannot be read: write AUTHORITY: siret=…, prefecture=…"
            case .unknownKey(let key):
                "\"\(key.prefix(80))\" is not known: there are siret, prefecture, unionNotification"
            case .badValue(let key, let value, let wanted):
                "\(key): \"\(value.prefix(40))\" is not \(wanted)"
            }
        }
    }

    /// No identity known.
    public init() {}

    /// The identities that the configuration writes.
    ///
    /// - Parameter authorities: "200099992: siret=20009999200006, prefecture=PREF025, unionNotification=non", each by
    ///   SIREN number or name.
    /// - Throws: the first ``Problem``.
    public init(authorities: [String]) throws(Problem) {
        for entry in authorities {
            guard let colon = entry.firstIndex(of: ":") else { throw .malformed(entry) }
            var identity = PublisherIdentity()
            for assignment in entry[entry.index(after: colon)...].split(separator: ",") {
                let parts = assignment.split(separator: "=", maxSplits: 1).map { $0.trimmed }
                guard parts.count == 2 else { throw .malformed(entry) }
                try Self.set(parts[0], parts[1], in: &identity)
            }
            let name = entry[..<colon].trimmed
            let key = AuthorityKey(Authority(name: name, kind: .other, siren: name))
            entries.append(Entry(key: key, identity: identity))
        }
    }

    private static func set(_ key: String, _ value: String, in identity: inout PublisherIdentity) throws(Problem) {
        switch key {
        case "siret":
            guard Luhn.isSIRET(value) else { throw .badValue(key: key, value, wanted: "a SIRET number of 14 digits") }
            identity.siret = value
        case "prefecture":
            guard isPrefecture(value) else {
                throw .badValue(key: key, value, wanted: "PREF and three digits, SPREF and four, or SGAR and three")
            }
            identity.prefecture = value
        case "unionNotification":
            guard ["oui", "non"].contains(value) else { throw .badValue(key: key, value, wanted: "oui or non") }
            identity.notifiesUnion = value == "oui"
        default: throw .unknownKey(key)
        }
    }

    /// PREF025, PREF02A, SPREF0251, SGAR027.
    private static func isPrefecture(_ text: String) -> Bool {
        for (prefix, count) in [("SPREF", 4), ("PREF", 3), ("SGAR", 3)] where text.hasPrefix(prefix) {
            let code = text.dropFirst(prefix.count)
            return code.utf8.count == count
                && code.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x41 || $0 == 0x42 }
        }
        return false
    }

    /// What is known of an authority.
    public func identity(of authority: Authority) -> PublisherIdentity {
        let key = AuthorityKey(authority)
        let entry = entries.first { entry in
            entry.key.siren.map { $0 == key.siren } ?? (entry.key.name == key.name)
        }
        return entry?.identity ?? PublisherIdentity()
    }
}

extension Substring {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        let tail = drop { $0 == " " }
        return String(tail.reversed().drop { $0 == " " }.reversed())
    }
}
