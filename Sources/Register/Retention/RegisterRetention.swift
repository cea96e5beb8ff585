import Deliberations

/// How long the register keeps the documents of a session, and the lines of its audit trail.
public struct RegisterRetention: Sendable, Hashable {
    /// How long sessions are kept of authorities of which nothing else is said, in seconds; nil for ever.
    public var seconds: Int?
    /// How long lines of the audit trail are kept, in seconds; nil for ever.
    public var auditSeconds: Int?
    private var authorities: [Exception] = []

    private struct Exception: Sendable, Hashable {
        let key: AuthorityKey
        let seconds: Int?
    }

    /// Retention for all authorities alike.
    public init(seconds: Int? = nil, auditSeconds: Int? = nil) {
        self.seconds = seconds
        self.auditSeconds = auditSeconds
    }

    /// Keeps the sessions of one authority for another time.
    /// - Parameters:
    ///   - authority: its name or SIREN number, as a person writes it.
    ///   - seconds: how long; nil for ever.
    public mutating func set(_ authority: String, to seconds: Int?) {
        let digits = authority.filter { $0 != " " }
        let key = AuthorityKey(Authority(name: authority, kind: .other, siren: digits.count == 9 ? digits : nil))
        authorities.append(Exception(key: key, seconds: seconds))
    }

    /// The shortest time that the sessions of any authority are kept, in seconds.
    var shortest: Int? { ([seconds] + authorities.map(\.seconds)).compactMap { $0 }.min() }

    /// How long the sessions of an authority are kept, as its row has its name and SIREN; what is said last holds.
    func seconds(name: String, siren: String?) -> Int? {
        let own = authorities.last { $0.key.name == name || ($0.key.siren != nil && $0.key.siren == siren) }
        return own.map(\.seconds) ?? seconds
    }
}
