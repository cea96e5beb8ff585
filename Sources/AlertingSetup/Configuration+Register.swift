import Operations
import Register

extension Configuration {
    /// Where the register is: in the database of `store`, or in the data folder.
    public var registerPlace: RegisterPlace {
        store.map { .server($0) } ?? .folder(registerFolder)
    }

    /// How long the register keeps what it has. By a clock that was started ahead nothing leaves that the right one keeps.
    public func registerRetention(_ clock: WallClock) -> RegisterRetention {
        let lead = max(0, clock.offsetSeconds)
        var kept = RegisterRetention(
            seconds: retention.registerSeconds.map { $0 + lead }, auditSeconds: retention.auditSeconds.map { $0 + lead }
        )
        for authority in retention.authorities { kept.set(authority.name, to: authority.seconds.map { $0 + lead }) }
        return kept
    }
}
